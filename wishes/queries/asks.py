"""Reads of asks: by code for whoever asked, by desk for the staff."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload
from sqlalchemy.sql.elements import ColumnElement

from accounts.models import Area
from accounts.rules import AreaKind
from foundation.db import db
from wishes.models import Ask, AskEvent
from wishes.refusals.asks import AskNotFound
from wishes.rules.life import ASK_PUBLIC, AskState


def get_by_code(code: str) -> Ask:
    """The ask with this follow code. Raises AskNotFound."""
    query = select(Ask).where(Ask.code == code).options(joinedload(Ask.community))
    ask = db.session.scalars(query).one_or_none()
    if ask is None:
        raise AskNotFound
    return ask


def lock_ask(ask_id: int) -> Ask:
    """An ask, locked until the errand ends. Raises AskNotFound."""
    query = select(Ask).where(Ask.id == ask_id).with_for_update()
    ask = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if ask is None:
        raise AskNotFound
    return ask


def find_by_wish(wish_id: int) -> Ask | None:
    """The ask that a wish came from."""
    return db.session.scalars(select(Ask).where(Ask.wish_id == wish_id)).one_or_none()


def at_desk(desk: Area) -> ColumnElement[bool]:
    """Asks a desk sees: a community its own, a grid its own and those not yet in a grid."""
    if desk.kind == AreaKind.GRID:
        unplaced = (Ask.community_id == desk.parent_id) & Ask.grid_id.is_(None)
        return or_(Ask.grid_id == desk.id, unplaced)
    return Ask.community_id == desk.id


def get_at_desk(desk: Area, ask_id: int) -> Ask:
    """An ask as this desk sees it. Raises AskNotFound for another desk's."""
    query = select(Ask).where(Ask.id == ask_id, at_desk(desk)).options(joinedload(Ask.grid))
    ask = db.session.scalars(query).one_or_none()
    if ask is None:
        raise AskNotFound
    return ask


def list_at_desk(
    desk: Area,
    states: Sequence[AskState],
    *,
    before: int | None = None,
    oldest_first: bool = False,
    limit: int = 30,
) -> list[Ask]:
    """Asks of a desk in these states, newest first; `before` is the last id of the page before."""
    query = select(Ask).where(at_desk(desk), Ask.state.in_(states))
    if before is not None:
        query = query.where(Ask.id > before if oldest_first else Ask.id < before)
    order = Ask.id if oldest_first else Ask.id.desc()
    query = query.options(joinedload(Ask.grid)).order_by(order).limit(limit)
    return list(db.session.scalars(query))


def list_waiting(desk: Area, *, limit: int = 20) -> list[Ask]:
    """Asks that wait to be accepted, the longest waiting first."""
    query = select(Ask).where(at_desk(desk), Ask.state == AskState.SUBMITTED)
    query = query.options(joinedload(Ask.grid)).order_by(Ask.asked_at, Ask.id).limit(limit)
    return list(db.session.scalars(query))


def count_by_state(desk: Area) -> dict[AskState, int]:
    """How many asks of a desk stand where."""
    query = select(Ask.state, func.count()).where(at_desk(desk)).group_by(Ask.state)
    return {AskState(state): number for state, number in db.session.execute(query)}


def list_answered(community_id: int, *, limit: int = 6) -> list[Ask]:
    """Public asks that the community has dealt with, latest first."""
    query = select(Ask).where(
        Ask.community_id == community_id,
        Ask.is_public,
        Ask.state.in_(ASK_PUBLIC - {AskState.SUBMITTED, AskState.ACCEPTED}),
    )
    return list(db.session.scalars(query.order_by(Ask.replied_at.desc(), Ask.id).limit(limit)))


def list_ask_events(ask_id: int) -> list[AskEvent]:
    """An ask's history, oldest first."""
    query = select(AskEvent).where(AskEvent.ask_id == ask_id)
    return list(db.session.scalars(query.order_by(AskEvent.id)))
