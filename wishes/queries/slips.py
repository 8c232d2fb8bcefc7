"""The live slip of a wish."""

from __future__ import annotations

from sqlalchemy import select

from foundation.db import db
from wishes.models import Slip


def find_live_slip(wish_id: int) -> Slip | None:
    """The slip whose codes still count, None before the first print."""
    query = select(Slip).where(Slip.wish_id == wish_id, Slip.live)
    return db.session.scalars(query).one_or_none()
