"""明天还来吗: which wishes ask again the day before, when, and until when."""

from __future__ import annotations

import enum
from datetime import datetime, time, timedelta, tzinfo

from wishes.rules.deadlines import CHINA, withdraw_until
from wishes.rules.kinds import Venue

ASK_HOUR = 8
LEAST_NOTICE = timedelta(hours=2)  # nobody loses a place with less time to answer


class Answer(enum.StrEnum):
    """What came of the question."""

    COMING = "coming"
    NOT_COMING = "not_coming"
    NONE = "none"


def asks_again(
    choice: bool | None, *, venue: Venue, headcount: int, people: int, homes: bool
) -> bool:
    """Whether a wish asks the day before: its own choice, else many people or a home visit.

    `people` is the number from which on it is asked by itself, 0 for never.
    """
    if choice is not None:
        return choice
    return (homes and venue == Venue.HOME) or (people > 0 and headcount >= people)


def ask_from(starts_at: datetime, *, zone: tzinfo = CHINA) -> datetime:
    """From when on people are asked: eight in the morning of the day before."""
    day_before = starts_at.astimezone(zone).date() - timedelta(days=1)
    return datetime.combine(day_before, time(ASK_HOUR), tzinfo=zone).astimezone(starts_at.tzinfo)


def answer_until(starts_at: datetime) -> datetime:
    """Until when they answer: with the deadline of withdrawal, 18:00 of the day before."""
    return withdraw_until(starts_at)


def may_ask(starts_at: datetime, at: datetime) -> bool:
    """Whether the question may still be asked, with time enough to answer it."""
    return ask_from(starts_at) <= at <= answer_until(starts_at) - LEAST_NOTICE
