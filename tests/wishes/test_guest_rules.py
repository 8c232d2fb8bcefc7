"""Whether somebody can still sign up, as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from foundation.refusal import Refusal
from wishes.refusals.guests import (
    GuestsClosed,
    GuestSeatsFull,
    GuestsStopped,
    NoGuestSeats,
    TooFewSeats,
)
from wishes.rules.guests import is_countable, may_have_guests, why_no_seat
from wishes.rules.kinds import Venue, WishKind
from wishes.rules.life import WishState

START = datetime(2026, 11, 28, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@dataclass
class Event:
    state: WishState = WishState.OPEN
    starts_at: datetime | None = START
    kind: WishKind = WishKind.SERVICE
    venue: Venue = Venue.CENTRE


@dataclass
class Seats:
    capacity: int | None = 10
    taken: int = 8
    is_open: bool = True


@pytest.mark.parametrize(
    ("event", "seats", "people", "why"),
    [
        (Event(), Seats(), 2, None),
        (Event(WishState.FILLED), Seats(), 1, None),
        (Event(), None, 1, NoGuestSeats),
        (Event(), Seats(capacity=None, taken=0), 1, NoGuestSeats),
        (Event(WishState.DRAFT), Seats(), 1, NoGuestSeats),
        (Event(WishState.CANCELLED), Seats(), 1, GuestsClosed),
        (Event(WishState.IN_SERVICE), Seats(), 1, GuestsClosed),
        (Event(starts_at=START - 2 * MINUTE), Seats(), 1, GuestsClosed),
        (Event(starts_at=START - MINUTE), Seats(), 1, GuestsClosed),
        (Event(), Seats(is_open=False), 1, GuestsStopped),
        (Event(), Seats(), 3, TooFewSeats),
        (Event(), Seats(taken=10), 1, GuestSeatsFull),
    ],
)
def test_why_no_seat(
    event: Event, seats: Seats | None, people: int, why: type[Refusal] | None
) -> None:
    refusal = why_no_seat(event, seats, people, at=START - MINUTE)
    assert (type(refusal) if refusal else None) is why


@pytest.mark.parametrize(
    ("event", "may"),
    [
        (Event(), True),
        (Event(venue=Venue.OUTDOORS), True),
        (Event(venue=Venue.HOME), False),
        (Event(kind=WishKind.ITEM), False),
    ],
)
def test_what_people_come_to(event: Event, may: bool) -> None:
    assert may_have_guests(event) is may


@pytest.mark.parametrize(
    ("state", "minutes", "may"),
    [
        (WishState.OPEN, 0, True),
        (WishState.REPORTED, 90, True),
        (WishState.IN_SERVICE, -1, False),
        (WishState.VERIFIED, 90, False),
        (WishState.CANCELLED, 90, False),
    ],
)
def test_when_people_are_counted(state: WishState, minutes: int, may: bool) -> None:
    assert is_countable(Event(state), at=START + minutes * MINUTE) is may
