"""What the tests of the day share: a fixed start, people with places, the site's code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from accounts.models import User
from foundation import clock
from foundation.db import db, transaction
from tests.makers import make_volunteer, make_wish
from wishes.models import Attendance, Slip, Wish
from wishes.rules.kinds import Venue
from wishes.rules.proof import rotating_code
from wishes.services.claiming import claim_wish

START = datetime(2026, 11, 28, 9, 0, tzinfo=clock.zone())


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    """Two days before the start; a test travels on."""
    with time_machine.travel(START - timedelta(days=2), tick=False) as traveller:
        yield traveller


def go(now: time_machine.Traveller, minutes: float) -> None:
    """To this many minutes after the start."""
    now.move_to(START + timedelta(minutes=minutes))


def at(minutes: float) -> datetime:
    """This many minutes after the start."""
    return START + timedelta(minutes=minutes)


def seated(venue: Venue = Venue.CENTRE, *, name: str = "", **more: Any) -> tuple[int, User]:
    """A wish at the start, and a volunteer with a place on it."""
    person = make_volunteer(name=name)
    wish_id = make_wish(venue=venue, starts_at=START, **more).id
    claim_wish(wish_id, actor_id=person.id)
    return wish_id, person


def code_of(wish_id: int) -> str:
    """What the site shows at this moment."""
    return rotating_code(db.session.get_one(Wish, wish_id).gate_secret, clock.now())


def kept(wish_id: int) -> Attendance:
    """The only attendance of a wish."""
    return db.session.scalars(select(Attendance).where(Attendance.wish_id == wish_id)).one()


def make_slip(wish_id: int, *, arrive: str = "111222", leave: str = "333444") -> int:
    """A printed slip; the one before it is void."""
    printer = db.session.get_one(Wish, wish_id).created_by_id
    with transaction() as session:
        for old in session.scalars(select(Slip).where(Slip.wish_id == wish_id, Slip.live)):
            old.live = False
        session.flush()
        slip = Slip(
            wish_id=wish_id, arrive_code=arrive, leave_code=leave, printed_at=clock.now(),
            printed_by_id=printer, live=True,
        )  # fmt: skip
        session.add(slip)
    return slip.id
