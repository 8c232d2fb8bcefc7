"""Every hostile upload gets a sentence, costs little, and leaves nothing behind."""

import os
import tempfile
from io import BytesIO
from pathlib import Path
from typing import IO, cast

import pytest
from flask import Flask
from PIL import Image
from werkzeug.datastructures import FileStorage

from foundation.media import (
    MAX_PHOTOS,
    SMALL,
    EmptyPhoto,
    NotAPhoto,
    PhotoDamaged,
    PhotoQueueFull,
    PhotoRefusal,
    PhotoTooLarge,
    PhotoTypeNotTaken,
    TooManyPhotos,
    TooManyPixels,
    prepare,
    prepare_all,
    preparing,
)
from tests.foundation.media.pictures import chunk, drawn, encoded, vast_png


@pytest.fixture(autouse=True)
def tidy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def refused(body: bytes, kind: type[PhotoRefusal], name: str = "照片.jpg") -> str:
    with pytest.raises(kind) as caught:
        prepare(BytesIO(body), name)
    assert not list(Path(tempfile.gettempdir()).iterdir())
    return str(caught.value)


def test_a_text_named_jpg() -> None:
    said = refused("我是一份文档".encode() * 50, NotAPhoto, "换灯泡.jpg")
    assert said == "“换灯泡.jpg”不是照片，请换一张 JPG、PNG、WebP 或 HEIC 照片。"


def test_an_empty_file() -> None:
    assert "空文件" in refused(b"", EmptyPhoto)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.9])
def test_a_truncated_picture(kind: str, share: float) -> None:
    body = encoded(drawn(1200, 900), kind)
    assert "重新选一张" in refused(body[: int(len(body) * share)], PhotoDamaged)


def test_a_picture_with_a_hole() -> None:
    body = encoded(drawn(1200, 900), "PNG")
    middle = len(body) // 2
    refused(body[:middle] + b"\0" * 200 + body[middle + 200 :], PhotoDamaged)


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "AVIF", "PDF"])
def test_pictures_of_other_kinds(kind: str) -> None:
    target = BytesIO()
    drawn().save(target, kind)
    assert "另存为" in refused(target.getvalue(), PhotoTypeNotTaken)


def test_the_film_of_a_live_photo() -> None:
    refused(b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + b"\0" * 500, PhotoTypeNotTaken, "IMG_1.MOV")


def test_a_gif_behind_the_first_bytes_of_a_jpeg() -> None:
    refused(b"\xff\xd8\xffGIF89a" + b"\0" * 500, PhotoDamaged)


def test_two_hundred_megapixels_are_refused_by_their_header() -> None:
    body = vast_png(20_000, 10_000)
    assert len(body) < 1024**2
    assert "超过 50 百万" in refused(body, TooManyPixels)


def test_just_under_twice_the_cap_is_refused_too() -> None:
    refused(vast_png(10_000, 5_001), TooManyPixels)


def test_the_child_runs_out_of_memory_before_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "MAX_PIXELS", 10**9)
    refused(vast_png(20_000, 15_000, colour=6), PhotoDamaged)


def test_a_decoder_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    endless = tmp_path.parent / f"{tmp_path.name}-endless.py"
    endless.write_text("while True: pass")
    monkeypatch.setattr(preparing, "CHILD", endless)
    monkeypatch.setattr(preparing, "CHILD_SECONDS", 0.3)
    refused(encoded(drawn()), PhotoDamaged)


class Endless:
    """A stream that never ends and counts what was read of it."""

    def __init__(self) -> None:
        self.read_bytes = 0

    def read(self, size: int) -> bytes:
        self.read_bytes += size
        return b"\xff\xd8\xff" + b"\0" * (size - 3)


def test_sixty_megabytes_are_not_read_to_the_end() -> None:
    stream = Endless()
    with pytest.raises(PhotoTooLarge, match="最大 25 MB") as caught:
        prepare(cast("IO[bytes]", stream), "全景.jpg")
    assert caught.value.status == 413
    assert stream.read_bytes <= 26 * 1024**2


def test_a_file_of_sixty_megabytes() -> None:
    refused(b"\xff\xd8\xff" + os.urandom(60 * 1024**2), PhotoTooLarge)


def test_the_cap_is_a_setting() -> None:
    app = Flask(__name__)
    app.config["PHOTO_MAX_BYTES"] = 1024**2
    with app.app_context():
        assert "最大 1 MB" in refused(b"\xff\xd8\xff" + b"\0" * 1024**2, PhotoTooLarge)


def test_a_name_is_only_shown_never_used() -> None:
    assert "“passwd”" in refused(b"root:x:0:0", NotAPhoto, "../../etc/passwd")
    assert "“照片”" in refused(b"root:x:0:0", NotAPhoto, "")


def test_the_child_knows_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told, spy = tmp_path.parent / f"{tmp_path.name}-told", tmp_path.parent / f"{tmp_path.name}.py"
    spy.write_text(f"import os, pathlib; pathlib.Path({str(told)!r}).write_text(str(os.environ))")
    monkeypatch.setattr(preparing, "CHILD", spy)
    monkeypatch.setenv("PRIVATE_KEY", "a-very-private-key")
    refused(encoded(drawn()), PhotoDamaged)
    assert "LANG" in told.read_text()
    assert "a-very-private-key" not in told.read_text()


def test_a_picture_that_the_decoder_warns_of() -> None:
    honest = encoded(drawn(60, 40), "PNG")
    animation = chunk(b"acTL", bytes(8))  # an animation of no pictures
    refused(honest[:33] + animation + honest[33:], PhotoDamaged)


def test_a_full_queue_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "QUEUE_SECONDS", 0)
    with preparing._decoding, preparing._decoding:
        refused(encoded(drawn()), PhotoQueueFull)
    with prepare(BytesIO(encoded(drawn())), "好.jpg") as photo:
        assert photo.width == 640


def upload(body: bytes | IO[bytes], name: str) -> FileStorage:
    return FileStorage(BytesIO(body) if isinstance(body, bytes) else body, name)


def test_thirty_photos_are_refused_before_any_is_read() -> None:
    streams = [BytesIO(b"x") for _ in range(30)]
    with pytest.raises(TooManyPhotos, match="最多传 9 张照片，这次选了 30 张"):
        prepare_all(upload(stream, f"{n}.jpg") for n, stream in enumerate(streams))
    assert {stream.tell() for stream in streams} == {0}


def test_one_bad_photo_among_good_ones_leaves_none_behind() -> None:
    good = encoded(drawn(60, 40))
    with pytest.raises(NotAPhoto, match="坏"):
        prepare_all([upload(good, "好.jpg"), upload(b"text", "坏.jpg"), upload(good, "好.jpg")])
    assert not list(Path(tempfile.gettempdir()).iterdir())


def test_an_empty_file_field_is_no_photo() -> None:
    photos = prepare_all([upload(b"", ""), upload(encoded(drawn(60, 40)), "一.jpg")])
    assert len(photos) == 1
    assert MAX_PHOTOS == 9
    with Image.open(photos[0].files[SMALL]) as small:
        assert small.size == (60, 40)
