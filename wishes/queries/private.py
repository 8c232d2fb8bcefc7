"""Reads of private details and of who looked at them; opening them is the services'."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from foundation.db import db
from wishes.models import PrivateDetails, PrivateLook


def find_details(*, ask_id: int | None = None, wish_id: int | None = None) -> PrivateDetails | None:
    """The private row of an ask or a wish."""
    query = select(PrivateDetails)
    if wish_id is not None:
        query = query.where(PrivateDetails.wish_id == wish_id)
    else:
        query = query.where(PrivateDetails.ask_id == ask_id)
    return db.session.scalars(query).one_or_none()


def list_details(ask_ids: Iterable[int]) -> list[PrivateDetails]:
    """The private rows of several asks that have a phone."""
    query = select(PrivateDetails).where(
        PrivateDetails.ask_id.in_(list(ask_ids)), PrivateDetails.phone.is_not(None)
    )
    return list(db.session.scalars(query))


def list_looked_at(details_ids: Iterable[int], user_id: int, *, since: datetime) -> set[int]:
    """Which of these rows the person has opened since then."""
    query = select(PrivateLook.details_id).where(
        PrivateLook.details_id.in_(list(details_ids)),
        PrivateLook.user_id == user_id,
        PrivateLook.at >= since,
    )
    return set(db.session.scalars(query))


def list_looks(wish_id: int, *, limit: int = 20) -> list[PrivateLook]:
    """Who looked at a wish's details, latest first."""
    query = (
        select(PrivateLook)
        .join(PrivateDetails, PrivateDetails.id == PrivateLook.details_id)
        .where(PrivateDetails.wish_id == wish_id)
    )
    return list(db.session.scalars(query.order_by(PrivateLook.id.desc()).limit(limit)))
