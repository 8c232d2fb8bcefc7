"""Which units are departments, and which have closed: noted by the street."""

from __future__ import annotations

from accounts.models import Organisation
from accounts.policies import is_operator, works_at
from accounts.queries.people import get_unit
from accounts.refusals import UnitNotFound
from accounts.rules import Role
from foundation import clock
from foundation.errands import errand


@errand
def mark_department(unit_id: int, *, actor_id: int, yes: bool) -> int:
    """Let a unit get referrals, or no more. Returns its id. Raises UnitNotFound."""
    unit = _get_theirs(unit_id, actor_id)
    unit.is_department = yes
    return unit.id


@errand
def close_unit(unit_id: int, *, actor_id: int, closed: bool) -> int:
    """Note that a unit has closed (or is open again): nothing new is sent to it.

    What it holds stays with it until it is answered or returned. Raises UnitNotFound.
    """
    unit = _get_theirs(unit_id, actor_id)
    unit.closed_at = clock.now() if closed else None
    return unit.id


def _get_theirs(unit_id: int, actor_id: int) -> Organisation:
    unit = get_unit(unit_id)
    above = works_at(actor_id, unit.home_area_id, [Role.SUPERVISOR])
    if not (above or is_operator(actor_id)):
        raise UnitNotFound
    return unit
