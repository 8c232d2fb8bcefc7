"""Who may give and end roles, and what a desk may do about a person."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import Agreement, Area, Membership, Organisation, User
from accounts.policies.desks import coordinates, is_operator, works_at
from accounts.queries.areas import list_below
from accounts.queries.staff import list_units_at
from accounts.refusals import MayNotInvite, RoleNotHere
from accounts.rules import AREA_ROLES, ROLE_AT, Role
from foundation.db import db


def may_give(user_id: int, role: Role, *, area: Area | None, unit: Organisation | None) -> bool:
    """Whether the person may give, and end, this role at this area or unit.

    A supervisor gives every role below them, a community worker those of the own community and
    the coordinators of its units, a coordinator those of the own unit, the operator any.
    """
    if is_operator(user_id):
        return True
    if unit is not None:
        return role is Role.COORDINATOR and (
            coordinates(user_id, unit.id) or looks_after_unit(user_id, unit)
        )
    if area is None:
        return False
    if role is Role.SUPERVISOR:
        return area.parent_id is not None and works_at(user_id, area.parent_id, [Role.SUPERVISOR])
    return works_at(user_id, area.id)


def looks_after_unit(user_id: int, unit: Organisation) -> bool:
    """Whether the unit sits in, or works with, a community of this person's desk."""
    query = select(Agreement.area_id).where(Agreement.organisation_id == unit.id)
    communities = {unit.home_area_id, *db.session.scalars(query)}
    return any(works_at(user_id, each) for each in communities)


def ensure_may_give(
    user_id: int, role: Role, *, area: Area | None, unit: Organisation | None
) -> None:
    """Raises RoleNotHere (the role does not exist there) or MayNotInvite."""
    if area is not None and area.kind not in ROLE_AT.get(role, frozenset()):
        raise RoleNotHere
    if unit is not None and role is not Role.COORDINATOR:
        raise RoleNotHere
    if not may_give(user_id, role, area=area, unit=unit):
        raise MayNotInvite


def may_confirm(user_id: int, person: User, *, area_id: int) -> bool:
    """Whether this worker may note that they saw the person's identity card; never their own."""
    return person.id != user_id and works_at(user_id, area_id)


def may_take_back(user_id: int, person: User, *, area_id: int) -> bool:
    """Whether this worker may take a confirmation back: own home area, or own desk's deed."""
    if not may_confirm(user_id, person, area_id=area_id) or person.confirmed_by_id is None:
        return False
    ours = works_at(person.confirmed_by_id, area_id, AREA_ROLES)
    return ours or works_at(user_id, person.home_area_id)


def list_posts(user_id: int, area: Area) -> list[tuple[Role, Area | Organisation]]:
    """What this person may give at this area, directly below it, and at units that sit here."""
    posts: list[tuple[Role, Area | Organisation]] = [
        (role, place)
        for place in (area, *list_below(area.id))
        for role, kinds in ROLE_AT.items()
        if place.kind in kinds and may_give(user_id, role, area=place, unit=None)
    ]
    posts.extend(
        (Role.COORDINATOR, unit)
        for unit, _count in list_units_at(area)
        if may_give(user_id, Role.COORDINATOR, area=None, unit=unit)
    )
    return posts


def may_hand_reset(user_id: int, person: User, *, area_id: int) -> bool:
    """Whether this worker may hand a neighbour of theirs a link to a new password.

    Never to staff, coordinators or the operator: who acts for others is reset by mail only.
    """
    held = select(Membership.id).where(
        Membership.user_id == person.id,
        Membership.role != Role.COLLEAGUE,
        Membership.ended_at.is_(None),
    )
    acts_for_others = db.session.execute(held.limit(1)).first() is not None
    if person.id == user_id or person.is_operator or acts_for_others:
        return False
    return works_at(user_id, area_id) and works_at(user_id, person.home_area_id)
