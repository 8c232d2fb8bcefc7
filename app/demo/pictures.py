"""Pictures for the demo, drawn on paper: a wash of colour, ink outlines, no two alike.

The wash is a few large patches by chance, so that the archive's fingerprints differ although
the same bulb hangs in ten kitchens.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from random import Random
from typing import IO

from PIL import Image, ImageDraw, ImageFilter

from app.demo import motifs

WIDTH, HEIGHT = 960, 720
SCALE = 2  # drawn larger and made smaller: soft edges
INK = (58, 47, 42)
WASHES = {
    False: ((214, 208, 198), (196, 196, 190), (226, 216, 200)),
    True: ((250, 238, 214), (244, 228, 196), (236, 240, 220)),
}


class Drawing:
    """One picture as an upload: what keep_photos takes from a form."""

    def __init__(self, data: bytes, filename: str) -> None:
        self.data = data
        self.filename: str | None = filename
        self.stream: IO[bytes] = io.BytesIO(data)

    def again(self) -> Drawing:
        """The same bytes, to be read once more."""
        return Drawing(self.data, self.filename or "")


def draw(motif: str, *, done: bool, rng: Random) -> Drawing:
    """Draw a motif before (grey) or after (warm) the service."""
    paper = _wash(rng, WASHES[done])
    page = paper.resize((WIDTH * SCALE, HEIGHT * SCALE), Image.Resampling.BICUBIC)
    pen = ImageDraw.Draw(page)
    _ground(pen, rng)
    hand: Callable[[motifs.Sheet], None] = motifs.MOTIFS[motif]
    hand(motifs.Sheet(pen, WIDTH * SCALE, HEIGHT * SCALE, rng, done))
    page = page.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    if rng.random() < 0.5:
        page = page.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    target = io.BytesIO()
    page.save(target, "JPEG", quality=82)
    return Drawing(target.getvalue(), f"{motif}-{'after' if done else 'before'}.jpg")


def _wash(rng: Random, colours: tuple[tuple[int, int, int], ...]) -> Image.Image:
    """Patches of light and shade, a different cloudiness for each picture."""
    small = Image.new("RGB", (9, 7))
    for x in range(9):
        for y in range(7):
            colour = rng.choice(colours)
            light = rng.uniform(0.82, 1.04)
            small.putpixel((x, y), tuple(min(255, int(part * light)) for part in colour))
    return small.resize((90, 70), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(2))


def _ground(pen: ImageDraw.ImageDraw, rng: Random) -> None:
    """A floor line and a few strokes, as a hand would begin."""
    wide, high = WIDTH * SCALE, HEIGHT * SCALE
    level = int(high * rng.uniform(0.72, 0.86))
    pen.line([(0, level), (wide, level + rng.randint(-30, 30))], fill=(*INK, 255), width=5)
    for _ in range(rng.randint(4, 9)):
        x, y = rng.randint(0, wide), rng.randint(level, high)
        pen.line([(x, y), (x + rng.randint(60, 260), y + rng.randint(-8, 8))], fill=INK, width=3)
