"""Open wishes that a unit could take next."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, case, literal, select

from accounts.models import Agreement, Area, Organisation
from accounts.queries.areas import get_area
from foundation.db import db
from wishes.models import Claim, Wish
from wishes.rules.kinds import WishKind
from wishes.rules.life import WishState


class NearWish(NamedTuple):
    """An open wish; an item counts pieces, times are UTC."""

    wish_id: int
    kind: WishKind
    title: str
    starts_at: datetime
    ends_at: datetime
    community_name: str
    public_place: str
    left: int


def list_near_unit(unit: Organisation, *, at: datetime, limit: int = 6) -> list[NearWish]:
    """Open wishes the unit holds no claim on: communities with an agreement first, then its own
    surroundings, then everywhere; the soonest first."""
    agreed = select(Agreement.area_id).where(Agreement.organisation_id == unit.id)
    held = select(Claim.wish_id).where(Claim.organisation_id == unit.id, Claim.live)
    near: ColumnElement[bool] = literal(False)
    if unit.home_area_id is not None:
        near = Area.path.startswith(_surroundings(unit.home_area_id), autoescape=True)
    rank = case((Wish.community_id.in_(agreed), 0), (near, 1), else_=2)
    query = (
        select(
            Wish.id, Wish.kind, Wish.title, Wish.starts_at, Wish.ends_at, Area.name,
            Wish.public_place, Wish.headcount - Wish.places_taken,
        )
        .join(Area, Area.id == Wish.community_id)
        .where(Wish.state == WishState.OPEN, Wish.starts_at > at, Wish.id.not_in(held))
        .order_by(rank, Wish.starts_at, Wish.id)
        .limit(limit)
    )  # fmt: skip
    return [NearWish._make(row) for row in db.session.execute(query)]


def _surroundings(area_id: int) -> str:
    """The street a unit's area lies in; for a street or a city, itself."""
    parts = get_area(area_id).path.strip("/").split("/")
    return "/" + "/".join(parts[: max(1, len(parts) - 1)]) + "/"
