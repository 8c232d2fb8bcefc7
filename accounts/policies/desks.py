"""Who works where, coordinates which unit, keeps the installation."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from accounts.models import Area, Membership, User
from accounts.queries.areas import get_area
from accounts.refusals import AreaNotFound, NotStaffHere, OperatorOnly, UnitNotFound
from accounts.rules import AREA_ROLES, Role, is_under
from foundation.db import db

DESK_ROLES = frozenset({Role.COMMUNITY_WORKER, Role.SUPERVISOR})


def _areas_of(user_id: int, roles: Iterable[Role]) -> list[str]:
    query = (
        select(Area.path)
        .join(Membership, Membership.area_id == Area.id)
        .where(
            Membership.user_id == user_id,
            Membership.role.in_(list(roles)),
            Membership.ended_at.is_(None),
        )
    )
    return list(db.session.scalars(query))


def works_at(user_id: int, area_id: int | None, roles: Iterable[Role] = DESK_ROLES) -> bool:
    """Whether the person has one of these roles at the area or above it."""
    area = db.session.get(Area, area_id) if area_id else None
    return area is not None and any(is_under(area.path, root) for root in _areas_of(user_id, roles))


def has_post_at(user_id: int, area_id: int) -> bool:
    """Whether the person has a desk at exactly this area, not one above it.

    What one level sends to the next is taken by the next, never by a level that stands over both.
    """
    query = select(Membership.id).where(
        Membership.user_id == user_id,
        Membership.area_id == area_id,
        Membership.role.in_(list(DESK_ROLES)),
        Membership.ended_at.is_(None),
    )
    return db.session.execute(query.limit(1)).first() is not None


def is_staff_of(user_id: int, area_id: int | None) -> bool:
    """Whether the person works there in any role, grid workers included."""
    return works_at(user_id, area_id, AREA_ROLES)


def ensure_works_at(user_id: int, area_id: int, roles: Iterable[Role] = DESK_ROLES) -> None:
    """Raises NotStaffHere unless the person works there in one of these roles."""
    if not works_at(user_id, area_id, roles):
        raise NotStaffHere


def get_desk(user_id: int, area_id: int, roles: Iterable[Role] = DESK_ROLES) -> Area:
    """The area as this person's desk. Raises AreaNotFound (404) for anybody else."""
    if not works_at(user_id, area_id, roles):
        raise AreaNotFound
    return get_area(area_id)


def coordinates(user_id: int, organisation_id: int) -> bool:
    """Whether the person is a coordinator of the unit."""
    query = select(Membership.id).where(
        Membership.user_id == user_id,
        Membership.organisation_id == organisation_id,
        Membership.role == Role.COORDINATOR,
        Membership.ended_at.is_(None),
    )
    return db.session.execute(query.limit(1)).first() is not None


def ensure_coordinates(user_id: int, organisation_id: int) -> None:
    """Raises UnitNotFound (404) unless the person coordinates the unit."""
    if not coordinates(user_id, organisation_id):
        raise UnitNotFound


def is_operator(user_id: int) -> bool:
    """Whether the person keeps the installation: the area tree and the first invitations."""
    person = db.session.get(User, user_id)
    return person is not None and person.is_operator


def ensure_operator(user_id: int) -> None:
    """Raises OperatorOnly (404) for anybody else."""
    if not is_operator(user_id):
        raise OperatorOnly


def get_people_desk(user_id: int, area_id: int) -> Area:
    """The area whose people this person looks after: its desk's staff, or the operator.

    Raises AreaNotFound (404) for anybody else.
    """
    if is_operator(user_id):
        return get_area(area_id)
    return get_desk(user_id, area_id)
