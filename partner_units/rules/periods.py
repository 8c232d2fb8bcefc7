"""Periods of a service record: months, quarters, years of the local calendar, or days chosen."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, timedelta


class Period(enum.StrEnum):
    """The periods a record offers."""

    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_QUARTER = "this_quarter"
    LAST_QUARTER = "last_quarter"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"
    ALL = "all"
    CHOSEN = "chosen"


@dataclass(frozen=True)
class Days:
    """Local days from `first` to `last`, both included; None is open."""

    first: date | None
    last: date | None


def _months(year: int, month: int, count: int) -> Days:
    """`count` months from the one given; months before January or after December roll over."""
    first_index = year * 12 + month - 1
    next_index = first_index + count
    first = date(first_index // 12, first_index % 12 + 1, 1)
    return Days(first, date(next_index // 12, next_index % 12 + 1, 1) - timedelta(days=1))


def days_of(
    period: Period, today: date, *, first: date | None = None, last: date | None = None
) -> Days:
    """The days of a period, seen from `today`; chosen days are taken as they are."""
    quarter = (today.month - 1) // 3 * 3 + 1
    match period:
        case Period.THIS_MONTH:
            return _months(today.year, today.month, 1)
        case Period.LAST_MONTH:
            return _months(today.year, today.month - 1, 1)
        case Period.THIS_QUARTER:
            return _months(today.year, quarter, 3)
        case Period.LAST_QUARTER:
            return _months(today.year, quarter - 3, 3)
        case Period.THIS_YEAR:
            return _months(today.year, 1, 12)
        case Period.LAST_YEAR:
            return _months(today.year - 1, 1, 12)
        case Period.ALL:
            return Days(None, None)
        case Period.CHOSEN:
            return Days(first, last)
