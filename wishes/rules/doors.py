"""One household, many visits: when a worker looks twice before publishing one more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from foundation.refusal import Refusal
from wishes.refusals.changes import DoorOverCap, DoorSeenBefore, DoorVisit
from wishes.rules.kinds import Category

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class DoorWord:
    """What the worker said to the warning: seen, and why it has to be."""

    seen: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Visit:
    """A published home visit; `day` is the local day."""

    wish_id: int
    number: int
    title: str
    category: Category
    starts_at: datetime
    day: date


def why_crowded(
    visits: Sequence[Visit], *, category: Category, day: date, cap: int, word: DoorWord
) -> Refusal | None:
    """What is to be said about one more visit in the week of `visits`, None when nothing is.

    From `cap` visits on a reason is needed; the same kind on the same day wants a second look.
    """
    shown = tuple(
        DoorVisit(each.wish_id, each.number, each.title, each.starts_at) for each in visits
    )
    if len(visits) >= cap and not word.reason.strip():
        return DoorOverCap(shown, count=len(visits), cap=cap)
    same = any(each.category == category and each.day == day for each in visits)
    if same and not (word.seen or word.reason.strip()):
        return DoorSeenBefore(shown)
    return None


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())
