"""The receiving list: many things ticked off at once, each step by one guarded statement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update

from accounts.queries.people import list_coordinator_ids
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes.models import Campaign, ItemDelivery, Substitute, WishEvent
from wishes.notices.campaigns import tell_arrived
from wishes.policies.campaigns import find_receiving
from wishes.queries.campaigns import get_campaign
from wishes.queries.receiving import UNDER_WAY, ToReceive, lock_ticked
from wishes.refusals import WishNotFound
from wishes.refusals.campaigns import NothingChosen, OfferOpen, ReceivedMeanwhile


@errand
def receive_many(campaign_id: int, *, actor_id: int, claim_ids: list[int]) -> int:
    """The delivery point holds all the pieces of these claims, or nothing is noted.

    Returns how many claims. Raises CampaignNotFound, WishNotFound for another community's,
    NothingChosen, OfferOpen, ReceivedMeanwhile.
    """
    at = clock.now()
    campaign, ticked = _enter(campaign_id, actor_id, claim_ids)
    if len(ticked) < len(set(claim_ids)) or any(row.state not in UNDER_WAY for row in ticked):
        raise ReceivedMeanwhile
    ids = [row.claim_id for row in ticked]
    ensure_no_open_offer(ids)
    back = set(_take_again(ids, actor_id=actor_id, at=at))
    known = set(
        db.session.scalars(select(ItemDelivery.claim_id).where(ItemDelivery.claim_id.in_(ids)))
    )
    if known - back:
        raise ReceivedMeanwhile
    fresh = [
        {"wish_id": row.wish_id, "claim_id": row.claim_id, "pieces": row.pieces,
         "received_at": at, "received_by_id": actor_id}
        for row in ticked if row.claim_id not in known
    ]  # fmt: skip
    if fresh:
        db.session.execute(insert(ItemDelivery), fresh)
    _note(ticked, "receive", actor_id=actor_id, at=at)
    _thank(campaign, ticked)
    return len(ticked)


@errand
def check_many(campaign_id: int, *, actor_id: int, claim_ids: list[int]) -> int:
    """验收: all of these are as wished. Returns how many.

    Raises CampaignNotFound, WishNotFound, NothingChosen, ReceivedMeanwhile.
    """
    at = clock.now()
    _campaign, ticked = _enter(campaign_id, actor_id, claim_ids)
    checked = db.session.scalars(
        update(ItemDelivery)
        .where(
            ItemDelivery.claim_id.in_([row.claim_id for row in ticked]),
            ItemDelivery.received_at.is_not(None), ItemDelivery.checked_at.is_(None),
        )
        .values(checked_at=at, checked_by_id=actor_id)
        .returning(ItemDelivery.claim_id)
        .execution_options(synchronize_session=False)
    ).all()  # fmt: skip
    if len(checked) < len(set(claim_ids)):
        raise ReceivedMeanwhile
    _note(ticked, "check", actor_id=actor_id, at=at)
    return len(checked)


def ensure_no_open_offer(claim_ids: Sequence[int]) -> None:
    """Raises OfferOpen while a resident has not said yes or no to another thing."""
    query = select(Substitute.id).where(
        Substitute.claim_id.in_(claim_ids), Substitute.answer.is_(None)
    )
    if db.session.execute(query.limit(1)).first() is not None:
        raise OfferOpen


def _enter(
    campaign_id: int, actor_id: int, claim_ids: list[int]
) -> tuple[Campaign, list[ToReceive]]:
    campaign = get_campaign(campaign_id)
    places = find_receiving(actor_id, campaign)
    if not claim_ids:
        raise NothingChosen
    ticked = lock_ticked(campaign.id, claim_ids)
    if places is not None and any(row.community_id not in places for row in ticked):
        raise WishNotFound
    return campaign, ticked


def _take_again(claim_ids: Sequence[int], *, actor_id: int, at: datetime) -> Sequence[int]:
    """What was sent back once and comes better now."""
    return db.session.scalars(
        update(ItemDelivery)
        .where(ItemDelivery.claim_id.in_(claim_ids), ItemDelivery.received_at.is_(None))
        .values(received_at=at, received_by_id=actor_id, check_note=None)
        .returning(ItemDelivery.claim_id)
        .execution_options(synchronize_session=False)
    ).all()


def _note(ticked: Sequence[ToReceive], what: str, *, actor_id: int, at: datetime) -> None:
    lines = [
        {"wish_id": row.wish_id, "at": at, "actor_id": actor_id, "what": what,
         "from_state": row.state, "to_state": row.state}
        for row in ticked
    ]  # fmt: skip
    db.session.execute(insert(WishEvent), lines)


def _thank(campaign: Campaign, ticked: Sequence[ToReceive]) -> None:
    """One message a giver, with the sum of what came."""
    sums: dict[tuple[int | None, int], int] = {}
    for row in ticked:
        giver = (row.organisation_id, 0 if row.organisation_id else row.claimed_by_id)
        sums[giver] = sums.get(giver, 0) + row.pieces
    for (unit_id, user_id), pieces in sums.items():
        told = list_coordinator_ids(unit_id) if unit_id is not None else [user_id]
        tell_arrived(campaign, told, count=pieces)
