"""反馈卡: the quarter it is about, and its figures, which a unit's record adds up the same way."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from love_bank.rules import Grade

WORDS_LENGTH = 300


class CardState(enum.StrEnum):
    """Where a card stands: made by the clock, signed by the community."""

    DRAFT = "draft"
    SIGNED = "signed"


@dataclass(frozen=True)
class Quarter:
    """Three months of the local calendar, named by their first day."""

    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        """The quarter after it."""
        return quarter_of(self.first + timedelta(days=95))

    @property
    def number(self) -> int:
        """1 to 4."""
        return (self.first.month + 2) // 3


def quarter_of(day: date) -> Quarter:
    """The quarter a local day lies in."""
    return Quarter(date(day.year, (day.month - 1) // 3 * 3 + 1, 1))


def last_ended(today: date) -> Quarter:
    """The quarter that was over when today began."""
    return quarter_of(quarter_of(today).first - timedelta(days=1))


class Served(Protocol):
    """One credited attendance that stands."""

    @property
    def wish_id(self) -> int: ...
    @property
    def holder(self) -> str: ...
    @property
    def minutes(self) -> int: ...
    @property
    def grade(self) -> Grade: ...


@dataclass(frozen=True)
class Figures:
    """What was served: wishes, people, 服务人次, and whole minutes by their evidence."""

    wishes: int
    people: int
    times: int
    scanned: int
    marked: int
    late: int

    @property
    def minutes(self) -> int:
        """All minutes together."""
        return self.scanned + self.marked + self.late

    @property
    def seen(self) -> str:
        """The figures as a form carries them, so that nobody signs others than they saw."""
        parts = (self.wishes, self.people, self.times, self.scanned, self.marked, self.late)
        return "-".join(map(str, parts))


def add_up(served: Iterable[Served]) -> Figures:
    """Add up credits; a person who served twice is one person and two times."""
    counted = list(served)
    by_grade = dict.fromkeys(Grade, 0)
    for each in counted:
        by_grade[each.grade] += each.minutes
    return Figures(
        wishes=len({each.wish_id for each in counted}),
        people=len({each.holder for each in counted}),
        times=len(counted),
        scanned=by_grade[Grade.A],
        marked=by_grade[Grade.B],
        late=by_grade[Grade.C],
    )
