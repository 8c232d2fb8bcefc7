"""The wall of wishes: one statement of columns, keyset on (state, starts_at, id)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    String,
    bindparam,
    func,
    literal,
    literal_column,
    select,
    tuple_,
)
from sqlalchemy.orm import aliased

from accounts.models import Area, Organisation
from accounts.queries.areas import get_area
from accounts.rules import AreaKind
from foundation import clock
from foundation.db import UtcDateTime, db
from foundation.settings import setting
from wishes.models import Claim, CommunityFollow, Place, SeriesDay, Wish
from wishes.queries.search import Found, find_words
from wishes.rules.board import STATES, Filter, Mark, Show, newest_first, starts_between, states_of
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
    first_until: datetime | None
    taken_by: str | None
    waiting: int


_COLUMNS = (
    Wish.id, Wish.kind, Wish.category, Wish.title, Wish.state, Wish.venue, Wish.public_place,
    Wish.starts_at, Wish.ends_at, Wish.headcount, Wish.places_taken, Wish.card_tools,
    Wish.community_id, Area.name.label("community_name"),
    Wish.first_until,
)  # fmt: skip
_TAKEN_BY = (
    select(Organisation.short_name)
    .join(Claim, Claim.organisation_id == Organisation.id)
    .where(Claim.wish_id == Wish.id, Claim.live, ~Claim.anonymous)
    .order_by(Claim.id)
    .limit(1)
    .correlate(Wish)
    .scalar_subquery()
)


def list_cards(
    chosen: Filter,
    *,
    at: datetime,
    after: Mark | None = None,
    limit: int = PAGE,
    reader_id: int | None = None,
) -> list[CardRow]:
    """One page of the wall, in one statement (one more for an area, one more for a search).

    `reader_id` says whose followed communities; a visitor follows none.
    """
    area = get_area(chosen.area_id) if chosen.area_id is not None else None
    found = find_words(chosen.words) if chosen.words else None
    opens, closes = starts_between(chosen.show, at, clock.zone())
    if after is not None and opens is not None and after.starts_at >= opens:
        opens = None  # the mark is the nearer bound: two would hide it from the index
    shape = _Shape(
        show=chosen.show,
        opens=opens is not None,
        closes=closes is not None,
        by_category=chosen.category is not None,
        items_only=chosen.items_only,
        area_kind=area.kind if area else None,
        after=after is not None,
        followed=chosen.followed,
    )
    values: dict[str, Any] = {
        "opens": opens,
        "closes": closes,
        "category": chosen.category,
        "most": limit,
        "now": at,
        "ahead": max(1, setting("SERIES_ON_BOARD")) - 1,
    }
    if chosen.followed:
        values["reader"] = reader_id or 0  # no person has this id
    if area is not None:
        values |= {"area_id": area.id, "below": area.path + "%"}
    if after is not None:
        values |= {"m_state": after.state, "m_start": after.starts_at, "m_id": after.id}
    query = _query(shape) if found is None else _build(shape, found)
    rows = db.session.execute(query, values)
    return [CardRow._make(row) for row in rows]


class _Shape(NamedTuple):
    """Which conditions a statement has; their values come when it runs."""

    show: Show
    opens: bool
    closes: bool
    by_category: bool
    items_only: bool
    area_kind: AreaKind | None
    after: bool
    followed: bool


@lru_cache(maxsize=256)
def _query(shape: _Shape) -> Select[Any]:
    return _build(shape, None)


def _build(shape: _Shape, found: Found | None) -> Select[Any]:
    where = _conditions(shape, found)
    taken_by: Any = _TAKEN_BY if shape.show in STATES else literal(None)
    counted = literal(0) if shape.after else _count(where)
    query = select(*_COLUMNS, taken_by.label("taken_by"), counted.label("waiting"))
    query = query.join(Area, Area.id == Wish.community_id).where(*where)
    return _page(query, shape).limit(bindparam("most", type_=Integer()))


def _conditions(shape: _Shape, found: Found | None) -> list[ColumnElement[bool]]:
    states = states_of(shape.show)
    state: ColumnElement[Any] = found.state() if found else Wish.state.expression
    where = [state == states[0] if len(states) == 1 else state.in_(states)]
    if shape.opens:
        where.append(Wish.starts_at > bindparam("opens", type_=UtcDateTime()))
    if shape.closes:
        where.append(Wish.starts_at < bindparam("closes", type_=UtcDateTime()))
    if shape.by_category:
        where.append(Wish.category == bindparam("category", type_=String()))
    if shape.show is Show.WAITING:
        where.append(_comes_next())
    if shape.items_only:
        where.append(Wish.kind == literal_column("'item'"))
    if shape.area_kind is not None:
        where.append(_in_area(shape.area_kind))
    if shape.followed:
        where.append(_is_followed())
    if found is not None:
        where.append(found.holds)
    return where


def _comes_next() -> ColumnElement[bool]:
    """Of a series only the next open days hang on the wall, else it would be flooded.

    A wish outside any series costs one look into an index.
    """
    mine, other = aliased(SeriesDay), aliased(SeriesDay)
    sooner = aliased(Wish)
    before = (
        select(other.id)
        .select_from(mine)
        .join(other, (other.series_id == mine.series_id) & (other.day < mine.day))
        .join(sooner, sooner.id == other.wish_id)
        .where(
            mine.wish_id == Wish.id,
            sooner.state == literal_column("'open'"),
            sooner.starts_at > bindparam("now", type_=UtcDateTime()),
        )
        .offset(bindparam("ahead", type_=Integer()))
        .limit(1)
        .correlate(Wish)
    )
    return ~before.exists()


def _in_area(kind: AreaKind) -> ColumnElement[bool]:
    area_id = bindparam("area_id", type_=BigInteger())
    if kind == AreaKind.COMMUNITY:
        return Wish.community_id == area_id
    if kind == AreaKind.GRID:
        return Wish.grid_id == area_id
    below = select(Area.id).where(Area.path.like(bindparam("below", type_=String())))
    return Wish.community_id.in_(below)


def _is_followed() -> ColumnElement[bool]:
    mine = CommunityFollow.user_id == bindparam("reader", type_=BigInteger())
    return Wish.community_id.in_(select(CommunityFollow.area_id).where(mine))


def _count(where: Sequence[ColumnElement[bool]]) -> ColumnElement[int]:
    some = select(Wish.id).where(*where).limit(MOST_COUNTED)
    return select(func.count()).select_from(some.correlate(None).subquery()).scalar_subquery()


def _page(query: Select[Any], shape: _Shape) -> Select[Any]:
    backwards = newest_first(shape.show)
    keys: list[Any] = [Wish.starts_at, Wish.id]
    last: list[Any] = [
        bindparam("m_start", type_=UtcDateTime()), bindparam("m_id", type_=BigInteger()),
    ]  # fmt: skip
    if len(states_of(shape.show)) > 1:
        keys.insert(0, Wish.state)
        last.insert(0, bindparam("m_state", type_=String()))
    if shape.after:
        left, right = tuple_(*keys), tuple_(*last)
        query = query.where(left < right if backwards else left > right)
    return query.order_by(*(key.desc() if backwards else key for key in keys))


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
