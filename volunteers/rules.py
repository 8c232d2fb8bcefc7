"""What a volunteer has to do next about a wish they are on."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Protocol

from wishes.rules.deadlines import may_withdraw
from wishes.rules.kinds import WishKind
from wishes.rules.life import WishState
from wishes.rules.proof import ARRIVE_AFTER, LEAVE_AFTER, OPENS_BEFORE

TO_COME = frozenset({WishState.OPEN, WishState.FILLED, WishState.IN_SERVICE})


class Step(enum.StrEnum):
    """The next thing to do; `WAIT` and `OVER` ask for nothing."""

    CHECK_IN = "check_in"
    CHECK_OUT = "check_out"
    NAME_FRIENDS = "name_friends"
    DELIVER = "deliver"
    WAIT = "wait"
    OVER = "over"


ASKS_FOR_ACTION = frozenset({Step.CHECK_IN, Step.CHECK_OUT, Step.NAME_FRIENDS})


class Engagement(Protocol):
    """A person's part in a wish; times are UTC."""

    @property
    def kind(self) -> WishKind:
        """Service or item."""

    @property
    def state(self) -> WishState:
        """Where the wish stands."""

    @property
    def starts_at(self) -> datetime:
        """When it begins; for an item, when it is needed."""

    @property
    def ends_at(self) -> datetime:
        """When it ends."""

    @property
    def is_own(self) -> bool:
        """By an own claim, not named by somebody else."""

    @property
    def places(self) -> int:
        """Places on the claim."""

    @property
    def named(self) -> int:
        """How many of them carry a name."""

    @property
    def claimed_at(self) -> datetime:
        """When the claim was made."""

    @property
    def rescheduled_at(self) -> datetime | None:
        """When the time was changed last."""

    @property
    def arrived_at(self) -> datetime | None:
        """Check-in."""

    @property
    def left_at(self) -> datetime | None:
        """Check-out."""


def next_step(mine: Engagement, at: datetime) -> Step:
    """The next thing to do at this moment."""
    if mine.kind == WishKind.ITEM:
        return Step.DELIVER if mine.state in TO_COME else Step.OVER
    if mine.arrived_at is not None and mine.left_at is None and at <= mine.ends_at + LEAVE_AFTER:
        return Step.CHECK_OUT
    if mine.state not in TO_COME or mine.left_at is not None:
        return Step.OVER
    if at > mine.ends_at + ARRIVE_AFTER:
        return Step.OVER
    if at >= mine.starts_at - OPENS_BEFORE:
        return Step.CHECK_IN
    return Step.NAME_FRIENDS if mine.is_own and mine.named < mine.places else Step.WAIT


def may_say_no(mine: Engagement, at: datetime) -> bool:
    """Whether “I can't come” is the way back: a seat given by others, or past the deadline."""
    ahead = mine.state in TO_COME and at < mine.ends_at and mine.arrived_at is None
    return ahead and mine.kind == WishKind.SERVICE and not may_step_back(mine, at)


def may_step_back(mine: Engagement, at: datetime) -> bool:
    """Whether an own claim may still be given back."""
    return (
        mine.is_own
        and mine.state in TO_COME
        and may_withdraw(
            at, starts_at=mine.starts_at, claimed_at=mine.claimed_at,
            rescheduled_at=mine.rescheduled_at,
        )
    )  # fmt: skip
