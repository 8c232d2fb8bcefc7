"""What the clock has brought due."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select

from foundation.db import db
from wishes.models import Claim, Place, Wish
from wishes.rules.kinds import WishKind
from wishes.rules.life import WishState
from wishes.rules.releasing import release_at


def count_named(claim_id: int) -> int:
    """How many people are named on a claim."""
    query = select(func.count()).where(Place.claim_id == claim_id, Place.live)
    return db.session.execute(query).scalar_one()


def list_due_releases(at: datetime, *, before: timedelta) -> list[int]:
    """Ids of the unit claims whose unnamed places are due, soonest start first."""
    named = (
        select(func.count(Place.id))
        .where(Place.claim_id == Claim.id, Place.live)
        .correlate(Claim)
        .scalar_subquery()
    )
    query = (
        select(Claim.id, Claim.claimed_at, Wish.starts_at)
        .join(Wish, Wish.id == Claim.wish_id)
        .where(
            Wish.kind == WishKind.SERVICE,
            Wish.state.in_([WishState.OPEN, WishState.FILLED]),
            Wish.starts_at > at,
            Wish.starts_at <= at + before,
            Claim.live,
            Claim.organisation_id.is_not(None),
            Claim.places > named,
        )
        .order_by(Wish.starts_at, Claim.id)
    )
    return [
        claim_id
        for claim_id, claimed_at, starts_at in db.session.execute(query)
        if starts_at and release_at(starts_at, claimed_at, before=before) <= at
    ]


def expired_by(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions of an open wish whose end has passed without anybody taking it."""
    claimed: Any = exists().where(Claim.wish_id == Wish.id, Claim.live)
    return (
        Wish.state == WishState.OPEN,
        Wish.ends_at <= at,
        Wish.places_taken == 0,
        ~claimed,
    )


def list_expired(at: datetime) -> list[int]:
    """Ids of the wishes that ran out, oldest end first."""
    return list(db.session.scalars(select(Wish.id).where(*expired_by(at)).order_by(Wish.ends_at)))
