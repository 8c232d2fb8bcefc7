"""Offers of a place to somebody else."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from accounts.models import User
from accounts.queries.people import find_by_number, find_by_phone
from foundation.db import db
from foundation.phones import find_phone
from wishes.models import StandIn
from wishes.refusals.changes import StandInNotFound
from wishes.rules.standing_in import StandInState


def find_who(typed: str) -> User | None:
    """A person by phone or volunteer number, None when nobody has it."""
    phone = find_phone(typed)
    return (find_by_phone(phone) if phone else None) or find_by_number(typed)


def find_open_offer(place_id: int) -> StandIn | None:
    """The offer of a place that waits for its answer."""
    return db.session.scalars(
        select(StandIn).where(StandIn.place_id == place_id, StandIn.state == StandInState.ASKED)
    ).one_or_none()


def get_offer_to(stand_in_id: int, user_id: int) -> StandIn:
    """An offer to this person. Raises StandInNotFound for anybody else's."""
    offer = db.session.get(StandIn, stand_in_id)
    if offer is None or offer.asked_id != user_id:
        raise StandInNotFound
    return offer


def get_offer_of(stand_in_id: int, user_id: int) -> StandIn:
    """An offer by this person. Raises StandInNotFound for anybody else's."""
    offer = db.session.get(StandIn, stand_in_id)
    if offer is None or offer.asked_by_id != user_id:
        raise StandInNotFound
    return offer


def lock_offer(stand_in_id: int) -> StandIn:
    """An offer as it stands now, locked until the errand ends."""
    query = select(StandIn).where(StandIn.id == stand_in_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def count_asked(user_id: int, *, since: datetime) -> int:
    """How many times the person asked somebody since then."""
    query = select(func.count()).where(StandIn.asked_by_id == user_id, StandIn.asked_at >= since)
    return db.session.execute(query).scalar_one()
