"""The terms of a wish: what happens below the least number, and to whom it opens first."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.refusal import N_
from wishes.refusals.terms import LeastTooLarge
from wishes.rules.deadlines import withdraw_until

LAST_LOOK = timedelta(hours=2)  # before the start: no later than this, a wish is called off
MOST_FIRST_HOURS = 168


class BelowLeast(enum.StrEnum):
    """What a wish does when too few have come forward."""

    ASK = "ask"
    GO = "go"
    CANCEL = "cancel"


class Outcome(enum.StrEnum):
    """What the clock found, and did."""

    ENOUGH = "enough"
    ASK = "ask"
    GO = "go"
    CANCEL = "cancel"


class FirstCircle(enum.StrEnum):
    """To whom a wish opens before it opens to everybody."""

    HOME = "home"
    PARTY = "party"
    UNITS = "units"


BELOW_LABELS = {
    BelowLeast.ASK: N_("先问我"),
    BelowLeast.GO: N_("人少也照常办"),
    BelowLeast.CANCEL: N_("自动取消，通知大家"),
}
CIRCLE_LABELS = {
    FirstCircle.HOME: N_("本社区的志愿者"),
    FirstCircle.PARTY: N_("本社区的党员"),
    FirstCircle.UNITS: N_("共建单位"),
}


@dataclass(frozen=True)
class Terms:
    """The terms in plain values; the ordinary wish has none of them."""

    least: int | None = None
    below: BelowLeast = BelowLeast.ASK
    reconfirm: bool | None = None
    first_to: FirstCircle | None = None
    first_hours: int | None = None

    @property
    def is_ordinary(self) -> bool:
        """Whether nothing is asked beyond the ordinary."""
        return self == Terms(below=self.below)


def ensure_terms(terms: Terms, headcount: int | None) -> None:
    """Raises LeastTooLarge."""
    if terms.least is not None and headcount is not None and terms.least > headcount:
        raise LeastTooLarge(most=headcount)


def opens_to_all(published_at: datetime, starts_at: datetime, hours: int) -> datetime | None:
    """When a wish opens to everybody; None at once, when half of its time is not that long."""
    opens = min(
        published_at + timedelta(hours=hours), published_at + (starts_at - published_at) / 2
    )
    return opens if opens > published_at else None


def judged_at(starts_at: datetime, published_at: datetime) -> datetime:
    """When the least number is looked at: with the deadline of withdrawal, two hours before the
    start for what was published after it."""
    until = withdraw_until(starts_at)
    return until if published_at < until else starts_at - LAST_LOOK


def outcome_of(people: int, least: int, below: BelowLeast) -> Outcome:
    """What follows from so many people."""
    return Outcome.ENOUGH if people >= least else Outcome(below)
