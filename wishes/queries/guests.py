"""Reads of the seats for participants: how many, who, and 受益人次."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from foundation.db import db
from wishes.models import Guest, GuestLook, GuestSeats, Wish
from wishes.refusals.guests import GuestNotFound
from wishes.rules.kinds import WishKind
from wishes.rules.life import CLAIMABLE, WishState


def find_seats(wish_id: int) -> GuestSeats | None:
    """The seats of a wish."""
    query = select(GuestSeats).where(GuestSeats.wish_id == wish_id)
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def lock_seats(wish_id: int) -> GuestSeats | None:
    """The seats of a wish as they stand now, locked until the errand ends."""
    query = select(GuestSeats).where(GuestSeats.wish_id == wish_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def find_by_code(code: str) -> Guest | None:
    """The sign-up of a code, with its wish."""
    query = select(Guest).where(Guest.code == code)
    whole = joinedload(Guest.seats).joinedload(GuestSeats.wish).joinedload(Wish.community)
    return db.session.scalars(query.options(whole)).one_or_none()


def get_guest_by_code(code: str) -> Guest:
    """The sign-up of a code. Raises GuestNotFound."""
    guest = find_by_code(code)
    if guest is None:
        raise GuestNotFound
    return guest


def get_guest(wish_id: int, guest_id: int) -> Guest:
    """One sign-up of this wish. Raises GuestNotFound."""
    query = select(Guest).where(Guest.id == guest_id, Guest.wish_id == wish_id)
    guest = db.session.scalars(query).one_or_none()
    if guest is None:
        raise GuestNotFound
    return guest


def find_guest_of(wish_id: int, user_id: int) -> Guest | None:
    """The person's own live sign-up."""
    query = select(Guest).where(Guest.wish_id == wish_id, Guest.user_id == user_id, Guest.live)
    return db.session.scalars(query).one_or_none()


def has_signed_up(wish_id: int, *, user_id: int | None, phone_marks: Sequence[bytes]) -> bool:
    """Whether this account or this number is on the list."""
    same: list[ColumnElement[bool]] = [Guest.phone_mark.in_(list(phone_marks))]
    if user_id is not None:
        same.append(Guest.user_id == user_id)
    query = select(Guest.id).where(Guest.wish_id == wish_id, Guest.live, or_(*same)).limit(1)
    return db.session.scalars(query).first() is not None


def list_guests(wish_id: int) -> list[Guest]:
    """Who signed up and still means to come, first come first."""
    query = select(Guest).where(Guest.wish_id == wish_id, Guest.live)
    return list(db.session.scalars(query.order_by(Guest.id)))


def list_account_ids(wish_id: int) -> list[int]:
    """The accounts among those who mean to come."""
    query = select(Guest.user_id).where(
        Guest.wish_id == wish_id, Guest.live, Guest.user_id.is_not(None)
    )
    return [user_id for user_id in db.session.scalars(query) if user_id is not None]


def list_guest_looks(wish_id: int, *, limit: int = 20) -> list[GuestLook]:
    """Who looked at the names, latest first."""
    query = select(GuestLook).where(GuestLook.wish_id == wish_id)
    newest = query.options(joinedload(GuestLook.user)).order_by(GuestLook.id.desc())
    return list(db.session.scalars(newest.limit(limit)))


def has_looked_since(wish_id: int, user_id: int, since: datetime) -> bool:
    """Whether the person has seen the names on the screen since then."""
    query = select(GuestLook.id).where(
        GuestLook.wish_id == wish_id, GuestLook.user_id == user_id,
        GuestLook.at >= since, ~GuestLook.on_paper,
    )  # fmt: skip
    return db.session.scalars(query.limit(1)).first() is not None


def list_joinable(area_id: int, *, at: datetime, limit: int) -> list[GuestSeats]:
    """The seats that a community's residents can still sign up for, soonest first."""
    query = (
        select(GuestSeats)
        .join(Wish, Wish.id == GuestSeats.wish_id)
        .where(
            Wish.community_id == area_id, Wish.kind == WishKind.SERVICE,
            Wish.state.in_(CLAIMABLE), Wish.starts_at > at,
            GuestSeats.is_open, GuestSeats.taken < GuestSeats.capacity,
        )
        .options(joinedload(GuestSeats.wish))
        .order_by(Wish.starts_at, Wish.id)
        .limit(limit)
    )  # fmt: skip
    return list(db.session.scalars(query))


def attended(area_ids: Iterable[int], *, since: datetime, until: datetime) -> Select[Any]:
    """受益人次 of these communities, as one number: wishes verified in [since, until)."""
    return (
        select(func.coalesce(func.sum(GuestSeats.attended), 0))
        .join(Wish, Wish.id == GuestSeats.wish_id)
        .where(
            Wish.community_id.in_(list(area_ids)), Wish.state == WishState.VERIFIED,
            Wish.closed_at >= since, Wish.closed_at < until,
        )
    )  # fmt: skip


def list_to_forget(at: datetime, *, after: timedelta) -> list[int]:
    """The wishes that ended so long ago that nobody needs the names any more."""
    query = (
        select(Guest.wish_id)
        .join(Wish, Wish.id == Guest.wish_id)
        .where(Guest.erased_at.is_(None), Wish.ends_at <= at - after)
        .distinct()
    )
    return sorted(db.session.scalars(query))
