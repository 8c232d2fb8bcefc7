"""Who comes to listen or to be seen to: seats of their own beside the volunteers' places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from foundation.refusal import Refusal
from wishes.refusals.guests import (
    GuestsClosed,
    GuestSeatsFull,
    GuestsStopped,
    NoGuestSeats,
    TooFewSeats,
)
from wishes.rules.kinds import Venue, WishKind
from wishes.rules.life import CLAIMABLE, WishState

MOST_SEATS = 2000
MOST_PEOPLE = 5  # one sign-up is one family
MOST_OTHERS = 5000  # who came without signing up
NAME_LENGTH = 20
NOTE_LENGTH = 120
SIGN_UPS_PER_VISITOR = 5  # in an hour, by one browser without an account
SIGN_UPS_PER_ADDRESS = 40  # by one network address: a whole street may share one
COUNTABLE = frozenset({*CLAIMABLE, WishState.IN_SERVICE, WishState.REPORTED})


@dataclass(frozen=True)
class GuestWords:
    """Who comes: a name, a number to call, how many together."""

    name: str
    phone: str
    people: int = 1


class Event(Protocol):
    """What the rules look at of a wish; times are UTC."""

    @property
    def kind(self) -> WishKind:
        """A service or an item."""

    @property
    def venue(self) -> Venue:
        """Where it is."""

    @property
    def state(self) -> WishState:
        """Where it stands."""

    @property
    def starts_at(self) -> datetime | None:
        """When the sign-up closes."""


class Seats(Protocol):
    """What the rules look at of the seats; no capacity: nobody signs up, people are counted."""

    @property
    def capacity(self) -> int | None:
        """How many seats there are."""

    @property
    def taken(self) -> int:
        """How many are taken."""

    @property
    def is_open(self) -> bool:
        """Whether the community still takes names."""


def may_have_guests(wish: Event) -> bool:
    """Whether a wish is of the kind that people come to: a service, and at nobody's home."""
    return wish.kind == WishKind.SERVICE and wish.venue != Venue.HOME


def why_no_seat(wish: Event, seats: Seats | None, people: int, *, at: datetime) -> Refusal | None:
    """Why so many cannot sign up now, None when they can."""
    if seats is None or seats.capacity is None or wish.state == WishState.DRAFT:
        return NoGuestSeats()
    if wish.state not in CLAIMABLE or wish.starts_at is None or wish.starts_at <= at:
        return GuestsClosed()
    if not seats.is_open:
        return GuestsStopped()
    left = seats.capacity - seats.taken
    if left >= people:
        return None
    return TooFewSeats(left=left) if left > 0 else GuestSeatsFull()


def is_countable(wish: Event, *, at: datetime) -> bool:
    """Whether it can be written down who came: from the start until the wish is verified."""
    return wish.state in COUNTABLE and wish.starts_at is not None and wish.starts_at <= at


def names_close(ends_at: datetime, days: int) -> datetime:
    """From when names and numbers are no longer shown, and are forgotten."""
    return ends_at + timedelta(days=days)
