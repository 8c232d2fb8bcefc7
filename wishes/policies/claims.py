"""Whose claim it is."""

from __future__ import annotations

from accounts.policies import coordinates
from wishes.models import Claim
from wishes.refusals import ClaimNotFound


def may_change_claim(user_id: int, claim: Claim) -> bool:
    """The claimant's own claim, or one of a unit the person coordinates."""
    if claim.organisation_id is not None:
        return coordinates(user_id, claim.organisation_id)
    return claim.claimed_by_id == user_id


def ensure_may_change_claim(user_id: int, claim: Claim) -> None:
    """Raises ClaimNotFound (404) for somebody else's claim."""
    if not may_change_claim(user_id, claim):
        raise ClaimNotFound
