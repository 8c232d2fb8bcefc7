"""Why a photo was not taken, and what to do instead. `name` is the file as the person calls it."""

from foundation.refusal import N_, Refusal


class PhotoRefusal(Refusal):
    """Base of what may be wrong with one uploaded picture."""

    status = 422
    field = "photos"


class EmptyPhoto(PhotoRefusal):
    """No bytes arrived."""

    sentence = N_("“%(name)s”是空文件，没有传上来，请重新选一张。")


class NotAPhoto(PhotoRefusal):
    """The bytes are no picture, whatever the file is called."""

    sentence = N_("“%(name)s”不是照片，请换一张 JPG、PNG、WebP 或 HEIC 照片。")


class PhotoTypeNotTaken(PhotoRefusal):
    """A picture, a film or a document, of a kind outside the allow-list."""

    sentence = N_("“%(name)s”的格式收不了，请另存为 JPG、PNG、WebP 或 HEIC 再传。")


class PhotoDamaged(PhotoRefusal):
    """Begins like a picture but does not decode: cut off, altered, or too heavy to decode."""

    sentence = N_("“%(name)s”不完整或已损坏，打不开，请从相册里重新选一张。")


class TooManyPixels(PhotoRefusal):
    """More pixels than any phone takes."""

    sentence = N_("“%(name)s”像素太大（超过 %(megapixels)s 百万），请缩小或截图后再传。")


class PhotoTooLarge(PhotoRefusal):
    """More bytes than the setting PHOTO_MAX_BYTES."""

    sentence = N_("“%(name)s”太大，一张照片最大 %(megabytes)s MB，请压缩或截图后再传。")
    status = 413


class TooManyPhotos(PhotoRefusal):
    """More files in one upload than MAX_PHOTOS."""

    sentence = N_("一次最多传 %(most)s 张照片，这次选了 %(chosen)s 张，请分几次传。")


class PhotoQueueFull(PhotoRefusal):
    """Too many people upload at this very moment."""

    sentence = N_("现在传照片的人多，请过一分钟再传，已填的内容不会丢。")
    status = 503


class PhotoMissing(Refusal):
    """No such photo in the store."""

    sentence = N_("这张照片已经撤下，请刷新页面看看别的。")
    status = 404


class FileMissing(Refusal):
    """No such made file in the store."""

    sentence = N_("这份文件已经不在了，请重新做一份。")
    status = 410
