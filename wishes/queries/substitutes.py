"""Reads of offers to bring something else."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from foundation.db import db
from wishes.models import Claim, Substitute
from wishes.refusals import ClaimNotFound


def get_live_claim(claim_id: int) -> Claim:
    """A claim that stands. Raises ClaimNotFound."""
    query = select(Claim).where(Claim.id == claim_id, Claim.live)
    claim = db.session.scalars(query).one_or_none()
    if claim is None:
        raise ClaimNotFound
    return claim


def list_offers(claim_ids: Iterable[int]) -> dict[int, Substitute]:
    """The last offer on each of these claims."""
    query = select(Substitute).where(Substitute.claim_id.in_(list(claim_ids)))
    return {offer.claim_id: offer for offer in db.session.scalars(query.order_by(Substitute.id))}
