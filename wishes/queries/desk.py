"""The wishes of a desk: counted by light, listed by lane, and those that lack people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from accounts.models import Area
from accounts.rules import AreaKind
from foundation.db import db
from wishes.models import Wish
from wishes.rules.kinds import Category, WishKind
from wishes.rules.life import LIGHTS, Light, WishState

SOON = timedelta(days=3)
LANE = 6
PAGE = 30
STATES = {
    light: tuple(state for state, shown in LIGHTS.items() if shown is light)
    for light in (Light.RED, Light.YELLOW, Light.BLUE, Light.GREEN)
}
STATES[Light.GREY] = (WishState.DRAFT,)
OVER = (WishState.CANCELLED, WishState.EXPIRED, WishState.UNFULFILLED)


@dataclass(frozen=True)
class DeskFilter:
    """What the desk looks for; empty means everything."""

    grid_id: int | None = None
    category: Category | None = None
    items_only: bool = False
    words: str = ""


class DeskRow(NamedTuple):
    """The columns of one slip; times are UTC."""

    id: int
    number: int
    kind: WishKind
    title: str
    state: WishState
    starts_at: datetime | None
    ends_at: datetime | None
    headcount: int | None
    places_taken: int
    closed_at: datetime | None


class After(NamedTuple):
    """Where the next page of a lane begins."""

    moment: datetime | None
    id: int


_COLUMNS = (
    Wish.id, Wish.number, Wish.kind, Wish.title, Wish.state, Wish.starts_at, Wish.ends_at,
    Wish.headcount, Wish.places_taken, Wish.closed_at,
)  # fmt: skip


def _here(desk: Area) -> ColumnElement[bool]:
    if desk.kind == AreaKind.GRID:
        return Wish.grid_id == desk.id
    return Wish.community_id == desk.id


def _conditions(desk: Area, chosen: DeskFilter) -> list[ColumnElement[bool]]:
    where = [_here(desk)]
    if chosen.grid_id is not None:
        where.append(Wish.grid_id == chosen.grid_id)
    if chosen.category is not None:
        where.append(Wish.category == chosen.category)
    if chosen.items_only:
        where.append(Wish.kind == WishKind.ITEM)
    return [*where, *(_says(word) for word in chosen.words.split())]


def _says(word: str) -> ColumnElement[bool]:
    return or_(
        Wish.title.contains(word, autoescape=True),
        Wish.public_place.contains(word, autoescape=True),
    )


def count_wishes(desk: Area, chosen: DeskFilter | None = None) -> dict[Light, int]:
    """How many wishes stand in which light; grey counts the drafts."""
    query = select(Wish.state, func.count()).where(*_conditions(desk, chosen or DeskFilter()))
    counts = dict.fromkeys(STATES, 0)
    for state, number in db.session.execute(query.group_by(Wish.state)):
        for light, states in STATES.items():
            if state in states:
                counts[light] += number
    return counts


def list_lane(
    desk: Area,
    light: Light,
    chosen: DeskFilter | None = None,
    *,
    after: After | None = None,
    limit: int = LANE,
) -> list[DeskRow]:
    """One lane: by planned start, the done ones latest first, drafts by number."""
    where = _conditions(desk, chosen or DeskFilter())
    query = select(*_COLUMNS).where(*where, Wish.state.in_(STATES[light]))
    query = query.where(*_beyond(light, after)).order_by(*_order(light)).limit(limit)
    rows = db.session.execute(query)
    return [DeskRow._make(row) for row in rows]


def list_over(desk: Area, *, before: int | None = None, limit: int = PAGE) -> list[DeskRow]:
    """Cancelled, expired and unfulfilled wishes, newest first."""
    query = select(*_COLUMNS).where(_here(desk), Wish.state.in_(OVER))
    if before is not None:
        query = query.where(Wish.id < before)
    rows = db.session.execute(query.order_by(Wish.id.desc()).limit(limit))
    return [DeskRow._make(row) for row in rows]


def _order(light: Light) -> tuple[Any, ...]:
    if light is Light.GREY:
        return (Wish.id.desc(),)
    if light is Light.GREEN:
        return (Wish.starts_at.desc(), Wish.id.desc())
    return (Wish.starts_at, Wish.id)


def _beyond(light: Light, after: After | None) -> list[ColumnElement[bool]]:
    """What comes after the last slip of the page before."""
    if after is None:
        return []
    if light is Light.GREY or after.moment is None:
        return [Wish.id < after.id]
    if light is Light.GREEN:
        same = and_(Wish.starts_at == after.moment, Wish.id < after.id)
        return [or_(Wish.starts_at < after.moment, same)]
    same = and_(Wish.starts_at == after.moment, Wish.id > after.id)
    return [or_(Wish.starts_at > after.moment, same)]


def list_lacking(desk: Area, *, at: datetime, limit: int = 10) -> list[DeskRow]:
    """Open wishes that begin within three days and still lack people, the soonest first."""
    query = select(*_COLUMNS).where(
        _here(desk),
        Wish.state == WishState.OPEN,
        Wish.starts_at > at,
        Wish.starts_at <= at + SOON,
    )
    rows = db.session.execute(query.order_by(Wish.starts_at, Wish.id).limit(limit))
    return [DeskRow._make(row) for row in rows]


def list_unreported(desk: Area, *, at: datetime, limit: int = 10) -> list[DeskRow]:
    """Published wishes whose planned end has passed without a report, the oldest first."""
    states = (WishState.OPEN, WishState.FILLED, WishState.IN_SERVICE)
    query = select(*_COLUMNS).where(_here(desk), Wish.state.in_(states), Wish.ends_at < at)
    rows = db.session.execute(query.order_by(Wish.ends_at, Wish.id).limit(limit))
    return [DeskRow._make(row) for row in rows]
