"""Whether a wish can be claimed, in one place: asked by the page, judged again by the table."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from foundation.refusal import Refusal
from wishes.refusals import TooFewPlacesLeft, WishHasStarted, WishIsFull, WishNotClaimable
from wishes.rules.life import CLAIMABLE, STATE_LABELS, WishState


class Claimable(Protocol):
    """What the rule looks at; times are UTC, an item counts pieces."""

    @property
    def state(self) -> WishState:
        """Where the wish stands."""

    @property
    def starts_at(self) -> datetime | None:
        """When claims close."""

    @property
    def headcount(self) -> int | None:
        """How many places there are."""

    @property
    def places_taken(self) -> int:
        """How many of them are taken."""


def why_not_claimable(wish: Claimable, places: int, *, at: datetime) -> Refusal | None:
    """The reason why so many places cannot be claimed now, None when they can."""
    if wish.state not in CLAIMABLE:
        if wish.state == WishState.IN_SERVICE:
            return WishHasStarted()
        return WishNotClaimable(state=STATE_LABELS[WishState(wish.state)])
    if wish.starts_at is None or wish.starts_at <= at:
        return WishHasStarted()
    left = (wish.headcount or 0) - wish.places_taken
    if left >= places:
        return None
    return TooFewPlacesLeft(left=left) if left > 0 else WishIsFull()
