"""Wishes come into a campaign, the street lets them in or gives them back, they go on the wall."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from accounts.models import Area
from accounts.queries.areas import get_area
from accounts.queries.people import list_staff_ids, list_staff_ids_above
from accounts.rules import Role
from foundation import clock
from foundation.db import db
from foundation.errands import errand, part_of_key
from foundation.refusal import Refusal
from wishes.models import Campaign, CampaignWish, Wish
from wishes.notices.campaigns import tell_approved, tell_returned, tell_wishes_wait
from wishes.policies.campaigns import ensure_may_decide, ensure_may_join, may_decide
from wishes.queries.campaign_clocks import list_to_publish
from wishes.queries.campaigns import (
    find_membership,
    ground_of,
    lock_campaign,
)
from wishes.queries.completion import lock_wish
from wishes.refusals import WishNotFound
from wishes.refusals.campaigns import NotForThisCampaign, NothingChosen, WishInCampaign
from wishes.refusals.completion import ReasonMissing
from wishes.rules.asking import PrivateWords
from wishes.rules.campaigns import CampaignState, ensure_not_over
from wishes.rules.kinds import WishKind
from wishes.rules.life import WishState
from wishes.rules.publishing import WishWords, ensure_publishable
from wishes.rules.wording import ensure_under_cap
from wishes.services.drafting import start_draft
from wishes.services.households import forget_household, mark_household
from wishes.services.indexing import index_wish
from wishes.services.private import keep_private
from wishes.services.publishing import publish_draft
from wishes.services.writing import words_of, write_words

AT_ONCE = 50  # wishes published in one transaction: others get their turn between


@errand
def add_thing(
    campaign_id: int, *, actor_id: int, community_id: int, words: WishWords, private: PrivateWords
) -> int:
    """Write one thing straight into a campaign. Returns the wish's id.

    Raises CampaignNotFound, CampaignOver, HouseholdHasOne, OverPriceCap, WishIncomplete and the
    wording refusals.
    """
    at = clock.now()
    campaign, community = _open_door(campaign_id, actor_id, community_id, at=at)
    words = _fill(campaign, community, replace(words, kind=WishKind.ITEM))
    wish = start_draft(community.id, words, actor_id=actor_id, at=at)
    keep_private(private, wish_id=wish.id)
    db.session.flush()
    _join(campaign, community, wish, actor_id=actor_id, at=at)
    _tell_street(campaign, community, 1, actor_id=actor_id)
    return wish.id


@errand
def join_wishes(
    campaign_id: int, *, actor_id: int, community_id: int, wish_ids: list[int]
) -> dict[str, Any]:
    """Bring drafts of things into a campaign; what cannot join stays a draft, with the reason.

    Returns {"joined": how many, "left": [[number, sentence, parameters]]}. Raises
    CampaignNotFound, CampaignOver, NothingChosen.
    """
    at = clock.now()
    campaign, community = _open_door(campaign_id, actor_id, community_id, at=at)
    if not wish_ids:
        raise NothingChosen
    joined, left = 0, list[list[Any]]()
    for wish_id in sorted(set(wish_ids)):
        wish = lock_wish(wish_id)
        if wish.community_id != community.id:
            raise NotForThisCampaign
        try:
            _join(campaign, community, wish, actor_id=actor_id, at=at)
        except Refusal as refusal:
            left.append([wish.number, refusal.sentence, _plain(refusal.params)])
        else:
            joined += 1
    _tell_street(campaign, community, joined, actor_id=actor_id)
    return {"joined": joined, "left": left}


@errand
def approve_wishes(campaign_id: int, *, actor_id: int, community_id: int) -> int:
    """The street lets a community's waiting wishes in. Returns how many.

    Raises CampaignNotFound, NotYours, CampaignOver.
    """
    at = clock.now()
    campaign = lock_campaign(campaign_id)
    ensure_may_decide(actor_id, campaign)
    ensure_not_over(campaign.closes_at, at=at)
    count = approve_waiting(campaign.id, actor_id=actor_id, at=at, community_id=community_id)
    if count:
        workers = list_staff_ids(community_id, [Role.COMMUNITY_WORKER])
        tell_approved(campaign, workers, area_id=community_id)
    return count


@errand
def return_wishes(campaign_id: int, *, actor_id: int, community_id: int, reason: str) -> int:
    """The street gives a community's waiting wishes back; they stay its drafts. Returns how many.

    Raises CampaignNotFound, NotYours, ReasonMissing.
    """
    campaign = lock_campaign(campaign_id)
    ensure_may_decide(actor_id, campaign)
    if not reason.strip():
        raise ReasonMissing
    waiting = list(
        db.session.scalars(select(CampaignWish.wish_id).where(*_waiting(campaign.id, community_id)))
    )
    for wish_id in waiting:
        _leave(wish_id)
    if waiting:
        workers = list_staff_ids(community_id, [Role.COMMUNITY_WORKER])
        tell_returned(campaign, workers, area_id=community_id, why=reason.strip())
    return len(waiting)


@errand
def take_out(campaign_id: int, *, actor_id: int, wish_id: int) -> int:
    """A community takes a draft of its own out again. Returns the wish's id.

    Raises CampaignNotFound, WishNotFound, NotForThisCampaign once it is on the wall.
    """
    campaign = lock_campaign(campaign_id)
    wish = lock_wish(wish_id)
    ensure_may_join(actor_id, campaign, get_area(wish.community_id))
    kept = find_membership(wish.id)
    if kept is None or kept.campaign_id != campaign.id:
        raise WishNotFound
    if wish.state != WishState.DRAFT:
        raise NotForThisCampaign
    _leave(wish.id)
    return wish.id


def publish_ready(campaign_id: int | None = None) -> int:
    """Put on the wall what is let in and due, some at a time. Returns how many.

    The worker calls it each minute; a view right after the street's yes. A draft whose words are
    wrong by now waits for its community.
    """
    total, turn = 0, 0
    while True:
        ids = list_to_publish(clock.now(), campaign_id=campaign_id, limit=AT_ONCE + total)
        db.session.rollback()
        with part_of_key(f"publish-{campaign_id}-{turn}"):
            done = _publish_some(ids[-AT_ONCE:]) if ids else 0
        if not done:
            return total
        total, turn = total + done, turn + 1


@errand
def _publish_some(wish_ids: list[int]) -> int:
    at, done = clock.now(), 0
    for wish_id in wish_ids:
        wish = lock_wish(wish_id)
        kept = find_membership(wish_id)
        if wish.state != WishState.DRAFT or kept is None or kept.approved_by_id is None:
            continue
        try:
            publish_draft(wish, actor_id=kept.approved_by_id, at=at, looked_at=True)
        except Refusal:
            continue
        done += 1
    return done


def approve_waiting(
    campaign_id: int, *, actor_id: int, at: datetime, community_id: int | None = None
) -> int:
    """Let in what waits, in the errand that is open; one community's, or all. Returns how many."""
    approved = db.session.execute(
        update(CampaignWish)
        .where(*_waiting(campaign_id, community_id))
        .values(approved_by_id=actor_id, approved_at=at)
        .execution_options(synchronize_session=False)
        .returning(CampaignWish.wish_id)
    )
    return len(approved.all())


