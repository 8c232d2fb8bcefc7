"""Who coordinates a unit: two or more, and never nobody."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from accounts.models import Membership, Organisation
from accounts.policies import ensure_coordinates
from accounts.queries.people import get_person, list_colleague_ids, list_coordinator_ids
from accounts.refusals import LastCoordinator, NotJoinedYet
from accounts.rules import Role
from accounts.services.rosters import grant, lock_unit
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.outbox import tell
from foundation.refusal import N_


@errand
def appoint(organisation_id: int, *, actor_id: int, user_id: int) -> int:
    """Make a colleague one more coordinator. Returns their id.

    Raises UnitNotFound for a stranger, NotJoinedYet.
    """
    at = clock.now()
    unit = lock_unit(organisation_id)
    ensure_coordinates(actor_id, organisation_id)
    _appoint(unit, actor_id=actor_id, user_id=user_id, at=at)
    return user_id


@errand
def hand_over(organisation_id: int, *, actor_id: int, to_user_id: int) -> int:
    """Make a colleague coordinator and step down, in one go. Returns their id.

    Raises UnitNotFound for a stranger, NotJoinedYet, LastCoordinator (to oneself).
    """
    at = clock.now()
    unit = lock_unit(organisation_id)
    ensure_coordinates(actor_id, organisation_id)
    if to_user_id == actor_id:
        raise LastCoordinator
    _appoint(unit, actor_id=actor_id, user_id=to_user_id, at=at)
    _step_down(unit, actor_id=actor_id, at=at)
    return to_user_id


@errand
def step_down(organisation_id: int, *, actor_id: int) -> None:
    """Stop coordinating a unit that has another coordinator. Raises LastCoordinator."""
    at = clock.now()
    unit = lock_unit(organisation_id)
    ensure_coordinates(actor_id, organisation_id)
    _step_down(unit, actor_id=actor_id, at=at)


def _appoint(unit: Organisation, *, actor_id: int, user_id: int, at: datetime) -> None:
    if user_id in list_coordinator_ids(unit.id):
        return
    if user_id not in list_colleague_ids(unit.id):
        raise NotJoinedYet(name=get_person(user_id).name)
    grant(user_id, unit.id, Role.COORDINATOR, by_id=actor_id, at=at)
    db.session.flush()
    tell(
        [user_id],
        kind="appointed",
        subject=N_("您成为联络员：%(unit)s"),
        text=N_("%(by)s 请您担任“%(unit)s”的联络员，可以替单位认领心愿、安排同事。"),
        path=f"/unit/{unit.id}",
        params={"unit": unit.name, "by": get_person(actor_id).name},
    )


def _step_down(unit: Organisation, *, actor_id: int, at: datetime) -> None:
    others = [each for each in list_coordinator_ids(unit.id) if each != actor_id]
    if not others:
        raise LastCoordinator
    db.session.execute(
        update(Membership)
        .where(
            Membership.user_id == actor_id,
            Membership.organisation_id == unit.id,
            Membership.role == Role.COORDINATOR,
            Membership.ended_at.is_(None),
        )
        .values(ended_at=at)
    )
    tell(
        others,
        kind="stepped_down",
        subject=N_("联络员有变动：%(unit)s"),
        text=N_("%(by)s 不再担任“%(unit)s”的联络员。"),
        path=f"/unit/{unit.id}/coordinators",
        params={"unit": unit.name, "by": get_person(actor_id).name},
    )
