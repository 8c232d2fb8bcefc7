"""Reads of things on their way: who pledged, where each piece stands, what a unit gave."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from accounts.models import Organisation, User
from foundation.db import db
from wishes.models import Claim, ItemDelivery, Wish
from wishes.refusals.completion import DeliveryNotFound


class Pledged(NamedTuple):
    """One claim of pieces and how far they have come; times are UTC."""

    claim_id: int
    places: int
    giver: str
    unit: str | None
    delivery_id: int | None
    pieces: int | None
    received_at: datetime | None
    checked_at: datetime | None
    check_note: str | None
    handed_over_at: datetime | None
    receipt_id: int | None


def list_pledged(wish_id: int) -> list[Pledged]:
    """The live claims of an item wish with their deliveries, first claimed first."""
    query = (
        select(
            Claim.id, Claim.places, User.name, Organisation.short_name, ItemDelivery.id,
            ItemDelivery.pieces, ItemDelivery.received_at, ItemDelivery.checked_at,
            ItemDelivery.check_note, ItemDelivery.handed_over_at, ItemDelivery.receipt_id,
        )
        .join(User, User.id == Claim.claimed_by_id)
        .outerjoin(Organisation, Organisation.id == Claim.organisation_id)
        .outerjoin(ItemDelivery, ItemDelivery.claim_id == Claim.id)
        .where(Claim.wish_id == wish_id, Claim.live)
        .order_by(Claim.id)
    )  # fmt: skip
    return [Pledged._make(row) for row in db.session.execute(query)]


def find_delivery_of(claim_id: int) -> ItemDelivery | None:
    """The delivery of a claim, once something was received."""
    query = select(ItemDelivery).where(ItemDelivery.claim_id == claim_id)
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def get_delivery(delivery_id: int) -> ItemDelivery:
    """A delivery by id, as it stands now. Raises DeliveryNotFound."""
    delivery = db.session.get(ItemDelivery, delivery_id, populate_existing=True)
    if delivery is None:
        raise DeliveryNotFound
    return delivery


def is_all_handed_over(wish_id: int) -> bool:
    """Whether every live claim's pieces reached the resident and nothing is missing."""
    waiting = (
        select(func.count(Claim.id))
        .outerjoin(ItemDelivery, ItemDelivery.claim_id == Claim.id)
        .where(Claim.wish_id == wish_id, Claim.live, ItemDelivery.handed_over_at.is_(None))
    )
    full = select(Wish.places_taken == Wish.headcount).where(Wish.id == wish_id)
    return bool(db.session.execute(full).scalar_one()) and not db.session.scalar(waiting)