def _waiting(campaign_id: int, community_id: int | None) -> list[Any]:
    where: list[Any] = [
        CampaignWish.campaign_id == campaign_id, CampaignWish.approved_at.is_(None)
    ]  # fmt: skip
    if community_id is not None:
        here = select(Wish.id).where(Wish.community_id == community_id)
        where.append(CampaignWish.wish_id.in_(here))
    return where


def _open_door(
    campaign_id: int, actor_id: int, community_id: int, *, at: datetime
) -> tuple[Campaign, Area]:
    campaign, community = lock_campaign(campaign_id), get_area(community_id)
    ensure_may_join(actor_id, campaign, community)
    ensure_not_over(campaign.closes_at, at=at)
    return campaign, community


def _fill(campaign: Campaign, community: Area, words: WishWords) -> WishWords:
    """What the campaign decides for each of its things: by when, and where to bring it."""
    own = words.public_place or community.address or community.name
    return replace(
        words, starts_at=campaign.closes_at, ends_at=campaign.closes_at,
        public_place=campaign.place or own, headcount=words.headcount or 1,
        tools_answered=True,
    )  # fmt: skip


def _join(campaign: Campaign, community: Area, wish: Wish, *, actor_id: int, at: datetime) -> None:
    if find_membership(wish.id) is not None:
        raise WishInCampaign
    if wish.kind != WishKind.ITEM or wish.state != WishState.DRAFT:
        raise NotForThisCampaign
    words = _fill(campaign, community, words_of(wish))
    ensure_publishable(words, at=at)
    ensure_under_cap(words.title, words.text, cap=campaign.price_cap)
    mark_household(campaign.id, wish)
    if words != words_of(wish):
        write_words(wish, words)
        index_wish(wish)
    let_in = campaign.state == CampaignState.OPEN and may_decide(actor_id, campaign)
    db.session.add(
        CampaignWish(
            wish_id=wish.id, campaign_id=campaign.id, added_by_id=actor_id, added_at=at,
            approved_by_id=actor_id if let_in else None, approved_at=at if let_in else None,
        )
    )  # fmt: skip
    db.session.flush()


def _leave(wish_id: int) -> None:
    forget_household(wish_id)
    db.session.execute(delete(CampaignWish).where(CampaignWish.wish_id == wish_id))


def _tell_street(campaign: Campaign, community: Area, count: int, *, actor_id: int) -> None:
    """Once the campaign is out, the street hears of each batch; before, it sees them with it."""
    if not count or campaign.state != CampaignState.OPEN or may_decide(actor_id, campaign):
        return
    street = ground_of(campaign.area)
    staff = list_staff_ids(street.id, [Role.SUPERVISOR])
    staff = staff or list_staff_ids_above(street, [Role.SUPERVISOR])
    tell_wishes_wait(campaign, staff, street_id=street.id, community=community.name, count=count)


def _plain(params: dict[str, object]) -> dict[str, object]:
    return {name: value if isinstance(value, int) else str(value) for name, value in params.items()}
