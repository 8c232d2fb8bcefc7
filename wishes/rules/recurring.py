"""A series by rule: which days, and what becomes of them on holidays. Dates only, no clock."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from foundation.refusal import N_
from wishes.refusals.series import (
    FirstDayPast,
    LastBeforeFirst,
    NeverEnds,
    NoDays,
    NoWeekday,
    TooManyDays,
)
from wishes.rules.workdays import DayKind, is_calendar_out, is_working_day, kind_of

ALL_DAYS = tuple(range(7))
LAST = -1  # the last such weekday of a month
FARTHEST = 5 * 366  # days a rule is followed: then it has given what it gives
LOOK_AHEAD = 14  # days within which a holiday's service is made up for


class Freq(enum.StrEnum):
    """How a series comes round."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class Holidays(enum.StrEnum):
    """What becomes of a day that is a public holiday."""

    SKIP = "skip"
    KEEP = "keep"
    MOVE = "move"


class MakeUp(enum.StrEnum):
    """What becomes of a weekend day on which people work (调休上班)."""

    SAME = "same"
    ADD = "add"
    SKIP = "skip"


FREQ_LABELS = {Freq.DAILY: N_("每天"), Freq.WEEKLY: N_("每周"), Freq.MONTHLY: N_("每月")}
HOLIDAY_LABELS = {
    Holidays.SKIP: N_("放假那次不办"),
    Holidays.KEEP: N_("放假照常"),
    Holidays.MOVE: N_("顺延到下一个工作日"),
}
MAKE_UP_LABELS = {
    MakeUp.SAME: N_("和平常周末一样"),
    MakeUp.ADD: N_("补班那天也办"),
    MakeUp.SKIP: N_("补班那天不办"),
}
NTH_LABELS = {
    1: N_("第一个"),
    2: N_("第二个"),
    3: N_("第三个"),
    4: N_("第四个"),
    LAST: N_("最后一个"),
}


@dataclass(frozen=True)
class Rule:
    """From `first` to `last`, or so many `times`; weekdays 0 is Monday; `nth` is for months."""

    freq: Freq
    first: date
    weekdays: tuple[int, ...] = ()
    every: int = 1
    nth: int = 1
    last: date | None = None
    times: int | None = None
    holidays: Holidays = Holidays.SKIP
    make_up: MakeUp = MakeUp.SAME


class PlannedDay(NamedTuple):
    """One occurrence; `moved_from` is the holiday it was put off from."""

    day: date
    moved_from: date | None = None


class Preview(NamedTuple):
    """Everything a worker checks before making it."""

    days: tuple[PlannedDay, ...]
    left_out: tuple[date, ...]
    years_unknown: tuple[int, ...]


def ensure_rule(rule: Rule, *, today: date, most: int) -> None:
    """Raises FirstDayPast, NeverEnds, LastBeforeFirst, NoWeekday, TooManyDays."""
    if rule.first < today:
        raise FirstDayPast
    if rule.last is None and rule.times is None:
        raise NeverEnds
    if rule.last is not None and rule.last < rule.first:
        raise LastBeforeFirst
    if rule.freq is not Freq.DAILY and not rule.weekdays:
        raise NoWeekday
    if rule.times is not None and rule.times > most:
        raise TooManyDays(most=most)


def preview(rule: Rule, *, most: int) -> Preview:
    """The days of a rule in order, at most `most`. Raises TooManyDays, NoDays."""
    found: list[PlannedDay] = []
    left_out: list[date] = []
    taken: set[date] = set()
    for day in _walk(rule):
        if rule.times is not None and len(found) >= rule.times:
            break
        planned = _place(rule, day, taken)
        if planned is None:
            left_out.append(day)
            continue
        found.append(planned)
        taken.add(planned.day)
        if len(found) > most:
            raise TooManyDays(most=most)
    if not found:
        raise NoDays
    days = tuple(sorted(found))
    years = {day.day.year for day in days}
    unknown = tuple(sorted(year for year in years if not is_calendar_out(year)))
    return Preview(days, tuple(left_out), unknown)


def _walk(rule: Rule) -> Iterator[date]:
    """The days the rule names, holidays among them."""
    for away in range(FARTHEST):
        day = rule.first + timedelta(days=away)
        if rule.last is not None and day > rule.last:
            return
        if _is_named(rule, day) or _is_added(rule, day):
            yield day


def _is_added(rule: Rule, day: date) -> bool:
    """A make-up workday in a week that the rule covers."""
    if rule.make_up is not MakeUp.ADD or rule.freq is Freq.MONTHLY:
        return False
    return kind_of(day) is DayKind.MAKE_UP and _in_turn(rule, day)


def _in_turn(rule: Rule, day: date) -> bool:
    monday = rule.first - timedelta(days=rule.first.weekday())
    return (day - monday).days // 7 % rule.every == 0


def _is_named(rule: Rule, day: date) -> bool:
    if rule.freq is Freq.DAILY:
        return (day - rule.first).days % rule.every == 0
    if day.weekday() not in rule.weekdays:
        return False
    if rule.freq is Freq.WEEKLY:
        return _in_turn(rule, day)
    months = (day.year - rule.first.year) * 12 + day.month - rule.first.month
    return months % rule.every == 0 and _is_nth(day, rule.nth)


def _is_nth(day: date, nth: int) -> bool:
    if nth == LAST:
        return (day + timedelta(days=7)).month != day.month
    return (day.day - 1) // 7 + 1 == nth


def _place(rule: Rule, day: date, taken: set[date]) -> PlannedDay | None:
    """Where the service of this day goes; None when it is left out."""
    kind = kind_of(day)
    if day in taken:
        return None
    if kind is DayKind.MAKE_UP and rule.make_up is MakeUp.SKIP:
        return None
    if kind is not DayKind.HOLIDAY or rule.holidays is Holidays.KEEP:
        return PlannedDay(day)
    return None if rule.holidays is Holidays.SKIP else _put_off(rule, day, taken)


def _put_off(rule: Rule, day: date, taken: set[date]) -> PlannedDay | None:
    """The next working day that is free, not named by the rule itself, and not after its end."""
    for away in range(1, LOOK_AHEAD + 1):
        later = day + timedelta(days=away)
        if rule.last is not None and later > rule.last:
            return None
        is_free = later not in taken and not _is_named(rule, later) and not _is_added(rule, later)
        if is_free and is_working_day(later):
            return PlannedDay(later, day)
    return None
