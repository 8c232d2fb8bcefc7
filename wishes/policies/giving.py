"""Whose gift a claim is."""

from __future__ import annotations

from accounts.policies import ensure_coordinates
from wishes.models import Claim
from wishes.refusals import ClaimNotFound


def ensure_gives(user_id: int, claim: Claim) -> None:
    """Raises ClaimNotFound or UnitNotFound for anybody but the giver."""
    if claim.organisation_id is not None:
        ensure_coordinates(user_id, claim.organisation_id)
    elif claim.claimed_by_id != user_id:
        raise ClaimNotFound
