"""Reads of the rounds: how it stands with each resident, and counts that need no key."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.sql.elements import ColumnElement

from accounts.models import Area
from accounts.rules import AreaKind
from foundation import clock
from foundation.db import db
from wishes.models import Resident, RoundHelper, Visit
from wishes.queries.residents import lives_at
from wishes.rules.rounds import Outcome, Standing


def list_standings(desk: Area, *, today: date) -> list[Standing]:
    """Everybody at a desk who is to be visited: one statement, nothing opened."""
    return _list(lives_at(desk) & (Resident.visits_wanted > 0), today)


def list_my_standings(user_id: int, *, today: date) -> list[Standing]:
    """Those whom a volunteer was asked to look in at."""
    mine = select(RoundHelper.id).where(
        RoundHelper.user_id == user_id, RoundHelper.ended_at.is_(None)
    )
    return _list(Resident.helper_id.in_(mine) & Resident.erased_at.is_(None), today)


def _list(where: ColumnElement[bool], today: date) -> list[Standing]:
    met = Visit.outcome == Outcome.MET
    this_month = met & (Visit.on_day >= today.replace(day=1))
    missed = (Visit.outcome == Outcome.NOT_HOME) & (Visit.on_day == today)
    query = (
        select(
            Resident.id, Resident.visits_wanted,
            func.count(case((this_month, Visit.on_day)).distinct()), Resident.added_at,
            func.max(case((met, Visit.on_day))), func.count(case((missed, 1))),
        )
        .outerjoin(Visit, Visit.resident_id == Resident.id)
        .where(where)
        .group_by(Resident.id)
    )  # fmt: skip
    return [
        Standing(resident_id, wanted, met_days, clock.local_day(added_at), last, bool(missed_today))
        for resident_id, wanted, met_days, added_at, last, missed_today in db.session.execute(query)
    ]


class RoundCount(NamedTuple):
    """A place's month in numbers: cards, those to be visited, and 本月未走访 among them."""

    area_id: int
    name: str
    residents: int
    wanted: int
    unvisited: int


def count_unvisited(under: Area, *, today: date) -> list[RoundCount]:
    """The communities at or under an area: who was met by nobody in today's month.

    Counts only: no card is opened, so a street may ask.
    """
    inside = Area.path.startswith(under.path, autoescape=True)
    return _count(Resident.community_id, inside & (Area.kind == AreaKind.COMMUNITY), today)


def count_by_grid(community: Area, *, today: date) -> list[RoundCount]:
    """The same for the grids of one community."""
    here = (Area.parent_id == community.id) & (Area.kind == AreaKind.GRID)
    return _count(Resident.grid_id, here, today)


def _count(
    place: ColumnElement[int | None] | object, where: ColumnElement[bool], today: date
) -> list[RoundCount]:
    met = (
        select(Visit.id)
        .where(
            Visit.resident_id == Resident.id,
            Visit.outcome == Outcome.MET,
            Visit.on_day >= today.replace(day=1),
            Visit.on_day <= today,
        )
        .exists()
    )
    wanted = Resident.visits_wanted > 0
    query = (
        select(
            Area.id, Area.name, func.count(Resident.id), func.count(case((wanted, 1))),
            func.count(case((wanted & ~met, 1))),
        )
        .outerjoin(Resident, (place == Area.id) & Resident.erased_at.is_(None))
        .where(where)
        .group_by(Area.id, Area.name)
        .order_by(Area.name, Area.id)
    )  # fmt: skip
    return [RoundCount._make(row) for row in db.session.execute(query)]
