"""Reads of 附议: how many are behind an ask, what is wanted most, who has backed it already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from accounts.models import Area
from foundation.db import db
from wishes.models import Ask, AskSupport, PrivateDetails
from wishes.queries.asks import at_desk
from wishes.refusals.asks import AskNotFound
from wishes.rules.life import ASK_OPEN, ASK_PUBLIC, AskState


class Wanted(NamedTuple):
    """An ask and how many neighbours back it."""

    ask: Ask
    supports: int


def count_supports(ask_ids: Iterable[int]) -> dict[int, int]:
    """How many neighbours back each of these asks."""
    ids = list(ask_ids)
    query = select(AskSupport.ask_id, func.count()).where(AskSupport.ask_id.in_(ids))
    found = {row[0]: row[1] for row in db.session.execute(query.group_by(AskSupport.ask_id))}
    return {ask_id: found.get(ask_id, 0) for ask_id in ids}


def list_wanted(community_id: int, *, limit: int, skip: int = 0) -> list[Wanted]:
    """A community's public asks that are not closed, the most wanted first, then the oldest."""
    mine = (Ask.community_id == community_id, Ask.is_public, Ask.state.in_(ASK_OPEN))
    return _list_wanted(and_(*mine), limit=limit, skip=skip)


def list_wanted_at_desk(desk: Area, states: Sequence[AskState], *, limit: int) -> list[Wanted]:
    """The asks of a desk in these states, the most wanted first; private ones have no 附议."""
    return _list_wanted(and_(at_desk(desk), Ask.state.in_(states)), limit=limit)


def _list_wanted(which: ColumnElement[bool], *, limit: int, skip: int = 0) -> list[Wanted]:
    number = func.count(AskSupport.id).label("number")
    ranked = (
        select(Ask.id, number)
        .outerjoin(AskSupport, AskSupport.ask_id == Ask.id)
        .where(which)
        .group_by(Ask.id)
        .order_by(number.desc(), Ask.id)
        .limit(limit)
        .offset(skip)
        .subquery()
    )
    query = (
        select(Ask, ranked.c.number)
        .join(ranked, ranked.c.id == Ask.id)
        .options(joinedload(Ask.grid))
        .order_by(ranked.c.number.desc(), Ask.id)
    )
    return [Wanted(ask, n) for ask, n in db.session.execute(query)]


def get_public_ask(community_id: int, ask_id: int) -> Ask:
    """An ask as every neighbour may read it. Raises AskNotFound for a private or returned one."""
    query = select(Ask).where(
        Ask.id == ask_id,
        Ask.community_id == community_id,
        Ask.is_public,
        Ask.state.in_(ASK_PUBLIC),
    )
    ask = db.session.scalars(query).one_or_none()
    if ask is None:
        raise AskNotFound
    return ask


def has_supported(
    ask_id: int, *, user_id: int | None = None, phone_marks: Sequence[bytes] = ()
) -> bool:
    """Whether this person backs the ask already, by account or by telephone."""
    same: list[ColumnElement[bool]] = [AskSupport.phone_mark.in_(list(phone_marks))]
    if user_id is not None:
        same.append(AskSupport.user_id == user_id)
    query = select(AskSupport.id).where(AskSupport.ask_id == ask_id, or_(*same))
    return db.session.execute(query.limit(1)).first() is not None


def has_household_supported(ask_id: int, door: bytes) -> bool:
    """Whether somebody of this door backs the ask already."""
    query = select(AskSupport.id).where(AskSupport.ask_id == ask_id, AskSupport.door_mark == door)
    return db.session.execute(query).first() is not None


def find_home_mark(user_id: int, community_id: int) -> bytes | None:
    """The mark of the door that the person gave with an own ask in this community, if any."""
    query = (
        select(PrivateDetails.door_mark)
        .join(Ask, Ask.id == PrivateDetails.ask_id)
        .where(
            Ask.asked_by_id == user_id,
            Ask.community_id == community_id,
            PrivateDetails.door_mark.is_not(None),
        )
        .order_by(Ask.id.desc())
        .limit(1)
    )
    return db.session.execute(query).scalar_one_or_none()


def list_supporters(ask_id: int) -> list[int]:
    """Who backs an ask with an account."""
    query = select(AskSupport.user_id).where(
        AskSupport.ask_id == ask_id, AskSupport.user_id.is_not(None)
    )
    return [user_id for user_id in db.session.scalars(query) if user_id is not None]
