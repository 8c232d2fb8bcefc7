"""Clocks of asks, wishes and referrals: how many working days have run, and how many too many.

Days are counted as offices count them: the day something came in is day nought, each working day
after it one more. A paused day does not count.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from foundation.refusal import N_
from wishes.rules.life import Light
from wishes.rules.workdays import is_working_day


class Span(NamedTuple):
    """From the day a pause began until the day it ended, None while it lasts."""

    begins: date
    ends: date | None = None


class PauseReason(enum.StrEnum):
    """Why a clock stands still."""

    RESIDENT = "resident"
    MATERIAL = "material"
    WEATHER = "weather"
    OTHERS = "others"


PAUSE_LABELS = {
    PauseReason.RESIDENT: N_("等居民"),
    PauseReason.MATERIAL: N_("等材料"),
    PauseReason.WEATHER: N_("等天气"),
    PauseReason.OTHERS: N_("等别的单位"),
}


class Kind(enum.StrEnum):
    """What a clock runs on."""

    ASK = "ask"
    WISH = "wish"
    REFERRAL = "referral"


KIND_OF_LATE_LABELS = {
    Kind.ASK: N_("诉求"),
    Kind.WISH: N_("心愿"),
    Kind.REFERRAL: N_("转办"),
}


LATE_LIGHT_LABELS = {
    Light.RED: N_("待接收"),
    Light.YELLOW: N_("进行中"),
    Light.BLUE: N_("待核实"),
}


def _rests(day: date, pauses: Iterable[Span]) -> bool:
    return any(each.begins < day and (each.ends is None or day <= each.ends) for each in pauses)


def days_run(began: date, today: date, pauses: Iterable[Span] = ()) -> int:
    """How many working days have passed after `began`, today included, pauses left out."""
    kept = list(pauses)
    days = (began + timedelta(days=n) for n in range(1, (today - began).days + 1))
    return sum(is_working_day(day) and not _rests(day, kept) for day in days)


def days_over(began: date, today: date, *, allowed: int, pauses: Iterable[Span] = ()) -> int:
    """How many working days over what is allowed; 0 in time."""
    return max(0, days_run(began, today, pauses) - allowed)
