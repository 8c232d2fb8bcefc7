"""Reads for the page of an area's people: staff, units, volunteers to confirm."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from accounts.models import Area, Membership, Organisation, User
from accounts.queries.people import find_by_contact, find_by_number
from accounts.refusals import PersonNotFound
from accounts.rules import Role, find_contact
from foundation.db import db

WAITING_SHOWN = 50


def list_staff(area: Area) -> list[Membership]:
    """Live roles at this area and directly below it, the area's own first."""
    query = (
        select(Membership)
        .join(Area, Area.id == Membership.area_id)
        .where(Membership.ended_at.is_(None), (Area.id == area.id) | (Area.parent_id == area.id))
        .options(joinedload(Membership.user), joinedload(Membership.area))
    )
    order = (Area.id != area.id, Area.name, Membership.since, Membership.id)
    return list(db.session.scalars(query.order_by(*order)))


def list_units_at(area: Area) -> list[tuple[Organisation, int]]:
    """Units that sit at or under this area, each with its number of coordinators."""
    live = aliased(Membership)
    coordinators = (
        select(func.count())
        .where(
            live.organisation_id == Organisation.id,
            live.role == Role.COORDINATOR,
            live.ended_at.is_(None),
        )
        .scalar_subquery()
    )
    below = select(Area.id).where(Area.path.startswith(area.path, autoescape=True))
    query = select(Organisation, coordinators).where(Organisation.home_area_id.in_(below))
    rows = db.session.execute(query.order_by(Organisation.name))
    return [(unit, count) for unit, count in rows]


def list_units() -> list[Organisation]:
    """Every partner unit, by name."""
    return list(db.session.scalars(select(Organisation).order_by(Organisation.name)))


class Waiting(NamedTuple):
    """People whose identity nobody has seen yet: the newest, and how many there are."""

    people: list[User]
    total: int


def list_unconfirmed(area: Area, *, but: int) -> Waiting:
    """Volunteers at home in this area who wait for a look at their card; `but` is who looks."""
    below = select(Area.id).where(Area.path.startswith(area.path, autoescape=True))
    mine = (User.home_area_id.in_(below), User.confirmed_at.is_(None), User.id != but)
    total = db.session.execute(select(func.count()).select_from(User).where(*mine)).scalar_one()
    query = select(User).where(*mine).order_by(User.id.desc()).limit(WAITING_SHOWN)
    return Waiting(list(db.session.scalars(query)), total)


def find_person_by(text: str) -> User | None:
    """A person by volunteer number or phone, as they say it at the counter: never by name."""
    digits = "".join(letter for letter in text if letter.isdecimal())
    if len(digits) == 12:
        found = find_by_number(digits)
        if found is not None:
            return found
    contact = find_contact(text)
    return find_by_contact(contact) if contact else None


def get_membership(membership_id: int) -> Membership:
    """A live membership by id. Raises PersonNotFound."""
    membership = db.session.get(Membership, membership_id)
    if membership is None or membership.ended_at is not None:
        raise PersonNotFound
    return membership
