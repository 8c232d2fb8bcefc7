"""Working days of the country's calendar, make-up days included."""

from __future__ import annotations

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
