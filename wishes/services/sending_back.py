"""An item that must be handed over again keeps its receipt and check."""

from __future__ import annotations

from sqlalchemy import update

from foundation.db import db
from wishes.models import ItemDelivery


def take_deliveries_back(wish_id: int) -> None:
    """Undo the hand-over of a wish's items, inside the errand that is open."""
    db.session.execute(
        update(ItemDelivery)
        .where(ItemDelivery.wish_id == wish_id)
        .values(handed_over_at=None, handed_over_by_id=None, receipt_id=None)
    )
