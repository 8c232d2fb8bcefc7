"""A volunteer's own claims: one of them with its friends, and all of them by what is to be done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from accounts.models import Area, Organisation, User
from foundation.db import db
from love_bank.models import Entry
from wishes.models import Attendance, Claim, Place, Wish
from wishes.refusals import ClaimNotFound
from wishes.rules.kinds import Venue, WishKind
from wishes.rules.life import WishState


class Friend(NamedTuple):
    """A named place on one's claim."""

    place_id: int
    name: str
    number: str
    is_me: bool


class OwnClaim(NamedTuple):
    """One live claim of one's own, with the names on it; times are UTC."""

    id: int
    wish_id: int
    title: str
    starts_at: datetime
    ends_at: datetime
    places: int
    friends: list[Friend]

    @property
    def free(self) -> int:
        """Places without a name."""
        return self.places - len(self.friends)


def get_claimed_wish_id(claim_id: int, user_id: int) -> int:
    """The wish of one's own claim, ended or not. Raises ClaimNotFound for somebody else's."""
    query = select(Claim.wish_id).where(
        Claim.id == claim_id, Claim.claimed_by_id == user_id, Claim.organisation_id.is_(None)
    )
    wish_id = db.session.execute(query).scalar_one_or_none()
    if wish_id is None:
        raise ClaimNotFound
    return wish_id


def get_own_claim(claim_id: int, user_id: int) -> OwnClaim:
    """One's own live claim with its names. Raises ClaimNotFound."""
    claim = db.session.execute(
        select(Claim.id, Claim.wish_id, Wish.title, Wish.starts_at, Wish.ends_at, Claim.places)
        .join(Wish, Wish.id == Claim.wish_id)
        .where(
            Claim.id == claim_id, Claim.claimed_by_id == user_id,
            Claim.organisation_id.is_(None), Claim.live,
        )
    ).one_or_none()  # fmt: skip
    if claim is None:
        raise ClaimNotFound
    names = db.session.execute(
        select(Place.id, User.name, User.volunteer_number, User.id == user_id)
        .join(User, User.id == Place.user_id)
        .where(Place.claim_id == claim_id, Place.live)
        .order_by(Place.id)
    )
    friends = [Friend._make(row) for row in names]
    return OwnClaim._make((*claim, friends))


class MyClaim(NamedTuple):
    """A wish the person is on, by own claim or named by others; times are UTC."""

    wish_id: int
    title: str
    kind: WishKind
    venue: Venue
    state: WishState
    public_place: str
    community_name: str
    starts_at: datetime
    ends_at: datetime
    claim_id: int
    is_own: bool
    places: int
    named: int
    unit_name: str | None
    place_id: int | None
    attendance_id: int | None
    arrived_at: datetime | None
    left_at: datetime | None
    absence: str | None
    claimed_at: datetime
    rescheduled_at: datetime | None


def list_my_claims(user_id: int, *, limit: int = 200) -> list[MyClaim]:
    """Every wish the person has a live claim or a live place on, latest start first."""
    named = aliased(Place)
    count = select(func.count()).where(named.claim_id == Claim.id, named.live).scalar_subquery()
    own = and_(Claim.claimed_by_id == user_id, Claim.organisation_id.is_(None))
    query = (
        select(
            Wish.id, Wish.title, Wish.kind, Wish.venue, Wish.state, Wish.public_place, Area.name,
            Wish.starts_at, Wish.ends_at, Claim.id, own, Claim.places, count,
            Organisation.short_name, Place.id,
            Attendance.id, Attendance.arrived_at, Attendance.left_at, Attendance.absence,
            Claim.claimed_at, Wish.rescheduled_at,
        )
        .select_from(Claim)
        .join(Wish, Wish.id == Claim.wish_id)
        .join(Area, Area.id == Wish.community_id)
        .outerjoin(Place, and_(Place.claim_id == Claim.id, Place.user_id == user_id, Place.live))
        .outerjoin(Organisation, Organisation.id == Claim.organisation_id)
        .outerjoin(
            Attendance, and_(Attendance.wish_id == Wish.id, Attendance.user_id == user_id)
        )
        .where(
            Claim.live,
            or_(
                own,
                Claim.id.in_(select(Place.claim_id).where(Place.user_id == user_id, Place.live)),
            ),
        )
        .order_by(Wish.starts_at.desc(), Wish.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [MyClaim._make(row) for row in db.session.execute(query)]


def sum_minutes(attendance_ids: Iterable[int]) -> dict[int, int]:
    """Minutes in the book for each attendance; what was struck counts nothing."""
    struck = select(Entry.reversal_of).where(Entry.reversal_of.is_not(None))
    query = select(Entry.attendance_id, func.sum(Entry.minutes)).where(
        Entry.attendance_id.in_(list(attendance_ids)), Entry.id.not_in(struck)
    )
    rows = db.session.execute(query.group_by(Entry.attendance_id))
    return {number: int(minutes) for number, minutes in rows if number is not None}
