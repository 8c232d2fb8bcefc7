"""The passbook's lines: the book's entries with what wishes know of them, one statement a page."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from accounts.models import Area, Organisation
from foundation.db import db
from love_bank.models import Entry
from love_bank.rules import Grade
from wishes.models import Attendance, Claim, ItemDelivery, Photo, Wish

PAGE = 20


class BookRow(NamedTuple):
    """One entry; minutes are whole and positive, times UTC. `struck_*` belong to a reversal."""

    seq: int
    minutes: int
    is_credit: bool
    revision: int | None
    grade: Grade
    starts_at: datetime
    ends_at: datetime
    recorded_at: datetime
    available_on: datetime
    served_after: int
    reason_code: str | None
    wish_id: int
    title: str | None
    community_name: str | None
    arrived_at: datetime | None
    left_at: datetime | None
    unit_name: str | None
    photos: int
    together: int
    struck_seq: int | None
    reversed_by_seq: int | None
    planned_from: datetime | None
    planned_until: datetime | None


def list_book(account_id: str, *, before: int | None = None, limit: int = PAGE) -> list[BookRow]:
    """A page of the passbook, newest line first, keyset on the chain's own number."""
    struck, undoing, other = aliased(Entry), aliased(Entry), aliased(Attendance)
    photos = select(func.count()).where(Photo.wish_id == Entry.wish_id).scalar_subquery()
    together = (
        select(func.count())
        .where(
            other.wish_id == Entry.wish_id, other.arrived_at.is_not(None),
            other.id != Attendance.id,
        )
        .scalar_subquery()
    )  # fmt: skip
    query = (
        select(
            Entry.seq, Entry.minutes, Entry.to_account == Entry.holder, Entry.revision,
            Entry.grade, Entry.starts_at, Entry.ends_at, Entry.recorded_at, Entry.available_on,
            Entry.served_after, Entry.reason_code, Entry.wish_id, Wish.title, Area.name,
            Attendance.arrived_at, Attendance.left_at, Organisation.short_name, photos, together,
            struck.seq, undoing.seq, Wish.starts_at, Wish.ends_at,
        )
        .outerjoin(Wish, Wish.id == Entry.wish_id)
        .outerjoin(Area, Area.id == Wish.community_id)
        .outerjoin(Attendance, Attendance.id == Entry.attendance_id)
        .outerjoin(Organisation, Organisation.id == Entry.organisation_id)
        .outerjoin(struck, struck.id == Entry.reversal_of)
        .outerjoin(undoing, undoing.reversal_of == Entry.id)
        .where(Entry.holder == account_id)
    )  # fmt: skip
    if before is not None:
        query = query.where(Entry.seq < before)
    rows = db.session.execute(query.order_by(Entry.seq.desc()).limit(limit))
    return [BookRow._make(row) for row in rows]


class Given(NamedTuple):
    """Pieces a person gave, once handed over; items earn pieces, never minutes."""

    wish_id: int
    title: str
    community_name: str
    pieces: int
    handed_over_at: datetime


def list_given(user_id: int, *, limit: int = 50) -> list[Given]:
    """The items the person gave, last handed over first."""
    query = (
        select(Wish.id, Wish.title, Area.name, ItemDelivery.pieces, ItemDelivery.handed_over_at)
        .join(Claim, Claim.id == ItemDelivery.claim_id)
        .join(Wish, Wish.id == ItemDelivery.wish_id)
        .join(Area, Area.id == Wish.community_id)
        .where(
            and_(Claim.claimed_by_id == user_id, Claim.organisation_id.is_(None)),
            ItemDelivery.handed_over_at.is_not(None),
        )
        .order_by(ItemDelivery.handed_over_at.desc(), ItemDelivery.id.desc())
        .limit(limit)
    )
    return [Given._make(row) for row in db.session.execute(query)]
