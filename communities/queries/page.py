"""What the community's own page shows: numbers, units, figures of the month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from accounts.models import Agreement, Area, Organisation
from accounts.rules import AreaKind
from communities.models import UsefulNumber
from foundation.db import db
from love_bank.queries import sum_issued
from wishes.models import Attendance, Wish
from wishes.rules.life import WishState


@dataclass(frozen=True)
class Figures:
    """A community's month: wishes done, people who served, minutes recorded."""

    done: int
    people: int
    minutes: int


def get_figures(area: Area, *, since: datetime, until: datetime) -> Figures:
    """What was verified in [since, until)."""
    verified = (
        Wish.community_id == area.id,
        Wish.state == WishState.VERIFIED,
        Wish.closed_at >= since,
        Wish.closed_at < until,
    )
    done = select(func.count()).select_from(Wish).where(*verified)
    people = (
        select(func.count(Attendance.user_id.distinct()))
        .join(Wish, Wish.id == Attendance.wish_id)
        .where(*verified, Attendance.arrived_at.is_not(None))
    )
    minutes = sum_issued(area.book_id, since=since, until=until) if area.book_id else 0
    return Figures(
        done=db.session.execute(done).scalar_one(),
        people=db.session.execute(people).scalar_one(),
        minutes=minutes,
    )


def list_numbers(area_id: int) -> list[UsefulNumber]:
    """The useful numbers in their order."""
    query = select(UsefulNumber).where(UsefulNumber.area_id == area_id)
    return list(db.session.scalars(query.order_by(UsefulNumber.position, UsefulNumber.id)))


def list_partners(area_id: int) -> list[str]:
    """The names of the units that work together with the community."""
    query = select(Organisation.name).join(Agreement, Agreement.organisation_id == Organisation.id)
    return list(
        db.session.scalars(query.where(Agreement.area_id == area_id).order_by(Agreement.id))
    )


@dataclass(frozen=True)
class Neighbourhood:
    """A street and its communities, each with how many wishes wait for people."""

    name: str
    communities: list[tuple[int, str, int]]


def list_neighbourhoods() -> list[Neighbourhood]:
    """Every street with its communities, by name."""
    street = select(Area.id, Area.name).subquery()
    waiting = (
        select(Wish.community_id, func.count().label("n"))
        .where(Wish.state == WishState.OPEN)
        .group_by(Wish.community_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Area.id, Area.name, street.c.name, func.coalesce(waiting.c.n, 0))
        .outerjoin(street, street.c.id == Area.parent_id)
        .outerjoin(waiting, waiting.c.community_id == Area.id)
        .where(Area.kind == AreaKind.COMMUNITY)
        .order_by(street.c.name, Area.name, Area.id)
    )
    found: dict[str, list[tuple[int, str, int]]] = {}
    for area_id, name, street_name, number in rows:
        found.setdefault(street_name or "", []).append((area_id, name, number))
    return [Neighbourhood(name, communities) for name, communities in found.items()]
