"""Decodes one picture in a process of its own, with little memory, little time and no secrets.

    python -I child.py SOURCE FOLDER KIND MAX_PIXELS EDGE[,EDGE…]

Writes FOLDER/<edge>.jpg and FOLDER/answer.json. Started by path and importing nothing of the
product, so that it is up in some 50 ms. Whatever goes wrong here, the caller only reads the
answer, or finds none.
"""

import json
import sys
import warnings
from io import BytesIO
from pathlib import Path
from typing import Any

MEMORY_BYTES = 1024**3
CPU_SECONDS = 20
FILE_BYTES = 16 * 1024**2
OPEN_FILES = 64
QUALITY = 80
DATE_TAKEN, OFFSET_TAKEN, EXIF_BLOCK = 0x9003, 0x9011, 0x8769


def limit() -> None:
    """Ask the system to stop this process before it can do harm."""
    try:
        import resource
    except ImportError:  # not a POSIX system; the caller's time limit remains
        return
    wanted = {
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: FILE_BYTES,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    if sys.platform.startswith("linux"):  # elsewhere RLIMIT_AS is refused or ignored
        wanted[resource.RLIMIT_AS] = MEMORY_BYTES
    for what, value in wanted.items():
        hard = resource.getrlimit(what)[1]
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(what, (most, most))


def be_strict() -> None:
    """Warnings are errors, but for two that honest phones cause and that touch no pixel."""
    warnings.simplefilter("error")
    warnings.filterwarnings("ignore", message="Corrupt EXIF data")
    warnings.filterwarnings("ignore", message=".*malformed MPO")


if __name__ == "__main__":
    limit()
    be_strict()

from PIL import Image, ImageOps  # noqa: E402 - the limits come first


class TooManyPixels(Exception):
    """The header names more pixels than we decode."""


def open_picture(source: Path, kind: str, max_pixels: int) -> Image.Image:
    """The picture with only its header read."""
    Image.MAX_IMAGE_PIXELS = max_pixels
    if kind == "WEBP":  # else Pillow would load every decoder it has to find this one
        import PIL.WebPImagePlugin  # noqa: F401 - registers itself
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    try:
        picture = Image.open(source, formats=[kind])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels from error
    if picture.width * picture.height > max_pixels:
        raise TooManyPixels
    return picture


def taken(picture: Image.Image) -> tuple[str | None, str | None]:
    """When the camera says it was taken, and its offset from UTC; nothing else is read."""
    try:
        block = picture.getexif().get_ifd(EXIF_BLOCK)
        found = block.get(DATE_TAKEN), block.get(OFFSET_TAKEN)
    except Exception:  # broken EXIF of every sort: the picture counts, its notes do not
        return None, None
    date, offset = (str(value)[:40] if value else None for value in found)
    return date, offset


def shrink(picture: Image.Image, edge: int) -> Image.Image:
    """Decode all of it, then resize, then turn upright: this order is the cheapest."""
    share = edge / max(picture.size)
    picture.draft("RGB", (int(picture.width * share), int(picture.height * share)))
    picture.load()
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    elif picture.mode in ("P", "1", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
    picture.thumbnail((edge, edge), Image.Resampling.LANCZOS, reducing_gap=2.0)
    return upright(picture)


def upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera was held; as it is where EXIF cannot be read."""
    try:
        return ImageOps.exif_transpose(picture)
    except Exception:  # as in taken()
        return picture


def in_screen_colours(picture: Image.Image) -> Image.Image:
    """Converted from the camera's colour profile, which is dropped, to plain sRGB."""
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "CMYK"):
        from PIL import ImageCms

        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            if "sRGB" in ImageCms.getProfileDescription(source) and picture.mode == "RGB":
                return picture
            screen = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(picture, source, screen, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):  # an unusable profile: take the numbers as they are
            turned = None
        picture = turned or picture
    return picture


def flat(picture: Image.Image) -> Image.Image:
    """RGB on white, without one byte of metadata to carry along."""
    if picture.mode in ("RGBA", "LA", "RGBa", "La", "PA"):
        picture = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    picture = picture.convert("RGB")
    picture.info.clear()
    return picture


def fingerprint(picture: Image.Image) -> str:
    """128 bits as 32 hex digits, nearly equal for nearly equal pictures."""
    import dhash

    grey = picture.convert("L").resize((9, 9), Image.Resampling.LANCZOS)
    row, column = dhash.dhash_row_col(list(grey.tobytes()), size=8)
    return f"{row:016x}{column:016x}"


def prepare(source: Path, folder: Path, kind: str, max_pixels: int, edges: list[int]) -> Any:
    """Write the sizes, largest first, and return the answer."""
    picture = open_picture(source, kind, max_pixels)
    date, offset = taken(picture)
    large = flat(in_screen_colours(shrink(picture, edges[0])))
    answer = {
        "taken": date,
        "offset": offset,
        "phash": fingerprint(large),
        "width": large.width,
        "height": large.height,
    }
    for edge in edges:
        if edge != edges[0]:
            large.thumbnail((edge, edge), Image.Resampling.LANCZOS)
        large.save(folder / f"{edge}.jpg", "JPEG", quality=QUALITY, optimize=True)
    return answer


def main(arguments: list[str]) -> None:
    """Decode, and leave an answer in any case."""
    source, folder = Path(arguments[0]), Path(arguments[1])
    edges = [int(edge) for edge in arguments[4].split(",")]
    try:
        answer = prepare(source, folder, arguments[2], int(arguments[3]), edges)
    except TooManyPixels:
        answer = {"refused": "pixels"}
    except Exception as error:  # decoders raise everything; all of it means "cannot be shown"
        answer = {"refused": "damaged", "why": f"{type(error).__name__}: {error}"[:200]}
    (folder / "answer.json").write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
