"""The service record of a unit: lines and sums, in whole minutes and pieces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from love_bank.rules import Grade
from wishes.rules import feedback
from wishes.rules.kinds import Category, WishKind

ORDER = {Grade.A: 0, Grade.B: 1, Grade.C: 2}


class Served(feedback.Served, Protocol):
    """One credited attendance for the unit that still stands; `holder` is a passbook's id."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def available_on(self) -> datetime: ...


class Person(NamedTuple):
    """A colleague as the unit's roster has them; both empty for a line that is gone."""

    name: str = ""
    staff_number: str | None = None


@dataclass(frozen=True)
class WishWords:
    """What the record says of a wish."""

    wish_id: int
    kind: WishKind
    category: Category
    title: str
    community_id: int
    community_name: str
    tools: tuple[tuple[str, str], ...]  # name, provision
    photos: int


@dataclass(frozen=True)
class Line:
    """One wish on the record: who served how long, or how many pieces were handed over."""

    wish: WishWords
    at: datetime
    ends_at: datetime | None
    people: tuple[Person, ...]
    minutes: int
    pieces: int
    grades: tuple[Grade, ...]  # best first
    in_notice: bool


@dataclass(frozen=True)
class Sums:
    """The four sums, and the part of the minutes that was scanned."""

    wishes: int
    colleagues: int
    minutes: int
    scanned: int
    pieces: int


def sum_up(served: Iterable[Served], lines: Sequence[Line]) -> Sums:
    """Add up a record; a colleague who served often is one colleague."""
    kept = {line.wish.wish_id for line in lines}
    figures = feedback.add_up(each for each in served if each.wish_id in kept)
    return Sums(
        wishes=len(kept),
        colleagues=figures.people,
        minutes=figures.minutes,
        scanned=figures.scanned,
        pieces=sum(line.pieces for line in lines),
    )


def line_of_service(
    wish: WishWords, served: Sequence[Served], names: Mapping[str, Person], *, at: datetime
) -> Line:
    """The line of a service wish: everybody of the unit who served on it, first comer first."""
    return Line(
        wish=wish,
        at=min(each.starts_at for each in served),
        ends_at=max(each.ends_at for each in served),
        people=tuple(names.get(one, Person()) for one in dict.fromkeys(e.holder for e in served)),
        minutes=sum(each.minutes for each in served),
        pieces=0,
        grades=tuple(sorted({each.grade for each in served}, key=ORDER.__getitem__)),
        in_notice=any(each.available_on > at for each in served),
    )


def line_of_items(wish: WishWords, pieces: int, handed_over_at: datetime) -> Line:
    """The line of an item wish: pieces, never minutes."""
    return Line(wish, handed_over_at, None, (), 0, pieces, (), in_notice=False)
