"""Makers of services that took place: attendance, a report, pictures."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from accounts.models import Area, Organisation, User
from foundation import clock
from foundation.db import db, transaction
from foundation.outbox import Message
from love_bank.queries import get_sums
from tests.makers import make_community, make_volunteer, make_wish, make_worker
from wishes.models import Attendance, AttendanceEvent, Claim, Place, Wish
from wishes.rules.life import WishState
from wishes.rules.proof import Absence, Proof
from wishes.services.photos import KeptPhoto
from wishes.services.reporting import hand_in_report


def yesterday(hour: int = 9) -> datetime:
    """A whole hour of yesterday here."""
    local = clock.local(clock.now()) - timedelta(days=1)
    at = local.time().replace(hour=hour, minute=0, second=0, microsecond=0)
    return clock.from_local(local.date(), at)


def make_served_wish(
    *, community: Area | None = None, minutes: int = 60, headcount: int = 2, **more: Any
) -> Wish:
    """A service of yesterday that people came to."""
    words = {"state": WishState.IN_SERVICE, "starts_at": yesterday(), **more}
    return make_wish(community=community, minutes=minutes, headcount=headcount, **words)


def make_attendance(
    wish: Wish, person: User | None = None, *, minutes: int | None = 60,
    proofs: tuple[Proof, Proof] = (Proof.CODE, Proof.CODE), absence: Absence | None = None,
    unit: Organisation | None = None, noted_by: User | None = None, early: int = 0,
) -> User:  # fmt: skip
    """Somebody came on time and stayed; None minutes: no check-out; an absence: never came."""
    person = person or make_volunteer()
    who, by = person.id, (noted_by or person).id
    wish_id, unit_id = wish.id, unit.id if unit else None
    assert wish.starts_at is not None
    arrived = None if absence else wish.starts_at - timedelta(minutes=early)
    left = arrived + timedelta(minutes=minutes) if arrived and minutes is not None else None
    with transaction() as session:
        claim = Claim(
            wish_id=wish_id, claimed_by_id=who, organisation_id=unit_id, places=1, live=True,
            claimed_at=clock.now(),
        )  # fmt: skip
        session.add(claim)
        session.flush()
        place = Place(
            wish_id=wish_id, claim_id=claim.id, user_id=who, named_by_id=who,
            named_at=clock.now(), live=True,
        )  # fmt: skip
        session.add(place)
        session.flush()
        kept = Attendance(
            wish_id=wish_id, user_id=who, place_id=place.id, organisation_id=unit_id,
            arrived_at=arrived, arrived_proof=proofs[0] if arrived else None,
            left_at=left, left_proof=proofs[1] if left else None, absence=absence,
        )  # fmt: skip
        session.add(kept)
        session.flush()
        session.add(
            AttendanceEvent(
                attendance_id=kept.id, at=clock.now(), actor_id=by, what="arrive", proof=proofs[0]
            )
        )
        session.get_one(Wish, wish_id).places_taken += 1
    return person


def make_reported_wish(*, community: Area | None = None, people: int = 1, **more: Any) -> Wish:
    """A service of yesterday, reported by a worker, waiting for another one to verify it."""
    community = community or make_community()
    reporter = make_worker(community=community)
    wish = make_served_wish(community=community, headcount=people, created_by=reporter, **more)
    for _ in range(people):
        make_attendance(wish)
    hand_in_report(wish.id, actor_id=reporter.id, text="换好了灯泡")
    return db.session.get_one(Wish, wish.id)


def kept_photo(**more: Any) -> KeptPhoto:
    """A picture as it lies in the store, without files."""
    words: dict[str, Any] = {
        "storage_key": secrets.token_hex(16),
        "sha256": secrets.token_hex(32),
        "fingerprint": secrets.token_hex(16),
        "taken_at": None,
        "width": 1600,
        "height": 1200,
        "resembling": (),
    }
    return KeptPhoto(**{**words, **more})


def served_minutes(person: User) -> int:
    """What the person's passbook says."""
    return get_sums(person.book_id, at=clock.now()).served


def state_of(wish: Wish) -> WishState:
    """The wish's state as it is stored now."""
    return WishState(db.session.execute(select(Wish.state).where(Wish.id == wish.id)).scalar_one())


def kinds_told(person: User) -> set[str]:
    """Which kinds of messages wait for the person."""
    return set(db.session.scalars(select(Message.kind).where(Message.user_id == person.id)))
