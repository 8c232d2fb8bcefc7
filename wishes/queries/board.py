"""The wall of wishes: one statement of columns, keyset on (state, starts_at, id)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, literal, select, tuple_
from sqlalchemy.orm import aliased

from accounts.models import Area, Organisation, User
from accounts.queries.areas import get_area
from accounts.rules import AreaKind
from foundation import clock
from foundation.db import UtcDateTime, db
from wishes.models import Claim, Place, Wish, WishEvent
from wishes.queries.search import Found, find_words
from wishes.rules.board import Filter, Mark, Show, newest_first, starts_between, states_of
from wishes.rules.kinds import Category, Venue, WishKind
from wishes.rules.life import WishState

PAGE = 20
MOST_COUNTED = 100


class CardRow(NamedTuple):
    """The columns of one card; times are UTC, `waiting` counts the whole filter (at most 100)."""

    id: int
    kind: WishKind
    category: Category
    title: str
    state: WishState
    venue: Venue
    public_place: str
    starts_at: datetime
    ends_at: datetime
    headcount: int
    places_taken: int
    card_tools: list[dict[str, Any]]
    community_id: int
    community_name: str
    taken_by: str | None
    waiting: int


_COLUMNS = (
    Wish.id, Wish.kind, Wish.category, Wish.title, Wish.state, Wish.venue, Wish.public_place,
    Wish.starts_at, Wish.ends_at, Wish.headcount, Wish.places_taken, Wish.card_tools,
    Wish.community_id, Area.name.label("community_name"),
)  # fmt: skip
_TAKEN_BY = (
    select(Organisation.short_name)
    .join(Claim, Claim.organisation_id == Organisation.id)
    .where(Claim.wish_id == Wish.id, Claim.live)
    .order_by(Claim.id)
    .limit(1)
    .correlate(Wish)
    .scalar_subquery()
)


def list_cards(
    chosen: Filter, *, at: datetime, after: Mark | None = None, limit: int = PAGE
) -> list[CardRow]:
    """One page of the wall, in one statement (one more for an area, two for a search)."""
    where, found = _conditions(chosen, at), find_words(chosen.words)
    taken_by: Any = literal(None) if _only_open(chosen) else _TAKEN_BY
    counted = literal(0) if after else _count(where, found)
    query = select(*_COLUMNS, taken_by.label("taken_by"), counted.label("waiting"))
    query = query.join(Area, Area.id == Wish.community_id).where(*where)
    query = found.narrow(query) if found else query
    rows = db.session.execute(_page(query, chosen.show, after).limit(limit))
    return [CardRow._make(row) for row in rows]


def _only_open(chosen: Filter) -> bool:
    return states_of(chosen.show) == (WishState.OPEN,)


def _conditions(chosen: Filter, at: datetime) -> list[ColumnElement[bool]]:
    states = states_of(chosen.show)
    where = [Wish.state == states[0] if len(states) == 1 else Wish.state.in_(states)]
    opens, closes = starts_between(chosen.show, at, clock.zone())
    if opens is not None:
        where.append(Wish.starts_at > opens)
    if closes is not None:
        where.append(Wish.starts_at < closes)
    if chosen.category is not None:
        where.append(Wish.category == chosen.category)
    if chosen.items_only:
        where.append(Wish.kind == WishKind.ITEM)
    if chosen.area_id is not None:
        where.append(_in_area(chosen.area_id))
    return where


def _in_area(area_id: int) -> ColumnElement[bool]:
    area = get_area(area_id)
    if area.kind == AreaKind.COMMUNITY:
        return Wish.community_id == area.id
    if area.kind == AreaKind.GRID:
        return Wish.grid_id == area.id
    below = select(Area.id).where(Area.path.startswith(area.path, autoescape=True))
    return Wish.community_id.in_(below)


def _count(where: Sequence[ColumnElement[bool]], found: Found | None) -> ColumnElement[int]:
    some = select(Wish.id).where(*where).limit(MOST_COUNTED)
    some = found.narrow(some) if found else some
    return select(func.count()).select_from(some.correlate(None).subquery()).scalar_subquery()


def _page(query: Select[Any], show: Show, after: Mark | None) -> Select[Any]:
    states = states_of(show)
    keys: list[Any] = [Wish.starts_at, Wish.id]
    if len(states) > 1:
        keys.insert(0, Wish.state)
    if after is not None:
        last = [literal(after.starts_at, UtcDateTime()), literal(after.id)]
        if len(states) > 1:
            last.insert(0, literal(str(after.state)))
        left, right = tuple_(*keys), tuple_(*last)
        query = query.where(left < right if newest_first(show) else left > right)
    return query.order_by(*(key.desc() if newest_first(show) else key for key in keys))


def list_near(wish: Wish, *, at: datetime, user_id: int | None, limit: int = 3) -> list[CardRow]:
    """Open wishes near this one: its community, then its street; alike in kind and time first."""
    street = select(Area.parent_id).where(Area.id == wish.community_id).scalar_subquery()
    query = (
        select(*_COLUMNS, literal(None).label("taken_by"), literal(0).label("waiting"))
        .join(Area, Area.id == Wish.community_id)
        .where(
            Wish.state == WishState.OPEN, Wish.starts_at > at, Wish.id != wish.id,
            Area.parent_id == street,
        )
        .order_by(Wish.community_id != wish.community_id, Wish.starts_at, Wish.id)
        .limit(60)
    )  # fmt: skip
    if user_id is not None:
        mine = select(Place.wish_id).where(Place.user_id == user_id, Place.live)
        query = query.where(Wish.id.not_in(mine))
    rows = [CardRow._make(row) for row in db.session.execute(query)]

    def far(row: CardRow) -> tuple[bool, bool, float]:
        elsewhere = row.community_id != wish.community_id
        apart = abs((row.starts_at - wish.starts_at).total_seconds()) if wish.starts_at else 0.0
        return elsewhere, row.category != wish.category, apart

    return sorted(rows, key=far)[:limit]


def list_home_areas(user_id: int) -> list[tuple[int, str]]:
    """The person's own community and the street it lies in, as (id, name); empty without one."""
    street = aliased(Area)
    query = (
        select(Area.id, Area.name, street.id, street.name)
        .join(User, User.home_area_id == Area.id)
        .outerjoin(street, street.id == Area.parent_id)
        .where(User.id == user_id)
    )
    row = db.session.execute(query).one_or_none()
    home: list[tuple[int | None, str]] = [(row[0], row[1]), (row[2], row[3])] if row else []
    return [(area_id, name) for area_id, name in home if area_id is not None]


def get_board_version() -> int:
    """The number of the last change of any wish: what was drawn before it may be out of date."""
    return db.session.execute(select(func.coalesce(func.max(WishEvent.id), 0))).scalar_one()
