"""附议 and the public reply in plain values: limits, and how long a neighbour waited."""

from __future__ import annotations

import enum
from datetime import datetime, tzinfo
from typing import NamedTuple

from wishes.rules.workdays import working_days_since

SUPPORTS_PER_VISITOR = 10  # in an hour, by one browser without an account
SUPPORTS_PER_ADDRESS = 60  # by one network address: a whole street may share one
GUESSES_PER_VISITOR = 10  # wrong codes in an hour
GUESSES_PER_ADDRESS = 30


class Unit(enum.StrEnum):
    """In what the time to a reply is told."""

    MINUTES = "minutes"
    HOURS = "hours"
    WORKING_DAYS = "working_days"


class ReplyTime(NamedTuple):
    """How long the first reply took, rounded up."""

    number: int
    unit: Unit


def reply_time(asked_at: datetime, replied_at: datetime, *, zone: tzinfo) -> ReplyTime:
    """The time from asking to the first reply: minutes, hours of a day, then working days.

    Days off do not count; a reply on a day off counts as one working day.
    """
    minutes = max(1, -int((asked_at - replied_at).total_seconds() // 60))
    if minutes < 60:
        return ReplyTime(minutes, Unit.MINUTES)
    if minutes <= 24 * 60:
        return ReplyTime(-(-minutes // 60), Unit.HOURS)
    first, last = asked_at.astimezone(zone).date(), replied_at.astimezone(zone).date()
    return ReplyTime(max(1, working_days_since(first, last)), Unit.WORKING_DAYS)
