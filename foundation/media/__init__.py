"""Photos: taken in with care, kept in sizes without metadata, opened by key.

with prepare(upload.stream, upload.filename) as photo:   # outside any errand
    key = save(photo)                                    # then the row, in the errand
open_photo(key, LARGE)
"""

from foundation.media.photo import (
    LARGE,
    MAX_PHOTOS,
    SIZES,
    SMALL,
    PreparedPhoto,
    phash_distance,
)
from foundation.media.preparing import Upload, prepare, prepare_all
from foundation.media.refusals import (
    EmptyPhoto,
    FileMissing,
    NotAPhoto,
    PhotoDamaged,
    PhotoMissing,
    PhotoQueueFull,
    PhotoRefusal,
    PhotoTooLarge,
    PhotoTypeNotTaken,
    TooManyPhotos,
    TooManyPixels,
)
from foundation.media.store import (
    MediaStore,
    current_store,
    delete,
    delete_file,
    new_key,
    open_file,
    open_photo,
    save,
    save_file,
)

__all__ = [
    "LARGE",
    "MAX_PHOTOS",
    "SIZES",
    "SMALL",
    "EmptyPhoto",
    "FileMissing",
    "MediaStore",
    "NotAPhoto",
    "PhotoDamaged",
    "PhotoMissing",
    "PhotoQueueFull",
    "PhotoRefusal",
    "PhotoTooLarge",
    "PhotoTypeNotTaken",
    "PreparedPhoto",
    "TooManyPhotos",
    "TooManyPixels",
    "Upload",
    "current_store",
    "delete",
    "delete_file",
    "new_key",
    "open_file",
    "open_photo",
    "phash_distance",
    "prepare",
    "prepare_all",
    "save",
    "save_file",
]
