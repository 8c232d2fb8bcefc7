"""What the wall of wishes shows: filters, their windows of time, and the mark between two pages."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from foundation.refusal import N_
from wishes.rules.kinds import Category
from wishes.rules.life import WishState

SOON = timedelta(hours=48)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SATURDAY = 5


class Show(enum.StrEnum):
    """Which wishes the wall shows; the first four are open and have not begun."""

    WAITING = "waiting"
    NOW = "now"
    TODAY = "today"
    WEEKEND = "weekend"
    RUNNING = "running"
    DONE = "done"


SHOW_LABELS = {
    Show.WAITING: N_("缺人"),
    Show.NOW: N_("急需"),
    Show.TODAY: N_("今天"),
    Show.WEEKEND: N_("周末"),
    Show.RUNNING: N_("进行中"),
    Show.DONE: N_("已办结"),
}
STATES = {
    Show.RUNNING: (WishState.FILLED, WishState.IN_SERVICE, WishState.REPORTED),
    Show.DONE: (WishState.VERIFIED,),
}


@dataclass(frozen=True)
class Filter:
    """What somebody wants to see; `area_id` is a community or whatever lies above it.

    `followed`: only the communities that the reader follows; then there is no `area_id`.
    """

    show: Show = Show.WAITING
    category: Category | None = None
    items_only: bool = False
    area_id: int | None = None
    words: str = ""
    followed: bool = False


def states_of(show: Show) -> tuple[WishState, ...]:
    """The states a view of the wall holds."""
    return STATES.get(show, (WishState.OPEN,))


def newest_first(show: Show) -> bool:
    """What is over is read backwards, what is to come forwards."""
    return show is Show.DONE


def starts_between(
    show: Show, at: datetime, zone: tzinfo
) -> tuple[datetime | None, datetime | None]:
    """The window of starts, (after, before), UTC: a wish that has begun is not claimable."""
    if show in STATES:
        return None, None
    if show is Show.NOW:
        return at, at + SOON
    today = at.astimezone(zone).date()
    if show is Show.TODAY:
        return at, _midnight(today + timedelta(days=1), zone)
    if show is Show.WEEKEND:
        saturday = today + timedelta(
            days=(SATURDAY - today.weekday()) if today.weekday() < 6 else -1
        )
        opens, closes = _midnight(saturday, zone), _midnight(saturday + timedelta(days=2), zone)
        return max(at, opens - MICROSECOND), closes
    return at, None


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


class Mark(NamedTuple):
    """The last card of a page: the next page begins after it."""

    state: WishState
    starts_at: datetime
    id: int


def write_mark(mark: Mark) -> str:
    """A mark as it stands in an address."""
    return f"{mark.state}.{(mark.starts_at - EPOCH) // MICROSECOND}.{mark.id}"


def read_mark(text: str) -> Mark | None:
    """The mark of an address, None for anything else."""
    parts = text.split(".")
    try:
        state, moment, number = parts
        return Mark(WishState(state), EPOCH + int(moment) * MICROSECOND, int(number))
    except (ValueError, OverflowError):
        return None
