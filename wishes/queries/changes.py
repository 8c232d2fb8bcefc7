"""Who is concerned when a published wish changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.orm import joinedload

from accounts.models import Membership, Organisation, User
from accounts.rules import Role
from foundation.db import db
from wishes.models import Attendance, Claim, Commitment, Place, WishMessage


class Busy(NamedTuple):
    """Somebody with a place who is elsewhere at the new time."""

    place_id: int
    claim_id: int
    user_id: int
    name: str


def list_busy(wish_id: int, starts_at: datetime, ends_at: datetime) -> list[Busy]:
    """The people of a wish who are committed to another one in this time (UTC)."""
    other = (
        exists()
        .where(
            Commitment.user_id == Place.user_id, Commitment.live, Commitment.place_id != Place.id,
            Commitment.starts_at < ends_at, Commitment.ends_at > starts_at,
        )
        .correlate(Place)
    )  # fmt: skip
    query = (
        select(Place.id, Place.claim_id, Place.user_id, User.name)
        .join(User, User.id == Place.user_id)
        .where(Place.wish_id == wish_id, Place.live, other)
        .order_by(Place.id)
    )
    return [Busy._make(row) for row in db.session.execute(query)]


def move_commitments(wish_id: int, starts_at: datetime, ends_at: datetime) -> None:
    """Move the planned time of everybody with a place; the table refuses an overlap."""
    places = select(Place.id).where(Place.wish_id == wish_id, Place.live)
    db.session.execute(
        update(Commitment)
        .where(Commitment.place_id.in_(places), Commitment.live)
        .values(starts_at=starts_at, ends_at=ends_at)
        .execution_options(synchronize_session=False)
    )


def list_people(wish_id: int) -> list[int]:
    """Ids of everybody who plans to come: claimants, named people, the units' coordinators."""
    live = and_(Claim.wish_id == wish_id, Claim.live)
    claimants = select(Claim.claimed_by_id).where(live)
    named = select(Place.user_id).where(Place.wish_id == wish_id, Place.live)
    coordinators = (
        select(Membership.user_id)
        .join(Claim, Claim.organisation_id == Membership.organisation_id)
        .where(live, Membership.role == Role.COORDINATOR, Membership.ended_at.is_(None))
    )
    queries = (claimants, named, coordinators)
    return sorted({user_id for query in queries for user_id in db.session.scalars(query)})


def list_holders(wish_id: int) -> list[str]:
    """Who holds the places, first come first: people and units by name."""
    query = (
        select(func.coalesce(Organisation.short_name, User.name))
        .select_from(Claim)
        .join(User, User.id == Claim.claimed_by_id)
        .outerjoin(Organisation, Organisation.id == Claim.organisation_id)
        .where(Claim.wish_id == wish_id, Claim.live)
        .order_by(Claim.id)
    )
    return list(db.session.scalars(query))


def has_attendance(wish_id: int) -> bool:
    """Whether anybody came or was noted as missing."""
    noted = or_(Attendance.arrived_at.is_not(None), Attendance.absence.is_not(None))
    query = select(Attendance.id).where(Attendance.wish_id == wish_id, noted)
    return db.session.execute(query.limit(1)).first() is not None


def list_messages(wish_id: int) -> list[WishMessage]:
    """What was written to the people of a wish, latest first."""
    query = select(WishMessage).where(WishMessage.wish_id == wish_id)
    query = query.options(joinedload(WishMessage.sent_by))
    return list(db.session.scalars(query.order_by(WishMessage.id.desc())))


def count_messages(wish_id: int, *, since: datetime) -> int:
    """How many were written since then."""
    query = select(func.count()).where(WishMessage.wish_id == wish_id, WishMessage.at >= since)
    return db.session.execute(query).scalar_one()


def list_concerned(wish_id: int, *, without: Iterable[int]) -> list[int]:
    """As `list_people`, but these are told something else."""
    left = set(without)
    return [user_id for user_id in list_people(wish_id) if user_id not in left]
