"""What a desk does about people: end a role, confirm an identity, take it back."""

from __future__ import annotations

from sqlalchemy import update

from accounts.models import Membership, User
from accounts.notices import tell_confirmed, tell_ended, tell_unconfirmed
from accounts.policies import ensure_may_give, ensure_works_at, may_take_back
from accounts.queries.areas import get_area
from accounts.queries.people import get_person, list_coordinator_ids
from accounts.refusals import (
    MembershipEnded,
    NotOnYourself,
    NotStaffHere,
    OnlyCoordinator,
    PersonNotFound,
)
from accounts.rules import Role, tidy
from accounts.services.rosters import lock_unit
from foundation import clock
from foundation.db import db
from foundation.errands import errand

REASON_LENGTH = 200


@errand
def end_membership(membership_id: int, *, actor_id: int, why: str) -> None:
    """End a role, with a reason the person is told. Whoever may give it may end it.

    Raises NotOnYourself, MayNotInvite, MembershipEnded, OnlyCoordinator.
    """
    membership = db.session.get(Membership, membership_id)
    if membership is None:
        raise PersonNotFound
    area, unit = membership.area, membership.organisation
    if membership.user_id == actor_id:
        raise NotOnYourself
    ensure_may_give(actor_id, Role(membership.role), area=area, unit=unit)
    if unit is not None:
        lock_unit(unit.id)
    reason = tidy(why)[:REASON_LENGTH]
    ended = db.session.execute(
        update(Membership)
        .where(Membership.id == membership_id, Membership.ended_at.is_(None))
        .values(ended_at=clock.now(), ended_by_id=actor_id, end_reason=reason)
    )
    if ended.rowcount != 1:  # type: ignore[attr-defined]  # CursorResult
        raise MembershipEnded
    if membership.role == Role.COORDINATOR and unit is not None:
        _ensure_coordinated(unit.id)
    place = area.name if area is not None else unit.name if unit is not None else ""
    tell_ended(membership.user_id, place=place, why=reason)


def _ensure_coordinated(organisation_id: int) -> None:
    if not list_coordinator_ids(organisation_id):
        raise OnlyCoordinator


@errand
def confirm_identity(user_id: int, *, actor_id: int, area_id: int) -> None:
    """Note that a worker of this area saw the person's identity card (身份已核对).

    The card's number is not stored. Raises NotOnYourself, NotStaffHere, PersonNotFound.
    """
    get_person(user_id)
    if user_id == actor_id:
        raise NotOnYourself
    ensure_works_at(actor_id, area_id)
    noted = db.session.execute(
        update(User)
        .where(User.id == user_id, User.confirmed_at.is_(None))
        .values(confirmed_at=clock.now(), confirmed_by_id=actor_id)
    )
    if noted.rowcount:  # type: ignore[attr-defined]  # CursorResult
        tell_confirmed(user_id, community=get_area(area_id).name)


@errand
def take_back_confirmation(user_id: int, *, actor_id: int, area_id: int) -> None:
    """Take a confirmation back. Raises NotOnYourself, NotStaffHere, PersonNotFound."""
    person = get_person(user_id)
    if user_id == actor_id:
        raise NotOnYourself
    if not may_take_back(actor_id, person, area_id=area_id):
        raise NotStaffHere
    person.confirmed_at = person.confirmed_by_id = None
    tell_unconfirmed(user_id, community=get_area(area_id).name)
