import hashlib
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import Image

from foundation.media import LARGE, SMALL, PreparedPhoto, phash_distance, prepare
from tests.foundation.media.pictures import SECRET, drawn, encoded, notes

KINDS = ["JPEG", "PNG", "WEBP", "HEIF"]


def prepared(body: bytes, name: str = "灯泡.jpg") -> PreparedPhoto:
    return prepare(BytesIO(body), name)


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_of_every_kind_are_taken(kind: str) -> None:
    body = encoded(drawn(2000, 1500), kind)
    with prepared(body) as photo:
        assert (photo.width, photo.height) == (1600, 1200)
        assert photo.sha256 == hashlib.sha256(body).hexdigest()
        assert set(photo.files) == {LARGE, SMALL}
        with Image.open(photo.files[LARGE]) as large, Image.open(photo.files[SMALL]) as small:
            assert (large.format, large.size, large.mode) == ("JPEG", (1600, 1200), "RGB")
            assert (small.format, small.size) == ("JPEG", (320, 240))


@pytest.mark.parametrize("kind", KINDS)
def test_no_metadata_comes_out(kind: str) -> None:
    with prepared(encoded(drawn(), kind)) as photo:
        for path in photo.files.values():
            body = path.read_bytes()
            assert not any(mark in body for mark in (b"Exif", b"ICC_PROFILE", b"xmp", SECRET))
            with Image.open(path) as picture:
                assert not picture.getexif()
                assert "comment" not in picture.info


@pytest.mark.parametrize("kind", KINDS)
def test_the_camera_s_time_is_kept_as_utc(kind: str) -> None:
    with prepared(encoded(drawn(), kind)) as photo:
        assert photo.taken_at == datetime(2026, 11, 28, 1, 12, 30, tzinfo=UTC)


def test_a_camera_without_offset_shows_the_local_time() -> None:
    with prepared(encoded(drawn(), exif=notes(offset=None))) as photo:
        assert photo.taken_at == datetime(2026, 11, 28, 1, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize("nonsense", ["0000:00:00 00:00:00", "昨天", "    :  :     :  :  "])
def test_a_nonsense_time_is_no_time(nonsense: str) -> None:
    exif = notes(offset=None)
    exif.get_ifd(0x8769)[0x9003] = nonsense.encode()
    with prepared(encoded(drawn(), exif=exif)) as photo:
        assert photo.taken_at is None


def test_broken_notes_do_not_cost_the_picture() -> None:
    body = encoded(drawn())
    at = body.index(b"Exif\0\0") + 14
    broken = body[:at] + b"\xff" * 40 + body[at + 40 :]
    with prepared(broken) as photo:
        assert photo.taken_at is None
        assert photo.width == 640


@pytest.mark.parametrize(("orientation", "upright"), [(1, (640, 480)), (6, (480, 640)), (3, None)])
def test_pictures_are_turned_upright(orientation: int, upright: tuple[int, int] | None) -> None:
    with prepared(encoded(drawn(), exif=notes(orientation))) as photo:
        assert (photo.width, photo.height) == (upright or (640, 480))
        with Image.open(photo.files[LARGE]) as picture:
            corner = {1: (80, 60), 6: (420, 80), 3: (560, 420)}[orientation]
            red, green, blue = (
                picture.convert("RGB").crop((*corner, corner[0] + 1, corner[1] + 1)).tobytes()
            )
            assert (red > 200, green < 60, blue < 60) == (True, True, True)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "I;16", "CMYK"])
def test_every_colour_mode_becomes_rgb(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    source = drawn().convert("L").convert(mode) if mode == "I;16" else drawn().convert(mode)
    target = BytesIO()
    source.save(target, kind)
    with prepared(target.getvalue()) as photo, Image.open(photo.files[SMALL]) as small:
        assert (small.mode, small.size) == ("RGB", (320, 240))


def test_what_is_transparent_becomes_white() -> None:
    target = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(target, "PNG")
    with prepared(target.getvalue()) as photo, Image.open(photo.files[LARGE]) as large:
        assert large.getpixel((25, 25)) == (255, 255, 255)


def test_a_small_picture_is_not_blown_up() -> None:
    with prepared(encoded(drawn(200, 100))) as photo:
        assert (photo.width, photo.height) == (200, 100)


def test_the_same_picture_is_known_again_smaller_and_in_another_format() -> None:
    with (
        prepared(encoded(drawn(2000, 1500))) as one,
        prepared(encoded(drawn(2000, 1500).resize((800, 600)), "WEBP")) as again,
        prepared(encoded(drawn(2000, 1500).transpose(Image.Transpose.FLIP_LEFT_RIGHT))) as other,
    ):
        assert len(one.phash) == 32
        assert phash_distance(one.phash, again.phash) <= 10
        assert phash_distance(one.phash, other.phash) > 20


def test_a_turned_camera_gives_the_same_fingerprint() -> None:
    turned = drawn(800, 600).transpose(Image.Transpose.ROTATE_90)
    with prepared(encoded(drawn(800, 600))) as one, prepared(encoded(turned, exif=notes(6))) as two:
        assert phash_distance(one.phash, two.phash) <= 10


def test_nothing_stays_behind_after_use() -> None:
    with prepared(encoded(drawn())) as photo:
        assert sorted(path.name for path in photo.folder.iterdir())[0] == "1600.jpg"
        assert not (photo.folder / "original").exists()
    assert not photo.folder.exists()


def test_a_forgotten_photo_cleans_up_after_itself() -> None:
    photo = prepared(encoded(drawn()))
    folder = photo.folder
    del photo
    assert not folder.exists()


def test_a_broken_colour_profile_does_not_cost_the_picture() -> None:
    target = BytesIO()
    drawn().save(target, "JPEG", icc_profile=b"no profile at all" * 20)
    with prepared(target.getvalue()) as photo:
        assert photo.width == 640


def test_an_iphone_s_heic_is_turned_upright() -> None:
    source, target = drawn(), BytesIO()
    source.info["exif"] = notes(6).tobytes()  # written as the rotation that iPhones write
    source.save(target, "HEIF")
    with prepared(target.getvalue(), "IMG_0142.HEIC") as photo:
        assert (photo.width, photo.height) == (480, 640)
        with Image.open(photo.files[LARGE]) as picture:
            red, green, blue = picture.crop((420, 80, 421, 81)).tobytes()
            assert (red > 200, green < 60, blue < 60) == (True, True, True)
