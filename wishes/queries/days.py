"""Reads over a community's day, and over what its attendance leaves open."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, func, or_, select

from accounts.models import User
from foundation.db import db
from wishes.models import Attendance, Wish
from wishes.rules.kinds import RESIDENT_CONFIRMS, Venue, WishKind
from wishes.rules.life import PUBLIC, WishState
from wishes.rules.proof import Proof


class Loose(NamedTuple):
    """Something left open about one person's attendance; times are UTC."""

    wish_id: int
    title: str
    user_id: int
    name: str
    phone: str | None
    arrived_at: datetime
    ends_at: datetime


def _loose(community_id: int) -> Any:
    return (
        select(
            Wish.id, Wish.title, User.id, User.name, User.phone, Attendance.arrived_at,
            Wish.ends_at,
        )
        .select_from(Attendance)
        .join(Wish, Wish.id == Attendance.wish_id)
        .join(User, User.id == Attendance.user_id)
        .where(
            Wish.community_id == community_id,
            Wish.state.in_([WishState.IN_SERVICE, WishState.REPORTED]),
            Attendance.arrived_at.is_not(None),
        )
        .order_by(Wish.ends_at, Attendance.id)
    )  # fmt: skip


def list_open_checkouts(community_id: int, *, at: datetime) -> list[Loose]:
    """Who came, and has not checked out although the planned end has passed; oldest first."""
    query = _loose(community_id).where(Attendance.left_at.is_(None), Wish.ends_at < at)
    return [Loose._make(row) for row in db.session.execute(query)]


def list_call_backs(community_id: int) -> list[Loose]:
    """Whose minutes wait for a call to the resident (within three days); oldest first."""
    own_tap = or_(Attendance.arrived_proof == Proof.TAP, Attendance.left_proof == Proof.TAP)
    talk = and_(
        Wish.category.in_(RESIDENT_CONFIRMS),
        Attendance.arrived_proof != Proof.SLIP,
        func.coalesce(Attendance.left_proof, "") != Proof.SLIP,
    )
    query = _loose(community_id).where(
        Attendance.resident_confirmed_at.is_(None), or_(own_tap, talk)
    )
    return [Loose._make(row) for row in db.session.execute(query)]


class DayLine(NamedTuple):
    """A service of the day; times are UTC."""

    wish_id: int
    title: str
    state: WishState
    venue: Venue
    public_place: str
    starts_at: datetime
    ends_at: datetime


def list_services_between(
    community_id: int, start: datetime, end: datetime, *, grid_id: int | None = None
) -> list[DayLine]:
    """The services of a community that begin in this span, soonest first; a grid's desk sees
    its own and those of no grid."""
    query = select(
        Wish.id, Wish.title, Wish.state, Wish.venue, Wish.public_place, Wish.starts_at,
        Wish.ends_at,
    ).where(
        Wish.community_id == community_id,
        Wish.kind == WishKind.SERVICE,
        Wish.state.in_(PUBLIC),
        Wish.starts_at >= start,
        Wish.starts_at < end,
    )  # fmt: skip
    if grid_id is not None:
        query = query.where(or_(Wish.grid_id == grid_id, Wish.grid_id.is_(None)))
    rows = db.session.execute(query.order_by(Wish.starts_at, Wish.id))
    return [DayLine._make(row) for row in rows]
