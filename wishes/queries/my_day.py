"""What a volunteer may check in to now, and what comes later today."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, or_, select

from foundation.db import db
from wishes.models import Attendance, Place, Wish
from wishes.refusals.attendance import NotOnThisWish
from wishes.rules.kinds import Venue, WishKind
from wishes.rules.life import WishState
from wishes.rules.proof import ARRIVE_AFTER, LEAVE_AFTER, OPENS_BEFORE

ON = (WishState.OPEN, WishState.FILLED, WishState.IN_SERVICE, WishState.REPORTED)


class MyWish(NamedTuple):
    """A wish the person has a named place on; times are UTC."""

    wish_id: int
    title: str
    venue: Venue
    public_place: str
    starts_at: datetime
    ends_at: datetime
    gate_secret: bytes
    claim_id: int
    arrived_at: datetime | None
    left_at: datetime | None

    @property
    def opens_at(self) -> datetime:
        """From when on a code is taken."""
        return self.starts_at - OPENS_BEFORE

    def takes_check_in(self, at: datetime) -> bool:
        """Whether a code or a tap may be given at this moment (online the host marks)."""
        return self.venue != Venue.ONLINE and self.left_at is None and self.opens_at <= at

    @property
    def is_here(self) -> bool:
        """Checked in and not out."""
        return self.arrived_at is not None and self.left_at is None


def list_my_day(user_id: int, at: datetime, *, until: datetime | None = None) -> list[MyWish]:
    """The person's wishes that take a check-in or a check-out at this moment, soonest first.

    `until` also lists those that begin later, up to that moment.
    """
    here = and_(Attendance.arrived_at.is_not(None), Attendance.left_at.is_(None))
    closes = or_(Wish.ends_at >= at - ARRIVE_AFTER, and_(here, Wish.ends_at >= at - LEAVE_AFTER))
    begun = Wish.starts_at <= max(at + OPENS_BEFORE, until or at)
    query = _mine(user_id).where(Wish.state.in_(ON), begun, closes)
    rows = db.session.execute(query.order_by(Wish.starts_at, Wish.id))
    return [MyWish._make(row) for row in rows]


def get_my_wish(user_id: int, wish_id: int) -> MyWish:
    """One wish the person has a named place on. Raises NotOnThisWish."""
    row = db.session.execute(_mine(user_id).where(Wish.id == wish_id)).one_or_none()
    if row is None:
        raise NotOnThisWish
    return MyWish._make(row)


def _mine(user_id: int) -> Any:
    return (
        select(
            Wish.id, Wish.title, Wish.venue, Wish.public_place, Wish.starts_at, Wish.ends_at,
            Wish.gate_secret, Place.claim_id, Attendance.arrived_at, Attendance.left_at,
        )
        .join(Place, and_(Place.wish_id == Wish.id, Place.live))
        .outerjoin(
            Attendance,
            and_(Attendance.wish_id == Wish.id, Attendance.user_id == Place.user_id),
        )
        .where(Place.user_id == user_id, Wish.kind == WishKind.SERVICE)
    )  # fmt: skip
