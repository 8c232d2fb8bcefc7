"""Missed services: a person's own, and those of a desk."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from accounts.models import Area
from accounts.rules import AreaKind
from foundation.db import db
from wishes.models import NoShow, Wish
from wishes.refusals.changes import NoShowNotFound
from wishes.rules.no_shows import NoShowState

PAGE = 50


def find_no_show(wish_id: int, user_id: int, happened_at: datetime) -> NoShow | None:
    """The record of one person on one day of a wish."""
    return db.session.scalars(
        select(NoShow).where(
            NoShow.wish_id == wish_id,
            NoShow.user_id == user_id,
            NoShow.happened_at == happened_at,
        )
    ).one_or_none()


def lock_no_show(no_show_id: int) -> NoShow:
    """A record as it stands now, locked until the errand ends. Raises NoShowNotFound."""
    query = select(NoShow).where(NoShow.id == no_show_id).with_for_update()
    row = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NoShowNotFound
    return row


def get_own_no_show(no_show_id: int, user_id: int) -> NoShow:
    """One's own record. Raises NoShowNotFound for somebody else's."""
    row = db.session.get(NoShow, no_show_id)
    if row is None or row.user_id != user_id or row.state == NoShowState.UNDONE:
        raise NoShowNotFound
    return row


def list_own_no_shows(user_id: int) -> list[NoShow]:
    """One's own, latest first; what was noted by mistake is left out."""
    query = (
        select(NoShow)
        .where(NoShow.user_id == user_id, NoShow.state != NoShowState.UNDONE)
        .options(joinedload(NoShow.wish))
    )
    return list(db.session.scalars(query.order_by(NoShow.happened_at.desc()).limit(PAGE)))


def has_no_shows(user_id: int) -> bool:
    """Whether there is anything to show to the person."""
    query = select(NoShow.id).where(NoShow.user_id == user_id, NoShow.state != NoShowState.UNDONE)
    return db.session.execute(query.limit(1)).first() is not None


def count_counting(user_id: int, *, since: datetime) -> int:
    """How many of the person's no-shows count since then."""
    query = select(func.count()).where(
        NoShow.user_id == user_id,
        NoShow.state == NoShowState.COUNTS,
        NoShow.happened_at >= since,
    )
    return db.session.execute(query).scalar_one()


def get_no_show_at(desk: Area, no_show_id: int) -> NoShow:
    """A record of a wish of this desk. Raises NoShowNotFound."""
    query = select(NoShow).join(Wish, Wish.id == NoShow.wish_id)
    query = query.where(NoShow.id == no_show_id, _here(desk))
    row = db.session.scalars(query.options(*_ALONG)).one_or_none()
    if row is None:
        raise NoShowNotFound
    return row


def list_no_shows_at(desk: Area, *, limit: int = PAGE) -> list[NoShow]:
    """The records of a desk's wishes, those with an open appeal first, then the latest."""
    waits = (NoShow.appealed_at.is_not(None)) & (NoShow.answered_at.is_(None))
    query = (
        select(NoShow)
        .join(Wish, Wish.id == NoShow.wish_id)
        .where(_here(desk), NoShow.state != NoShowState.UNDONE)
        .options(*_ALONG)
        .order_by(waits.desc(), NoShow.happened_at.desc(), NoShow.id.desc())
    )
    return list(db.session.scalars(query.limit(limit)))


def list_appeals(desk: Area, *, user_id: int, limit: int) -> list[NoShow]:
    """Appeals that this person may answer, the oldest first."""
    query = (
        select(NoShow)
        .join(Wish, Wish.id == NoShow.wish_id)
        .where(
            _here(desk), NoShow.state == NoShowState.COUNTS, NoShow.appealed_at.is_not(None),
            NoShow.answered_at.is_(None), NoShow.noted_by_id != user_id,
            NoShow.user_id != user_id,
        )
        .options(*_ALONG)
        .order_by(NoShow.appealed_at)
    )  # fmt: skip
    return list(db.session.scalars(query.limit(limit)))


_ALONG = (joinedload(NoShow.wish), joinedload(NoShow.user))


def _here(desk: Area) -> ColumnElement[bool]:
    return Wish.grid_id == desk.id if desk.kind == AreaKind.GRID else Wish.community_id == desk.id
