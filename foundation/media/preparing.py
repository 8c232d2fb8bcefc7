"""From an uploaded stream to a prepared photo, through a limited child process."""

import hashlib
import json
import logging
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Protocol

from flask import current_app, has_app_context

from foundation import clock
from foundation.media.photo import MAX_PHOTOS, SIZES, PreparedPhoto
from foundation.media.refusals import (
    EmptyPhoto,
    NotAPhoto,
    PhotoDamaged,
    PhotoQueueFull,
    PhotoTooLarge,
    PhotoTypeNotTaken,
    TooManyPhotos,
    TooManyPixels,
)
from foundation.refusal import N_

MEGA = 1024**2
MAX_BYTES = 25 * MEGA  # setting PHOTO_MAX_BYTES
MAX_PIXELS = 50_000_000
MAX_OUTPUT_BYTES = 8 * MEGA
CHUNK_BYTES = 256 * 1024
CHILD_SECONDS = 30
QUEUE_SECONDS = 30
CHILD = Path(__file__).with_name("child.py")
CHILD_ENVIRONMENT = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "2"}  # no setting, no secret

HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
OTHER_PICTURES = (b"GIF8", b"BM", b"II*\0", b"MM\0*", b"%PDF", b"\0\0\1\0", b"8BPS", b"\xff\x0a")

log = logging.getLogger(__name__)
_decoding = threading.BoundedSemaphore(2)


class Upload(Protocol):
    """What a form hands over for each file; werkzeug's FileStorage is one."""

    filename: str | None
    stream: IO[bytes]


def prepare(stream: IO[bytes], filename: str | None) -> PreparedPhoto:
    """Check one upload and make its sizes; takes 0.1–1 s, so never inside an errand.

    Raises a PhotoRefusal that names the file. The photo lives in a temporary folder until it
    is discarded (`with`).
    """
    name = Path(filename or "").name[-60:] or N_("照片")
    folder = Path(tempfile.mkdtemp(prefix="photo-"))
    try:
        original = folder / "original"
        sha256 = _take_in(stream, original, name)
        answer = _decode(original, folder, _kind(original, name), name)
        original.unlink()
        return _prepared(answer, folder, sha256, name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def prepare_all(uploads: Iterable[Upload]) -> list[PreparedPhoto]:
    """Prepare every chosen file, or none. Raises TooManyPhotos or the first PhotoRefusal."""
    chosen = [upload for upload in uploads if upload.filename]
    if len(chosen) > MAX_PHOTOS:
        raise TooManyPhotos(most=MAX_PHOTOS, chosen=len(chosen))
    with ExitStack() as undo:
        photos = [undo.enter_context(prepare(each.stream, each.filename)) for each in chosen]
        undo.pop_all()
    return photos


def _take_in(stream: IO[bytes], target: Path, name: str) -> str:
    """Copy the stream, reading no more than one chunk beyond the cap; hex sha256."""
    most = current_app.config.get("PHOTO_MAX_BYTES", MAX_BYTES) if has_app_context() else MAX_BYTES
    digest, taken = hashlib.sha256(), 0
    with target.open("wb") as file:
        while chunk := stream.read(CHUNK_BYTES):
            taken += len(chunk)
            if taken > most:
                raise PhotoTooLarge(name=name, megabytes=most // MEGA)
            digest.update(chunk)
            file.write(chunk)
    if not taken:
        raise EmptyPhoto(name=name)
    return digest.hexdigest()


def _kind(original: Path, name: str) -> str:
    """Which decoder the first bytes ask for. Raises NotAPhoto or PhotoTypeNotTaken."""
    with original.open("rb") as file:
        head = file.read(64)
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp":
        brands = {head[8:12]} | {head[at : at + 4] for at in range(16, min(64, head[3]), 4)}
        if brands & HEIC_BRANDS and b"avif" not in brands:
            return "HEIF"
        raise PhotoTypeNotTaken(name=name)
    if head.startswith(OTHER_PICTURES):
        raise PhotoTypeNotTaken(name=name)
    raise NotAPhoto(name=name)


def _decode(original: Path, folder: Path, kind: str, name: str) -> dict[str, Any]:
    """Let the child decode. Raises PhotoQueueFull, TooManyPixels, PhotoDamaged."""
    if not _decoding.acquire(timeout=QUEUE_SECONDS):
        raise PhotoQueueFull
    try:
        _run_child(original, folder, kind)
        answer: dict[str, Any] = json.loads((folder / "answer.json").read_text("utf-8")[:4096])
    except (OSError, ValueError) as error:
        log.warning("a photo could not be decoded: %s", type(error).__name__)
        raise PhotoDamaged(name=name) from error
    finally:
        _decoding.release()
    if answer.get("refused") == "pixels":
        raise TooManyPixels(name=name, megapixels=MAX_PIXELS // 1_000_000)
    if "refused" in answer:
        log.info("a photo was refused: %s", answer.get("why"))
        raise PhotoDamaged(name=name)
    return answer


def _run_child(original: Path, folder: Path, kind: str) -> None:
    """Run the child to its end, or for CHILD_SECONDS at most.

    A timer kills it, for wait(timeout=…) polls and would add up to 50 ms to every photo.
    """
    edges = ",".join(str(size) for size in SIZES)
    command = [sys.executable, "-I", str(CHILD), str(original), str(folder), kind]
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and file, no name from outside
        [*command, str(MAX_PIXELS), edges],
        env=CHILD_ENVIRONMENT,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    watchdog = threading.Timer(CHILD_SECONDS, process.kill)
    watchdog.start()
    try:
        process.wait()
    finally:
        watchdog.cancel()
        process.kill()
        process.wait()


def _prepared(answer: dict[str, Any], folder: Path, sha256: str, name: str) -> PreparedPhoto:
    files = {size: folder / f"{size}.jpg" for size in SIZES}
    for path in files.values():
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_OUTPUT_BYTES:
            raise PhotoDamaged(name=name)
    return PreparedPhoto(
        sha256=sha256,
        phash=f"{int(answer['phash'], 16):032x}",
        taken_at=_taken_at(answer["taken"], answer["offset"]),
        width=int(answer["width"]),
        height=int(answer["height"]),
        files=files,
        folder=folder,
    )


def _taken_at(taken: str | None, offset: str | None) -> datetime | None:
    """The camera's clock as UTC, in the local zone when it names no offset; None if nonsense."""
    text = (taken or "").strip("\0 ")
    try:
        return datetime.strptime(f"{text}{offset}", "%Y:%m:%d %H:%M:%S%z").astimezone(UTC)
    except ValueError:
        pass
    try:
        plain = datetime.strptime(text, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - zone on next line
        return clock.from_local(plain.date(), plain.time())
    except (ValueError, OverflowError):
        return None
