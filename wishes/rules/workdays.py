"""Working days of the country's calendar, make-up days included."""

from __future__ import annotations

import enum
from datetime import date, timedelta

import chinese_calendar

SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Whether people work on this day; Monday to Friday where no calendar is out yet."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < SATURDAY


def working_days_since(day: date, today: date) -> int:
    """How many working days have passed after `day`, today included."""
    days = (day + timedelta(days=n) for n in range(1, (today - day).days + 1))
    return sum(is_working_day(each) for each in days)


class DayKind(enum.StrEnum):
    """What the country's calendar says about a day beyond its weekday."""

    PLAIN = "plain"
    HOLIDAY = "holiday"  # a public holiday, whatever its weekday
    MAKE_UP = "make_up"  # 调休: a weekend day on which people work


def kind_of(day: date) -> DayKind:
    """Holiday, make-up workday or neither; plain where no calendar is out yet."""
    try:
        is_off, name = chinese_calendar.get_holiday_detail(day)
    except NotImplementedError:
        return DayKind.PLAIN
    if not name:
        return DayKind.PLAIN
    if is_off:
        return DayKind.HOLIDAY
    return DayKind.MAKE_UP if day.weekday() >= SATURDAY else DayKind.PLAIN


def is_calendar_out(year: int) -> bool:
    """Whether the holidays of this year have been announced (and are known to us)."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
