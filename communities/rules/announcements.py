"""When an announcement is shown, and which days may be chosen."""

from __future__ import annotations

import enum
from datetime import date, timedelta

from communities.refusals.announcements import (
    AlreadyOver,
    BeginsInThePast,
    DaysBackwards,
    ShownTooLong,
)
from foundation.refusal import N_

TITLE_LENGTH = 60
TEXT_LENGTH = 1000
LONGEST = timedelta(days=180)
USUAL = timedelta(days=7)


class Standing(enum.StrEnum):
    """Where an announcement stands."""

    COMING = "coming"
    SHOWN = "shown"
    OVER = "over"
    TAKEN_DOWN = "taken_down"


STANDING_LABELS = {
    Standing.COMING: N_("还没到日子"),
    Standing.SHOWN: N_("正在公告"),
    Standing.OVER: N_("到期了"),
    Standing.TAKEN_DOWN: N_("撤下了"),
}


def standing_of(first: date, last: date, *, today: date, taken_down: bool = False) -> Standing:
    """Both days are included; what was taken down stays down."""
    if taken_down:
        return Standing.TAKEN_DOWN
    if today < first:
        return Standing.COMING
    return Standing.SHOWN if today <= last else Standing.OVER


def ensure_days(first: date, last: date, *, today: date, before: date | None = None) -> None:
    """The days may stand; `before` is the first day it had, which may stay.

    Raises DaysBackwards, AlreadyOver, BeginsInThePast, ShownTooLong.
    """
    if last < first:
        raise DaysBackwards
    if last < today:
        raise AlreadyOver
    if first < today and first != before:
        raise BeginsInThePast
    if last - max(first, today) > LONGEST:
        raise ShownTooLong(days=LONGEST.days)
