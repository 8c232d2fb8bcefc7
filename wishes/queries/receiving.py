"""The receiving list of a delivery point: who brings what, and where each thing stands."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from accounts.models import Area, Organisation, User
from foundation.db import db
from wishes.models import CampaignWish, Claim, ItemDelivery, Substitute, Wish
from wishes.rules.life import WishState

PAGE = 100
UNDER_WAY = (WishState.OPEN, WishState.FILLED, WishState.IN_SERVICE)


class Step(enum.StrEnum):
    """How far a claimed thing has come."""

    COMING = "coming"
    RECEIVED = "received"
    CHECKED = "checked"
    HANDED_OVER = "handed_over"


class Coming(NamedTuple):
    """One claimed thing; `giver` is told to staff even when the public does not see it."""

    claim_id: int
    wish_id: int
    number: int
    title: str
    community_id: int
    community: str
    pieces: int
    unit: str | None
    giver: str
    anonymous: bool
    delivery_id: int | None
    received_at: datetime | None
    checked_at: datetime | None
    handed_over_at: datetime | None
    check_note: str | None
    offered: str | None


_IS_AT: dict[Step, tuple[ColumnElement[bool], ...]] = {
    Step.COMING: (ItemDelivery.received_at.is_(None), Wish.state.in_(UNDER_WAY)),
    Step.RECEIVED: (ItemDelivery.received_at.is_not(None), ItemDelivery.checked_at.is_(None)),
    Step.CHECKED: (ItemDelivery.checked_at.is_not(None), ItemDelivery.handed_over_at.is_(None)),
    Step.HANDED_OVER: (ItemDelivery.handed_over_at.is_not(None),),
}


def _joined(*columns: Any) -> Select[Any]:
    offer = (Substitute.claim_id == Claim.id) & Substitute.answer.is_(None)
    return (
        select(*columns)
        .select_from(Claim)
        .join(CampaignWish, CampaignWish.wish_id == Claim.wish_id)
        .join(Wish, Wish.id == Claim.wish_id)
        .join(Area, Area.id == Wish.community_id)
        .join(User, User.id == Claim.claimed_by_id)
        .outerjoin(Organisation, Organisation.id == Claim.organisation_id)
        .outerjoin(ItemDelivery, ItemDelivery.claim_id == Claim.id)
        .outerjoin(Substitute, offer)
    )


def _where(campaign_id: int, places: list[int] | None) -> list[ColumnElement[bool]]:
    where = [CampaignWish.campaign_id == campaign_id, Claim.live.is_(True)]
    if places is not None:
        where.append(Wish.community_id.in_(places))
    return where


_COMING = (
    Claim.id, Wish.id, Wish.number, Wish.title, Area.id, Area.name, Claim.places,
    Organisation.short_name, User.name, Claim.anonymous, ItemDelivery.id,
    ItemDelivery.received_at, ItemDelivery.checked_at, ItemDelivery.handed_over_at,
    ItemDelivery.check_note, Substitute.offered,
)  # fmt: skip


def list_coming(
    campaign_id: int, *, places: list[int] | None, step: Step, words: str = "", offset: int = 0
) -> list[Coming]:
    """A page of the list, one giver's things together, in one statement."""
    query = _joined(*_COMING).where(*_where(campaign_id, places), *_IS_AT[step])
    if words:
        giver = func.coalesce(Organisation.short_name, User.name)
        query = query.where(
            giver.contains(words, autoescape=True) | Wish.title.contains(words, autoescape=True)
        )
    order = (Organisation.short_name.is_(None), Organisation.short_name, User.name, Claim.id)
    rows = db.session.execute(query.order_by(*order).offset(offset).limit(PAGE + 1))
    return [Coming._make(row) for row in rows]


def count_steps(campaign_id: int, *, places: list[int] | None) -> dict[Step, int]:
    """How many claimed things stand at each step, in one statement."""
    counts = [func.count().filter(*_IS_AT[step]) for step in Step]
    row = db.session.execute(_joined(*counts).where(*_where(campaign_id, places))).one()
    return dict(zip(Step, map(int, row), strict=True))


class ToReceive(NamedTuple):
    """What the errand needs of a claim that is ticked."""

    claim_id: int
    wish_id: int
    pieces: int
    claimed_by_id: int
    organisation_id: int | None
    community_id: int
    state: WishState


def lock_ticked(campaign_id: int, claim_ids: Iterable[int]) -> list[ToReceive]:
    """The live claims among these, of this campaign, locked in the order of their ids."""
    query = (
        select(
            Claim.id, Claim.wish_id, Claim.places, Claim.claimed_by_id, Claim.organisation_id,
            Wish.community_id, Wish.state,
        )
        .join(CampaignWish, CampaignWish.wish_id == Claim.wish_id)
        .join(Wish, Wish.id == Claim.wish_id)
        .where(
            CampaignWish.campaign_id == campaign_id, Claim.live, Claim.id.in_(list(claim_ids))
        )
        .order_by(Claim.id)
        .with_for_update(of=Claim)
    )  # fmt: skip
    return [ToReceive._make(row) for row in db.session.execute(query)]


class Given(NamedTuple):
    """One thing that a person or a unit holds in a campaign."""

    claim_id: int
    wish_id: int
    title: str
    pieces: int
    community: str
    place: str
    unit: str | None
    anonymous: bool
    received_at: datetime | None
    handed_over_at: datetime | None


def list_given(campaign_id: int, *, user_id: int, unit_ids: list[int]) -> list[Given]:
    """What the person, and the units they coordinate, hold in a campaign."""
    own = (Claim.claimed_by_id == user_id) & Claim.organisation_id.is_(None)
    query = _joined(
        Claim.id, Wish.id, Wish.title, Claim.places, Area.name, Wish.public_place,
        Organisation.short_name, Claim.anonymous, ItemDelivery.received_at,
        ItemDelivery.handed_over_at,
    ).where(*_where(campaign_id, None), own | Claim.organisation_id.in_(unit_ids))  # fmt: skip
    return [Given._make(row) for row in db.session.execute(query.order_by(Claim.id))]
