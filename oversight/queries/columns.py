"""The street's numbers: one statement a column, however many communities; and the lists behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from accounts.models import Area, User
from accounts.rules import AreaKind
from foundation.db import db
from oversight.queries import conditions
from oversight.rules.columns import Column, Tally
from wishes.models import Ask, Leg, Place, Referral, Resident, Visit, Wish
from wishes.queries.overdue import Late
from wishes.rules.lateness import Kind
from wishes.rules.rounds import Outcome

MOST = 200  # lines of one list

Person = tuple[str, str | None]  # name, phone


class Row(NamedTuple):
    """One thing behind a number. `whys` are 1 or 0 for each doubt of the hours."""

    kind: Kind | None  # None: a resident's card
    id: int
    title: str
    community_id: int
    community_name: str
    grid_name: str | None
    since: datetime | date | None
    people: tuple[Person, ...] = ()
    whys: tuple[int, ...] = ()


def count_columns(area: Area, late: Iterable[Late], *, at: datetime) -> dict[Column, list[Tally]]:
    """Every column at or under an area, by community and grid; `late` is the overdue list."""
    asks: tuple[Any, Any] = (Ask.community_id, Ask.grid_id)
    wishes: tuple[Any, Any] = (Wish.community_id, Wish.grid_id)
    cards: tuple[Any, Any] = (Resident.community_id, Resident.grid_id)
    overdue = Counter((row.community_id, row.grid_id) for row in late)
    return {
        Column.WAITING: _count(area, asks, conditions.waits_for_acceptance(at)),
        Column.UNCLAIMED: _count(area, wishes, conditions.waits_for_people(at)),
        Column.OVERDUE: [Tally(*place, number) for place, number in overdue.items()],
        Column.UNVERIFIED: _count(area, wishes, conditions.waits_for_verification(at)),
        Column.UNHAPPY: _count(area, asks, conditions.is_unhappy()),
        Column.UNVISITED: _count(area, cards, conditions.is_unvisited(at)),
        Column.DOUBTFUL: _count(area, wishes, conditions.is_doubtful(at)),
        Column.TO_COORDINATE: _count_held(area),
    }


def _count(area: Area, places: tuple[Any, Any], where: ColumnElement[bool]) -> list[Tally]:
    community, grid = places
    query = (
        select(community, grid, func.count())
        .join(Area, Area.id == community)
        .where(_inside(area, grid), where)
        .group_by(community, grid)
    )
    return [Tally(*row) for row in db.session.execute(query)]


def _count_held(area: Area) -> list[Tally]:
    grid = func.coalesce(Ask.grid_id, Wish.grid_id)
    query = _held(select(Referral.community_id, grid, func.count(Leg.id)), area)
    return [Tally(*row) for row in db.session.execute(query.group_by(Referral.community_id, grid))]


def _held(query: Any, area: Area) -> Any:
    """The hand-overs that a level has in hand, with what they are about."""
    return (
        query.select_from(Leg)
        .join(Referral, Referral.id == Leg.referral_id)
        .join(Area, Area.id == Referral.community_id)
        .outerjoin(Ask, Ask.id == Referral.ask_id)
        .outerjoin(Wish, Wish.id == Referral.wish_id)
        .where(
            _inside(area, func.coalesce(Ask.grid_id, Wish.grid_id)), conditions.waits_for_a_level()
        )
    )


def _inside(area: Area, grid: Any) -> ColumnElement[bool]:
    if area.kind == AreaKind.GRID:
        return grid == area.id  # type: ignore[no-any-return]  # a column of one of several models
    return Area.path.startswith(area.path, autoescape=True)


def list_column(column: Column, area: Area, *, at: datetime) -> list[Row]:
    """What stands behind a number, the oldest first; OVERDUE has its own list."""
    match column:
        case Column.WAITING:
            return _list_asks(area, conditions.waits_for_acceptance(at), conditions.ask_began())
        case Column.UNHAPPY:
            return _list_asks(area, conditions.is_unhappy(), conditions.ask_began())
        case Column.UNCLAIMED:
            return _list_wishes(area, conditions.waits_for_people(at), conditions.opened_at())
        case Column.UNVERIFIED:
            where = conditions.waits_for_verification(at)
            return _list_wishes(area, where, conditions.reported_at())
        case Column.DOUBTFUL:
            return _list_wishes(area, conditions.is_doubtful(at), conditions.reported_at())
        case Column.UNVISITED:
            return _list_cards(area, at)
        case _:
            return _list_held(area)


def rows_of_late(late: Iterable[Late], place: Area) -> list[Row]:
    """The overdue things of a place as rows of its list."""
    grid = place.id if place.kind == AreaKind.GRID else None
    return [
        Row(row.kind, row.id, row.title, row.community_id, row.community_name, None, row.since)
        for row in late
        if grid in (None, row.grid_id)
    ]


def _list_asks(area: Area, where: ColumnElement[bool], since: Any) -> list[Row]:
    began = since.label("began")
    query = (
        select(Ask.id, Ask.title, Ask.community_id, Area.name, began, User.name, User.phone)
        .join(Area, Area.id == Ask.community_id)
        .outerjoin(User, User.id == Ask.asked_by_id)
        .where(_inside(area, Ask.grid_id), where)
        .order_by(began, Ask.id)
        .limit(MOST)
    )
    return [
        Row(Kind.ASK, number, title, community_id, community, None, at,
            ((name, phone),) if name else ())
        for number, title, community_id, community, at, name, phone in db.session.execute(query)
    ]  # fmt: skip


def _list_wishes(area: Area, where: ColumnElement[bool], since: Any) -> list[Row]:
    began = since.label("began")
    whys = [conditions.truth(doubt) for doubt in conditions.doubts()]
    query = (
        select(Wish.id, Wish.title, Wish.community_id, Area.name, began, *whys)
        .join(Area, Area.id == Wish.community_id)
        .where(_inside(area, Wish.grid_id), where)
        .order_by(began, Wish.id)
        .limit(MOST)
    )
    rows = db.session.execute(query).all()
    people = _list_people([row[0] for row in rows])
    return [
        Row(Kind.WISH, row[0], row[1], row[2], row[3], None, row[4],
            tuple(people.get(row[0], ())), tuple(row[5:]))
        for row in rows
    ]  # fmt: skip


def _list_people(wish_ids: list[int]) -> dict[int, list[Person]]:
    query = (
        select(Place.wish_id, User.name, User.phone)
        .join(User, User.id == Place.user_id)
        .where(Place.wish_id.in_(wish_ids), Place.live)
        .order_by(Place.id)
    )
    found: dict[int, list[Person]] = {}
    for wish_id, name, phone in db.session.execute(query):
        found.setdefault(wish_id, []).append((name, phone))
    return found


def _list_held(area: Area) -> list[Row]:
    columns = (
        Referral.id, func.coalesce(Ask.title, Wish.title), Referral.community_id, Area.name,
        Leg.since,
    )  # fmt: skip
    query = _held(select(*columns), area).order_by(Leg.since, Leg.id).limit(MOST)
    return [
        Row(Kind.REFERRAL, number, title, community_id, community, None, since)
        for number, title, community_id, community, since in db.session.execute(query)
    ]


def _list_cards(area: Area, at: datetime) -> list[Row]:
    """Numbers of cards and when each was met last: nothing sealed is opened."""
    last = select(func.max(Visit.on_day)).where(
        Visit.resident_id == Resident.id, Visit.outcome == Outcome.MET
    )
    home = aliased(Area)
    grid = select(home.name).where(home.id == Resident.grid_id).correlate(Resident)
    query = (
        select(
            Resident.id, Resident.community_id, Area.name,
            grid.scalar_subquery(), last.correlate(Resident).scalar_subquery(),
        )
        .join(Area, Area.id == Resident.community_id)
        .where(_inside(area, Resident.grid_id), conditions.is_unvisited(at))
        .order_by(Area.name, Resident.grid_id, Resident.id)
        .limit(MOST)
    )  # fmt: skip
    return [
        Row(None, number, "", community_id, community, grid_name, met)
        for number, community_id, community, grid_name, met in db.session.execute(query)
    ]
