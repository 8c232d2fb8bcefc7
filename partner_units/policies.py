"""Whose desk a unit's pages are."""

from __future__ import annotations

from accounts.models import Organisation
from accounts.policies import ensure_coordinates
from accounts.queries.people import get_unit


def get_unit_desk(user_id: int, organisation_id: int) -> Organisation:
    """The unit as this person's desk. Raises UnitNotFound (404) for anybody else."""
    ensure_coordinates(user_id, organisation_id)
    return get_unit(organisation_id)
