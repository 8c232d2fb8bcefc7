"""Pictures for tests: honest, hostile and broken, all made here."""

import struct
import zlib
from io import BytesIO

import pillow_heif
from PIL import Image, ImageCms, ImageDraw
from PIL.Image import Exif
from PIL.PngImagePlugin import PngInfo

pillow_heif.register_heif_opener()

TAKEN, OFFSET = "2026:11:28 09:12:30", "+08:00"
SECRET = b"SECRET-PLACE"


def drawn(width: int = 640, height: int = 480, seed: int = 0) -> Image.Image:
    """A picture with shapes: its left upper corner is red, the right half blue."""
    picture = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((width // 2, 0, width, height), fill="blue")
    pen.rectangle((0, 0, width // 4, height // 4), fill="red")
    for n in range(12):
        x, y = (n * 97 + seed * 53) % width, (n * 61 + seed * 29) % height
        pen.ellipse(
            (x, y, x + width // 6, y + height // 8), fill=(n * 20, 255 - n * 20, seed % 255)
        )
    return picture


def notes(orientation: int = 1, offset: str | None = OFFSET) -> Exif:
    """EXIF as a phone writes it: time, orientation and the place."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET.decode()
    block = exif.get_ifd(0x8769)
    block[0x9003] = TAKEN
    if offset:
        block[0x9011] = offset
    place = exif.get_ifd(0x8825)
    place.update(
        {1: "N", 2: (42.0, 46.0, 12.0), 3: "E", 4: (129.0, 25.0, 1.0), 29: SECRET.decode()}
    )
    return exif


def encoded(picture: Image.Image, kind: str = "JPEG", exif: Exif | None = None) -> bytes:
    """The bytes of a file of this kind, with everything a camera might tuck in."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    packet = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + SECRET + b"</x:xmpmeta>"
    extra: dict[str, object] = {"icc_profile": profile}
    if kind == "JPEG":
        extra |= {"comment": SECRET, "xmp": packet}
    elif kind == "PNG":
        text = PngInfo()
        text.add_text("Comment", SECRET.decode())
        extra["pnginfo"] = text
    else:
        extra["xmp"] = packet
    target = BytesIO()
    picture.save(target, kind, exif=exif or notes(), **extra)
    return target.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    """One part of a PNG file."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def vast_png(width: int, height: int, bits: int = 8, colour: int = 0) -> bytes:
    """A PNG of zeros, as many pixels as asked, in a file a thousand times smaller."""
    row = 1 + width * (bits // 8) * {0: 1, 2: 3, 6: 4}[colour]
    packer = zlib.compressobj(1)
    body = b"".join(packer.compress(b"\0" * row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    return start + chunk(b"IDAT", body) + chunk(b"IEND", b"")
