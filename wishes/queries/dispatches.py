"""Reads of invitations: for who was asked, for who asked, for the clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, func, or_, select

from accounts.models import Area, Organisation, User
from foundation.db import db
from wishes.models import Claim, Dispatch, Place, Wish
from wishes.refusals.dispatch import DispatchNotFound
from wishes.rules.dispatch import ASKABLE, DispatchState
from wishes.rules.life import WishState

WAITING = DispatchState.WAITING


class AskedLine(NamedTuple):
    """One invitation as a list shows it; times are UTC."""

    id: int
    state: DispatchState
    wish_id: int
    title: str
    wish_state: WishState
    starts_at: datetime | None
    ends_at: datetime | None
    community_id: int
    community_name: str
    places: int
    asked_at: datetime
    lapses_at: datetime
    answered_at: datetime | None
    reason: str | None
    unit_name: str | None
    person_name: str | None
    claim_id: int | None

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is wanted."""
        return self.state == WAITING


def _lines() -> Any:
    return (
        select(
            Dispatch.id, Dispatch.state, Wish.id, Wish.title, Wish.state, Wish.starts_at,
            Wish.ends_at, Wish.community_id, Area.name, Dispatch.places, Dispatch.asked_at,
            Dispatch.lapses_at, Dispatch.answered_at, Dispatch.reason, Organisation.short_name,
            User.name, Dispatch.claim_id,
        )
        .join(Wish, Wish.id == Dispatch.wish_id)
        .join(Area, Area.id == Wish.community_id)
        .outerjoin(Organisation, Organisation.id == Dispatch.organisation_id)
        .outerjoin(User, User.id == Dispatch.user_id)
        .order_by(Dispatch.state != WAITING, Dispatch.id.desc())
    )  # fmt: skip


def _read(query: Any, limit: int) -> list[AskedLine]:
    return [AskedLine._make(row) for row in db.session.execute(query.limit(limit))]


def list_for_unit(organisation_id: int, *, limit: int = 60) -> list[AskedLine]:
    """What a unit was asked, what waits first."""
    return _read(_lines().where(Dispatch.organisation_id == organisation_id), limit)


def list_for_person(
    user_id: int, *, waiting_only: bool = False, limit: int = 60
) -> list[AskedLine]:
    """What a person was asked, what waits first."""
    query = _lines().where(Dispatch.user_id == user_id)
    return _read(query.where(Dispatch.state == WAITING) if waiting_only else query, limit)


def list_for_wish(wish_id: int) -> list[AskedLine]:
    """Everybody who was asked about a wish."""
    return _read(_lines().where(Dispatch.wish_id == wish_id), 60)


def list_for_community(community_id: int, *, limit: int = 40) -> list[AskedLine]:
    """What a community asked, what waits first."""
    return _read(_lines().where(Wish.community_id == community_id), limit)


def count_waiting_for_unit(organisation_id: int) -> int:
    """How many invitations a unit has to answer."""
    query = select(func.count()).where(
        Dispatch.organisation_id == organisation_id, Dispatch.state == WAITING
    )
    return db.session.execute(query).scalar_one()


def find_wish_id(dispatch_id: int) -> int:
    """The wish an invitation is about. Raises DispatchNotFound."""
    query = select(Dispatch.wish_id).where(Dispatch.id == dispatch_id)
    wish_id = db.session.execute(query).scalar_one_or_none()
    if wish_id is None:
        raise DispatchNotFound
    return wish_id


def get_dispatch(dispatch_id: int) -> Dispatch:
    """An invitation by id. Raises DispatchNotFound."""
    asked = db.session.get(Dispatch, dispatch_id)
    if asked is None:
        raise DispatchNotFound
    return asked


def lock_dispatch(dispatch_id: int) -> Dispatch:
    """An invitation as it stands now, locked until the errand ends; lock its wish before.

    Raises DispatchNotFound.
    """
    query = select(Dispatch).where(Dispatch.id == dispatch_id).with_for_update(key_share=True)
    asked = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if asked is None:
        raise DispatchNotFound
    return asked


def list_waiting(wish_id: int) -> list[Dispatch]:
    """The waiting invitations of a wish, locked in the order of their ids."""
    query = select(Dispatch).where(Dispatch.wish_id == wish_id, Dispatch.state == WAITING)
    locked = query.order_by(Dispatch.id).with_for_update(key_share=True)
    return list(db.session.scalars(locked.execution_options(populate_existing=True)))


def list_due_ends(at: datetime) -> list[int]:
    """Ids of the waiting invitations whose time is over or whose wish needs nobody any more."""
    query = (
        select(Dispatch.id)
        .join(Wish, Wish.id == Dispatch.wish_id)
        .where(
            Dispatch.state == WAITING,
            or_(Dispatch.lapses_at <= at, Wish.state.not_in(list(ASKABLE))),
        )
        .order_by(Dispatch.id)
    )
    return list(db.session.scalars(query))


def is_on_wish(wish_id: int, *, organisation_id: int | None, user_id: int | None) -> bool:
    """Whether the unit holds a claim, or the person a place or a claim, on the wish."""
    held: Any = select(Claim.id).where(Claim.wish_id == wish_id, Claim.live)
    if organisation_id is not None:
        held = held.where(Claim.organisation_id == organisation_id)
        return db.session.execute(held.limit(1)).first() is not None
    own = and_(Claim.claimed_by_id == user_id, Claim.organisation_id.is_(None))
    seat = select(Place.id).where(Place.wish_id == wish_id, Place.user_id == user_id, Place.live)
    return any(db.session.execute(each.limit(1)).first() for each in (held.where(own), seat))
