"""Whether the ids of one address belong together: a path that mixes them is not there.

Only by what never changes, so that a repeated form still gets its first answer.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from foundation.db import db
from foundation.refusal import NotFound
from wishes.models import Claim, ItemDelivery, Place, ToolPledge
from wishes.refusals import ClaimNotFound
from wishes.refusals.completion import DeliveryNotFound


def ensure_claim_on(wish_id: int, claim_id: int) -> None:
    """Raises ClaimNotFound for a claim, ended or not, that is on another wish."""
    _ensure(select(Claim.id).where(Claim.id == claim_id, Claim.wish_id == wish_id), ClaimNotFound)


def ensure_delivery_of(claim_id: int, delivery_id: int) -> None:
    """Raises DeliveryNotFound for the things of another claim."""
    query = select(ItemDelivery.id).where(
        ItemDelivery.id == delivery_id, ItemDelivery.claim_id == claim_id
    )
    _ensure(query, DeliveryNotFound)


def ensure_place_of(claim_id: int, place_id: int) -> None:
    """Raises ClaimNotFound for a place, freed or not, of another claim."""
    _ensure(select(Place.id).where(Place.id == place_id, Place.claim_id == claim_id), ClaimNotFound)


def ensure_pledge_on(wish_id: int, pledge_id: int) -> None:
    """Raises ClaimNotFound for a tool that was promised for another wish."""
    query = (
        select(ToolPledge.id)
        .join(Claim, Claim.id == ToolPledge.claim_id)
        .where(ToolPledge.id == pledge_id, Claim.wish_id == wish_id)
    )
    _ensure(query, ClaimNotFound)


def _ensure(query: Select[Any], refusal: type[NotFound]) -> None:
    if db.session.execute(query).first() is None:
        raise refusal
