"""What may change after publishing: the time and the place, with everybody told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from wishes.refusals.changes import NothingChanged
from wishes.refusals.publishing import InThePast
from wishes.rules.publishing import WishWords, ensure_public_words, ensure_times

MESSAGE_LENGTH = 500


@dataclass(frozen=True)
class Plan:
    """When (UTC) and where; for an item both times are the day it is needed by."""

    starts_at: datetime
    ends_at: datetime
    public_place: str


def plan_of(words: WishWords) -> Plan | None:
    """The plan of a published wish."""
    if words.starts_at is None or words.ends_at is None:
        return None
    return Plan(words.starts_at, words.ends_at, words.public_place)


def ensure_plan(plan: Plan, before: WishWords, *, at: datetime) -> None:
    """Raises NothingChanged, EndBeforeStart, ServiceTooLong, InThePast, or a wording refusal."""
    if plan == plan_of(before):
        raise NothingChanged
    ensure_possible(plan, before, at=at)


def ensure_possible(plan: Plan, before: WishWords, *, at: datetime) -> None:
    """Raises EndBeforeStart, ServiceTooLong, InThePast, or a wording refusal."""
    words = replace(
        before, starts_at=plan.starts_at, ends_at=plan.ends_at, public_place=plan.public_place
    )
    ensure_times(words)
    if plan.starts_at <= at:
        raise InThePast
    ensure_public_words(words)
