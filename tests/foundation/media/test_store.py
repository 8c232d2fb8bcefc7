import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import fsspec
import pytest
from flask import Flask
from moto.server import ThreadedMotoServer

from foundation import media
from foundation.media import LARGE, SMALL, FileMissing, MediaStore, PhotoMissing, PreparedPhoto
from tests.foundation.media.pictures import drawn, encoded


@pytest.fixture
def photo() -> Iterator[PreparedPhoto]:
    with media.prepare(BytesIO(encoded(drawn())), "灯泡.jpg") as photo:
        yield photo


@pytest.fixture(scope="module")
def s3() -> Iterator[dict[str, str]]:
    """Options for a bucket `photos` on a real S3 conversation over loopback."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    options = {"endpoint_url": f"http://{host}:{port}", "key": "test", "secret": "test"}
    fsspec.filesystem("s3", **options).mkdir("photos")
    yield options
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> MediaStore:
    if request.param == "folder":
        return MediaStore(f"file://{tmp_path}/media")
    return MediaStore("s3://photos/first", request.getfixturevalue("s3"))


def test_a_saved_photo_opens_in_every_size(shelf: MediaStore, photo: PreparedPhoto) -> None:
    key = shelf.save(photo)
    for size in (LARGE, SMALL):
        with shelf.open_photo(key, size) as file:
            assert file.read() == photo.files[size].read_bytes()


def test_a_deleted_photo_is_missing_and_deleting_twice_is_fine(
    shelf: MediaStore, photo: PreparedPhoto
) -> None:
    key = shelf.save(photo)
    shelf.delete(key)
    shelf.delete(key)
    with pytest.raises(PhotoMissing, match="已经撤下"):
        shelf.open_photo(key, LARGE)


def test_a_made_file_is_written_over_opened_and_deleted(shelf: MediaStore, tmp_path: Path) -> None:
    key, path = media.new_key(), tmp_path / "folder.zip"
    for data in (b"torn", b"whole"):
        path.write_bytes(data)
        shelf.save_file(path, key)
    with shelf.open_file(key) as file:
        assert file.read() == b"whole"
    shelf.delete_file(key)
    shelf.delete_file(key)
    with pytest.raises(FileMissing, match="重新做一份"):
        shelf.open_file(key)


def test_the_same_photo_twice_has_two_keys(shelf: MediaStore, photo: PreparedPhoto) -> None:
    first, second = shelf.save(photo), shelf.save(photo)
    shelf.delete(first)
    with shelf.open_photo(second, SMALL) as file:
        assert file.read(2) == b"\xff\xd8"


@pytest.mark.parametrize("key", ["../../../etc/passwd", "", "a" * 31, "A" * 32, "0" * 32 + "\n"])
def test_only_keys_of_ours_are_looked_up(tmp_path: Path, key: str) -> None:
    with pytest.raises(PhotoMissing):
        MediaStore(f"file://{tmp_path}").open_photo(key, LARGE)
    with pytest.raises(PhotoMissing):
        MediaStore(f"file://{tmp_path}").open_photo("0" * 32, 640)


def test_a_half_saved_photo_leaves_nothing(
    tmp_path: Path, photo: PreparedPhoto, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush, flushed = os.fsync, []

    def disk_full(handle: int) -> None:
        flushed.append(handle)
        if len(flushed) == 4:  # the file and both folders of the first size went well
            raise OSError(28, "No space left on device")
        flush(handle)

    monkeypatch.setattr(os, "fsync", disk_full)
    with pytest.raises(OSError, match="No space"):
        MediaStore(f"file://{tmp_path}/media").save(photo)
    assert not [path for path in (tmp_path / "media").rglob("*") if path.is_file()]


def test_the_folder_of_the_instance_is_the_default(tmp_path: Path, photo: PreparedPhoto) -> None:
    app = Flask(__name__, instance_path=str(tmp_path))
    with app.app_context():
        key = media.save(photo)
        assert (tmp_path / "media" / key[:2] / f"{key}-320.jpg").is_file()
        media.open_photo(key, LARGE).close()
        media.delete(key)
        with pytest.raises(PhotoMissing):
            media.open_photo(key, LARGE)


def test_the_settings_name_another_place(
    tmp_path: Path, photo: PreparedPhoto, s3: dict[str, str]
) -> None:
    app = Flask(__name__, instance_path=str(tmp_path))
    app.config.update(MEDIA_URL="s3://photos/second", MEDIA_OPTIONS=s3)
    with app.app_context(), media.open_photo(media.save(photo), LARGE) as file:
        assert file.read(2) == b"\xff\xd8"
    assert not list(tmp_path.iterdir())
