"""Where photos and made files lie: a folder by default, S3 by setting; the same calls for both.

Setting MEDIA_URL (default: the folder `media` in the instance path; 's3://bucket/prefix' with
the extra `scale`), MEDIA_OPTIONS (a mapping that fsspec hands to the storage).
"""

import io
import os
import re
import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import fsspec
from flask import current_app
from fsspec.implementations.local import LocalFileSystem

from foundation.media.photo import SIZES, PreparedPhoto
from foundation.media.refusals import FileMissing, PhotoMissing

_KEY = re.compile(r"[0-9a-f]{32}")


class MediaStore:
    """Photos by key. A key is random, so it tells nothing and no two uploads share files."""

    def __init__(self, url: str, options: dict[str, Any] | None = None) -> None:
        """Name the place; nothing is opened yet."""
        self._files, self._root = fsspec.core.url_to_fs(url, **(options or {}))
        self._is_local = isinstance(self._files, LocalFileSystem)

    def save(self, photo: PreparedPhoto) -> str:
        """Store every size durably and return the key. On failure nothing is left behind."""
        key = new_key()
        try:
            for size, path in photo.files.items():
                if self._is_local:
                    _put_durably(path, Path(self._path(key, size)))
                else:
                    self._files.put_file(str(path), self._path(key, size))
        except BaseException:
            self.delete(key)
            raise
        return key

    def open_photo(self, key: str, size: int) -> IO[bytes]:
        """The JPEG of one size, to be closed by the caller. Raises PhotoMissing."""
        try:
            if self._is_local:
                return Path(self._path(key, size)).open("rb")
            return io.BytesIO(self._files.cat_file(self._path(key, size)))
        except FileNotFoundError as error:
            raise PhotoMissing from error

    def delete(self, key: str) -> None:
        """Remove every size; a photo that is not there is no error."""
        for size in SIZES:
            try:
                self._files.rm_file(self._path(key, size))
            except FileNotFoundError:
                continue

    def save_file(self, path: Path, key: str) -> None:
        """Store a made file durably under its key, over what may lie there."""
        if self._is_local:
            _put_durably(path, Path(self._file_path(key)))
        else:
            self._files.put_file(str(path), self._file_path(key))

    def open_file(self, key: str) -> IO[bytes]:
        """A made file, to be closed by the caller. Raises FileMissing."""
        try:
            opened: IO[bytes] = self._files.open(self._file_path(key), "rb")
        except FileNotFoundError as error:
            raise FileMissing from error
        return opened

    def delete_file(self, key: str) -> None:
        """Remove a made file; one that is not there is no error."""
        with suppress(FileNotFoundError):
            self._files.rm_file(self._file_path(key))

    def _file_path(self, key: str) -> str:
        if not _KEY.fullmatch(key):
            raise FileMissing
        return f"{self._root}/files/{key[:2]}/{key}"

    def _path(self, key: str, size: int) -> str:
        if not _KEY.fullmatch(key) or size not in SIZES:
            raise PhotoMissing
        return f"{self._root}/{key[:2]}/{key}-{size}.jpg"


def _put_durably(source: Path, target: Path) -> None:
    """Copy beside the target, flush to the disk, rename, flush the folders."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    try:
        with source.open("rb") as original, part.open("wb") as copy:
            shutil.copyfileobj(original, copy)
            copy.flush()
            os.fsync(copy.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    for folder in (target.parent, target.parent.parent):
        _flush_folder(folder)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def current_store() -> MediaStore:
    """The store that the settings name."""
    stores: dict[str, MediaStore] = current_app.extensions.setdefault("media_stores", {})
    url = current_app.config.get("MEDIA_URL") or f"file://{current_app.instance_path}/media"
    if url not in stores:
        stores[url] = MediaStore(url, current_app.config.get("MEDIA_OPTIONS"))
    return stores[url]


def save(photo: PreparedPhoto) -> str:
    """Store a prepared photo before its row is written; returns the key for the row."""
    return current_store().save(photo)


def open_photo(key: str, size: int) -> IO[bytes]:
    """Open one size of a stored photo. Raises PhotoMissing."""
    return current_store().open_photo(key, size)


def delete(key: str) -> None:
    """Remove a photo whose row is gone."""
    current_store().delete(key)


def new_key() -> str:
    """A fresh random key for a file that will be made."""
    return secrets.token_hex(16)


def save_file(path: Path, key: str) -> None:
    """Store a made file under its key, whose row exists already."""
    current_store().save_file(path, key)


def open_file(key: str) -> IO[bytes]:
    """Open a made file. Raises FileMissing."""
    return current_store().open_file(key)


def delete_file(key: str) -> None:
    """Remove a made file whose days are over."""
    current_store().delete_file(key)
