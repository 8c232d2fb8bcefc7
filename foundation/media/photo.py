"""What is kept of a photo: its sizes, and its evidence."""

import shutil
import weakref
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

LARGE, SMALL = 1600, 320  # longest edge, pixels
SIZES = (LARGE, SMALL)
MAX_PHOTOS = 9  # in one upload


@dataclass(frozen=True, eq=False)
class PreparedPhoto:
    """A checked photo, waiting in a temporary folder to be saved.

    sha256 is the hex digest of the original; phash 32 hex digits; taken_at UTC, when the camera
    said so; width and height those of the large size; files the path of each size.
    """

    sha256: str
    phash: str
    taken_at: datetime | None
    width: int
    height: int
    files: dict[int, Path]
    folder: Path

    def __post_init__(self) -> None:
        """See that the folder goes when the photo does."""
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def discard(self) -> None:
        """Throw the temporary files away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> "PreparedPhoto":
        """Use as `with prepare(…) as photo`."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Discard, saved or not."""
        self.discard()


def phash_distance(one: str, other: str) -> int:
    """How many of 128 bits differ: 0–10 is most likely the same picture, 64 is chance."""
    return (int(one, 16) ^ int(other, 16)).bit_count()
