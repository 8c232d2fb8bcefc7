"""Faces and door numbers made unreadable for good: squares of a picture lose their detail."""

import tempfile
from collections.abc import Collection
from pathlib import Path

from PIL import Image

from foundation.media.photo import SIZES, PreparedPhoto
from foundation.media.store import MediaStore, current_store

GRID = 12  # squares to a side
BLOCKS = 2  # what is left of a square: two by two colours
QUALITY = 80


def blur_squares(key: str, squares: Collection[int], *, store: MediaStore | None = None) -> str:
    """Store a copy of a kept photo with these squares blurred; returns the copy's key.

    Squares count from 0 at the top left, row by row, GRID to a row; others are ignored. The
    source is our own JPEG, so it is decoded here. Raises PhotoMissing. Never inside an errand.
    """
    store = store or current_store()
    folder = Path(tempfile.mkdtemp(prefix="photo-"))
    with store.open_photo(key, SIZES[0]) as stored, Image.open(stored) as source:
        picture = source.convert("RGB")
    for square in squares:
        if 0 <= square < GRID * GRID:
            _blur(picture, _box(picture, square))
    files = {}
    for size in SIZES:
        picture.thumbnail((size, size), Image.Resampling.LANCZOS)
        files[size] = folder / f"{size}.jpg"
        picture.save(files[size], "JPEG", quality=QUALITY, optimize=True)
    with PreparedPhoto("", "", None, *picture.size, files, folder) as copy:
        return store.save(copy)


def _box(picture: Image.Image, square: int) -> tuple[int, int, int, int]:
    row, column = divmod(square, GRID)
    across = [round(picture.width * at / GRID) for at in (column, column + 1)]
    down = [round(picture.height * at / GRID) for at in (row, row + 1)]
    return across[0], down[0], across[1], down[1]


def _blur(picture: Image.Image, box: tuple[int, int, int, int]) -> None:
    size = (box[2] - box[0], box[3] - box[1])
    if not all(size):
        return
    coarse = picture.crop(box).resize((BLOCKS, BLOCKS), Image.Resampling.BOX)
    picture.paste(coarse.resize(size, Image.Resampling.NEAREST), box)
