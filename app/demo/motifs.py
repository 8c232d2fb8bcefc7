"""What the demo's pictures show, each as it was and as it is after the service."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from PIL import ImageDraw

INK = (58, 47, 42)
WARM = (247, 198, 84)
LEAF = (96, 138, 84)
RED = (190, 72, 54)
BLUE = (92, 128, 158)
CREAM = (252, 246, 232)
GREY = (150, 146, 140)
CLOTHS = [(176, 74, 60), (70, 104, 142), (86, 122, 88), (196, 150, 74), (120, 92, 130)]
Point = tuple[float, float]


@dataclass
class Sheet:
    """The page under the pen: its size, the place of the thing, and chance."""

    pen: ImageDraw.ImageDraw
    wide: int
    high: int
    rng: Random
    done: bool

    def __post_init__(self) -> None:
        """Choose where the thing stands and how large it is."""
        self.x = self.wide * self.rng.uniform(0.36, 0.64)
        self.y = self.high * self.rng.uniform(0.44, 0.56)
        self.size = self.high * self.rng.uniform(0.2, 0.28)

    def at(self, x: float, y: float) -> Point:
        """A point beside the middle of the thing, in its own size."""
        return self.x + x * self.size, self.y + y * self.size

    def shape(self, points: list[Point], fill: tuple[int, int, int] | None, width: int = 7) -> None:
        """A closed outline in ink, filled."""
        placed = [self.at(*point) for point in points]
        self.pen.polygon(placed, fill=fill)
        self.pen.line([*placed, placed[0], placed[1]], fill=INK, width=width, joint="curve")

    def line(self, points: list[Point], fill: tuple[int, int, int] = INK, width: int = 7) -> None:
        """A stroke."""
        self.pen.line([self.at(*point) for point in points], fill=fill, width=width, joint="curve")

    def round(
        self, x: float, y: float, rx: float, ry: float, fill: tuple[int, int, int] | None
    ) -> None:
        """An ellipse in ink, filled."""
        corners = [self.at(x - rx, y - ry), self.at(x + rx, y + ry)]
        self.pen.ellipse(corners, fill=fill, outline=INK, width=6)

    def box(
        self, left: float, top: float, right: float, low: float, fill: tuple[int, int, int] | None
    ) -> None:
        """A box with soft corners."""
        corners = [self.at(left, top), self.at(right, low)]
        self.pen.rounded_rectangle(corners, self.size * 0.08, fill=fill, outline=INK, width=6)


def bulb(sheet: Sheet) -> None:
    """A lamp in a room: dark, then lit."""
    sheet.line([(0, -2.4), (0, -0.95)])
    if sheet.done:
        for turn in range(14):
            way = turn / 14 * math.tau
            near, far = 1.05, sheet.rng.uniform(1.3, 1.7)
            sheet.line(
                [(math.cos(way) * near, math.sin(way) * near),
                 (math.cos(way) * far, math.sin(way) * far)], WARM, 10,
            )  # fmt: skip
    sheet.round(0, 0, 0.72, 0.72, WARM if sheet.done else (128, 124, 120))
    sheet.box(-0.28, -1.0, 0.28, -0.62, GREY)
    sheet.line([(-0.25, 0.1), (-0.1, -0.2), (0.1, 0.15), (0.25, -0.15)])


def weeds(sheet: Sheet) -> None:
    """A path: overgrown, then clean with flowers beside it."""
    sheet.shape([(-0.5, -1.2), (0.5, -1.2), (1.6, 1.5), (-1.6, 1.5)], (212, 198, 172))
    for _ in range(14 if sheet.done else 70):
        side = sheet.rng.choice((-1, 1)) * sheet.rng.uniform(1.1, 2.6)
        x = side if sheet.done else sheet.rng.uniform(-2.4, 2.4)
        y = sheet.rng.uniform(-0.6, 1.5)
        for lean in (-0.14, 0.0, 0.14):
            sheet.line([(x, y), (x + lean, y - sheet.rng.uniform(0.25, 0.5))], LEAF, 8)
        if sheet.done:
            sheet.round(x, y - 0.45, 0.09, 0.09, RED)


def coat(sheet: Sheet) -> None:
    """A warm coat, with its ribbon once it is handed over."""
    cloth = sheet.rng.choice(CLOTHS)
    sheet.line([(-0.5, -1.1), (0, -1.45), (0.5, -1.1)])
    sheet.shape(
        [(-0.5, -1.1), (0.5, -1.1), (1.25, -0.2), (0.95, 0.2), (0.62, -0.15), (0.66, 1.3),
         (-0.66, 1.3), (-0.62, -0.15), (-0.95, 0.2), (-1.25, -0.2)], cloth,
    )  # fmt: skip
    sheet.line([(0, -1.1), (0, 1.3)], CREAM, 5)
    for level in (-0.6, -0.1, 0.4, 0.9):
        sheet.round(0.14, level, 0.06, 0.06, CREAM)
        sheet.line([(-0.62, level + 0.2), (0.62, level + 0.2)], INK, 3)
    if sheet.done:
        _ribbon(sheet, 0, -0.2)


def _ribbon(sheet: Sheet, x: float, y: float) -> None:
    sheet.shape([(x, y), (x - 0.45, y - 0.25), (x - 0.45, y + 0.25)], RED)
    sheet.shape([(x, y), (x + 0.45, y - 0.25), (x + 0.45, y + 0.25)], RED)
    sheet.round(x, y, 0.13, 0.13, RED)


def book(sheet: Sheet) -> None:
    """A shut book, then an open one with a cup of tea."""
    if not sheet.done:
        sheet.box(-1.1, -0.7, 1.1, 0.7, sheet.rng.choice(CLOTHS))
        sheet.line([(-0.85, -0.7), (-0.85, 0.7)], CREAM, 6)
        sheet.box(-0.4, -0.35, 0.7, 0.05, CREAM)
        return
    for side in (-1, 1):
        sheet.shape([(0, -0.7), (side * 1.5, -0.9), (side * 1.5, 0.7), (0, 0.9)], CREAM)
        for row in range(6):
            level = -0.55 + row * 0.22
            sheet.line([(side * 0.15, level), (side * sheet.rng.uniform(0.9, 1.35), level - 0.13)],
                       GREY, 5)  # fmt: skip
    cup(sheet, 1.9, 0.5)


def cup(sheet: Sheet, x: float, y: float) -> None:
    """A cup with its steam."""
    sheet.round(x + 0.34, y, 0.2, 0.18, None)
    sheet.box(x - 0.35, y - 0.3, x + 0.35, y + 0.4, BLUE)
    for lean in (-0.15, 0.1):
        sheet.line([(x + lean, y - 0.4), (x + lean + 0.1, y - 0.6), (x + lean, y - 0.8)], GREY, 5)


def talk(sheet: Sheet) -> None:
    """Two chairs and a table: empty, then with tea."""
    for side in (-1, 1):
        sheet.box(side * 1.5 - 0.35, -0.9, side * 1.5 + 0.35, 0.3, sheet.rng.choice(CLOTHS))
        sheet.line([(side * 1.8, 0.3), (side * 1.8, 1.1)])
        sheet.line([(side * 1.2, 0.3), (side * 1.2, 1.1)])
    sheet.round(0, 0.35, 0.85, 0.22, (196, 160, 116))
    sheet.line([(0, 0.55), (0, 1.15)], INK, 12)
    if sheet.done:
        cup(sheet, -0.3, 0.05)
        cup(sheet, 0.35, 0.0)


def tap(sheet: Sheet) -> None:
    """A tap that drips, then one that does not."""
    sheet.box(-1.4, -0.35, 0.6, 0.05, GREY)
    sheet.shape([(0.3, -0.35), (0.9, -0.3), (0.95, 0.5), (0.55, 0.5), (0.5, 0.05)], GREY)
    sheet.box(-0.55, -0.95, 0.15, -0.7, RED)
    sheet.line([(-0.2, -0.7), (-0.2, -0.35)], INK, 12)
    sheet.shape([(-1.5, 1.2), (1.7, 1.2), (1.4, 1.75), (-1.2, 1.75)], CREAM)
    for drop in range(0 if sheet.done else 4):
        sheet.round(0.75, 0.65 + drop * 0.22, 0.06, 0.09, BLUE)


def broom(sheet: Sheet) -> None:
    """A floor with litter, then with a shine."""
    sheet.line([(0.9, -1.6), (-0.3, 0.5)], (150, 112, 74), 18)
    sheet.shape([(-0.5, 0.35), (-0.1, 0.6), (-0.35, 1.2), (-1.1, 0.75)], WARM)
    for _ in range(5 if sheet.done else 26):
        x, y = sheet.rng.uniform(-2.2, 2.2), sheet.rng.uniform(0.7, 1.7)
        if sheet.done:
            sheet.line([(x, y), (x + 0.3, y - 0.3)], CREAM, 10)
        else:
            sheet.round(x, y, 0.07, 0.05, sheet.rng.choice(CLOTHS))


def lecture(sheet: Sheet) -> None:
    """A screen and rows of chairs: empty, then full of people seen from behind."""
    sheet.box(-1.3, -1.7, 1.3, -0.4, CREAM)
    for row in range(3):
        sheet.line(
            [(-1.0, -1.4 + row * 0.3), (sheet.rng.uniform(0.2, 1.0), -1.4 + row * 0.3)], BLUE, 8
        )
    for row in range(3):
        for seat in range(5):
            x, y = -1.9 + seat * 0.95 + row * 0.12, 0.2 + row * 0.6
            cloth = sheet.rng.choice(CLOTHS)
            if sheet.done and sheet.rng.random() < 0.85:
                sheet.round(x, y - 0.3, 0.18, 0.2, (92, 74, 62))
                sheet.box(x - 0.3, y - 0.12, x + 0.3, y + 0.35, cloth)
            else:
                sheet.box(x - 0.26, y - 0.05, x + 0.26, y + 0.35, GREY)


def bowl(sheet: Sheet) -> None:
    """A basket of shopping, then a bowl on the table."""
    if sheet.done:
        sheet.shape([(-1.2, 0), (1.2, 0), (0.75, 0.9), (-0.75, 0.9)], BLUE)
        for _ in range(7):
            sheet.round(
                sheet.rng.uniform(-0.8, 0.8), sheet.rng.uniform(-0.25, 0.05), 0.28, 0.17, CREAM
            )
        for lean in (-0.5, 0.0, 0.5):
            sheet.line([(lean, -0.5), (lean + 0.15, -0.8), (lean, -1.1)], GREY, 6)
        return
    for _ in range(6):
        sheet.round(
            sheet.rng.uniform(-0.8, 0.8), -0.2, 0.3, 0.34, sheet.rng.choice([LEAF, RED, WARM])
        )
    sheet.shape([(-1.2, 0), (1.2, 0), (0.9, 1.0), (-0.9, 1.0)], (196, 160, 116))
    sheet.line([(-1.1, 0), (-0.4, -1.2), (0.4, -1.2), (1.1, 0)], (150, 112, 74), 14)


def health(sheet: Sheet) -> None:
    """A clipboard to fill in, then filled in with a heart."""
    sheet.box(-0.9, -1.3, 0.9, 1.3, CREAM)
    sheet.box(-0.35, -1.5, 0.35, -1.15, GREY)
    for row in range(4):
        sheet.line([(-0.6, -0.7 + row * 0.35), (0.6, -0.7 + row * 0.35)], GREY, 5)
    if sheet.done:
        sheet.round(-0.2, 0.75, 0.24, 0.24, RED)
        sheet.round(0.2, 0.75, 0.24, 0.24, RED)
        sheet.shape([(-0.42, 0.82), (0.42, 0.82), (0, 1.25)], RED)
    else:
        sheet.line([(1.1, -0.6), (1.7, 0.8)], BLUE, 16)


def parcel(sheet: Sheet) -> None:
    """A parcel with its ribbon, signed for."""
    sheet.box(-1.1, -0.6, 1.1, 0.9, (206, 172, 126))
    sheet.line([(0, -0.6), (0, 0.9)], RED, 22)
    sheet.line([(-1.1, 0.1), (1.1, 0.1)], RED, 22)
    _ribbon(sheet, 0, -0.65)
    if sheet.done:
        sheet.box(0.7, 0.6, 2.0, 1.4, CREAM)
        sheet.line([(0.9, 1.15), (1.1, 0.85), (1.3, 1.2), (1.5, 0.9), (1.8, 1.1)], BLUE, 7)


MOTIFS: dict[str, Callable[[Sheet], None]] = {
    hand.__name__: hand
    for hand in (bulb, weeds, coat, book, talk, tap, broom, lecture, bowl, health, parcel)
}
