"""Reads of campaigns: where they stand, how far their things have come, what can be given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import joinedload

from accounts.models import Area, Organisation
from accounts.rules import AreaKind
from foundation.db import db
from wishes.models import (
    Campaign,
    CampaignBackup,
    CampaignHousehold,
    CampaignKeeper,
    CampaignWish,
    Claim,
    ItemDelivery,
    Wish,
)
from wishes.refusals.campaigns import CampaignNotFound
from wishes.rules.campaigns import CampaignState
from wishes.rules.life import PUBLIC, WishState

PAGE = 40


class Progress(NamedTuple):
    """Pieces: wished for, claimed, received by the community, handed over."""

    wished: int = 0
    claimed: int = 0
    received: int = 0
    handed_over: int = 0


class Thing(NamedTuple):
    """A wish of a campaign on its page."""

    id: int
    number: int
    title: str
    state: WishState
    headcount: int
    places_taken: int
    community_id: int
    community_name: str


class Share(NamedTuple):
    """A community's part of a campaign; `waiting` are not let in yet, `nameless` have no mark."""

    community_id: int
    community_name: str
    wishes: int
    waiting: int
    nameless: int


def get_campaign(campaign_id: int) -> Campaign:
    """A campaign by id. Raises CampaignNotFound."""
    query = select(Campaign).where(Campaign.id == campaign_id).options(joinedload(Campaign.area))
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise CampaignNotFound
    return found


def get_public_campaign(campaign_id: int) -> Campaign:
    """A campaign that the street let out. Raises CampaignNotFound for any other."""
    campaign = get_campaign(campaign_id)
    if campaign.state != CampaignState.OPEN:
        raise CampaignNotFound
    return campaign


def lock_campaign(campaign_id: int) -> Campaign:
    """A campaign as it stands now, locked until the errand ends. Raises CampaignNotFound."""
    query = select(Campaign).where(Campaign.id == campaign_id).with_for_update(key_share=True)
    found = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise CampaignNotFound
    return found


def ground_of(area: Area) -> Area:
    """Whose communities may join: the street, for a community's campaign the street above it."""
    is_below = area.kind == AreaKind.COMMUNITY and area.parent is not None
    return area.parent if is_below and area.parent is not None else area


def list_public_campaigns(*, limit: int = 50) -> list[Campaign]:
    """What the streets let out, the last to end first."""
    query = select(Campaign).where(Campaign.state == CampaignState.OPEN)
    order = (Campaign.closes_at.desc(), Campaign.id.desc())
    return list(
        db.session.scalars(query.options(joinedload(Campaign.area)).order_by(*order).limit(limit))
    )


def list_campaigns_for(area: Area, *, limit: int = 100) -> list[Campaign]:
    """The campaigns on an area's ground; of another community only what was let out."""
    ground = ground_of(area)
    query = (
        select(Campaign)
        .join(Area, Area.id == Campaign.area_id)
        .where(Area.path.startswith(ground.path, autoescape=True))
        .options(joinedload(Campaign.area))
    )
    if area.kind == AreaKind.COMMUNITY:
        query = query.where((Campaign.area_id == area.id) | (Campaign.state == CampaignState.OPEN))
    return list(db.session.scalars(query.order_by(Campaign.id.desc()).limit(limit)))


def get_campaign_under(area: Area, campaign_id: int) -> Campaign:
    """A campaign that this desk may see. Raises CampaignNotFound."""
    campaign = get_campaign(campaign_id)
    is_near = campaign.area.path.startswith(ground_of(area).path)
    is_hidden = area.kind == AreaKind.COMMUNITY and campaign.area_id != area.id
    if not is_near or (is_hidden and campaign.state != CampaignState.OPEN):
        raise CampaignNotFound
    return campaign


def count_progress(campaign_ids: Sequence[int]) -> dict[int, Progress]:
    """How far the public things of these campaigns have come, in two statements."""
    of = CampaignWish.campaign_id
    public = (of.in_(campaign_ids), Wish.state.in_(PUBLIC))
    pledged = select(of, func.sum(Wish.headcount), func.sum(Wish.places_taken))
    pledged = pledged.join(Wish, Wish.id == CampaignWish.wish_id).where(*public).group_by(of)
    here = func.sum(case((ItemDelivery.received_at.is_not(None), ItemDelivery.pieces), else_=0))
    gone = func.sum(case((ItemDelivery.handed_over_at.is_not(None), ItemDelivery.pieces), else_=0))
    moved = (
        select(of, here, gone)
        .join(Wish, Wish.id == CampaignWish.wish_id)
        .join(Claim, (Claim.wish_id == Wish.id) & Claim.live)
        .join(ItemDelivery, ItemDelivery.claim_id == Claim.id)
        .where(*public)
        .group_by(of)
    )
    way = {row[0]: (int(row[1] or 0), int(row[2] or 0)) for row in db.session.execute(moved)}
    return {
        campaign: Progress(int(wished or 0), int(taken or 0), *way.get(campaign, (0, 0)))
        for campaign, wished, taken in db.session.execute(pledged)
    }


_THING = (
    Wish.id, Wish.number, Wish.title, Wish.state, Wish.headcount, Wish.places_taken,
    Wish.community_id, Area.name,
)  # fmt: skip


def list_things(
    campaign_id: int, *, only_free: bool, after: int = 0, limit: int = PAGE
) -> list[Thing]:
    """A page of the public things, in one statement; `after` is the last id of the one before."""
    query = (
        select(*_THING)
        .join(CampaignWish, CampaignWish.wish_id == Wish.id)
        .join(Area, Area.id == Wish.community_id)
        .where(CampaignWish.campaign_id == campaign_id, Wish.id > after, *_shown(only_free))
    )
    rows = db.session.execute(query.order_by(Wish.id).limit(limit))
    return [Thing._make(row) for row in rows]


def _shown(only_free: bool) -> tuple[ColumnElement[bool], ...]:
    if only_free:
        return (Wish.state == WishState.OPEN, Wish.places_taken == 0)
    return (Wish.state.in_(PUBLIC),)


def count_free(campaign_id: int) -> int:
    """How many wishes nobody has claimed."""
    query = select(func.count(Wish.id)).join(CampaignWish, CampaignWish.wish_id == Wish.id)
    return db.session.execute(
        query.where(CampaignWish.campaign_id == campaign_id, *_shown(True))
    ).scalar_one()


def list_shares(campaign_id: int) -> list[Share]:
    """The communities of a campaign by name, with what waits for the street."""
    marked: Any = select(CampaignHousehold.wish_id).where(
        CampaignHousehold.campaign_id == campaign_id
    )
    query = (
        select(
            Area.id, Area.name, func.count(),
            func.sum(case((CampaignWish.approved_at.is_(None), 1), else_=0)),
            func.sum(case((CampaignWish.wish_id.not_in(marked), 1), else_=0)),
        )
        .select_from(CampaignWish)
        .join(Wish, Wish.id == CampaignWish.wish_id)
        .join(Area, Area.id == Wish.community_id)
        .where(CampaignWish.campaign_id == campaign_id, Wish.state != WishState.CANCELLED)
        .group_by(Area.id, Area.name)
        .order_by(Area.name, Area.id)
    )  # fmt: skip
    return [
        Share(area_id, name, wishes, int(waiting), int(nameless))
        for area_id, name, wishes, waiting, nameless in db.session.execute(query)
    ]


def list_own_things(campaign_id: int, community_id: int, *, after: int, limit: int) -> list[Wish]:
    """A community's wishes in a campaign, drafts too."""
    query = (
        select(Wish)
        .join(CampaignWish, CampaignWish.wish_id == Wish.id)
        .where(
            CampaignWish.campaign_id == campaign_id,
            Wish.community_id == community_id,
            Wish.id > after,
        )
    )
    return list(db.session.scalars(query.order_by(Wish.id).limit(limit)))


def list_backups(campaign_id: int) -> list[Organisation]:
    """The 兜底单位 in their order."""
    query = (
        select(Organisation)
        .join(CampaignBackup, CampaignBackup.organisation_id == Organisation.id)
        .where(CampaignBackup.campaign_id == campaign_id)
    )
    return list(db.session.scalars(query.order_by(CampaignBackup.id)))


def list_keepers(campaign_id: int) -> list[CampaignKeeper]:
    """The volunteers who tick off at the delivery point."""
    query = select(CampaignKeeper).where(CampaignKeeper.campaign_id == campaign_id)
    query = query.options(joinedload(CampaignKeeper.user)).order_by(CampaignKeeper.id)
    return list(db.session.scalars(query))


def find_membership(wish_id: int) -> CampaignWish | None:
    """A wish's place in a campaign, None for an ordinary wish."""
    return db.session.get(CampaignWish, wish_id, options=[joinedload(CampaignWish.campaign)])


def list_community_ids(campaign_id: int) -> list[int]:
    """The communities whose wishes are in a campaign."""
    query = (
        select(Wish.community_id)
        .join(CampaignWish, CampaignWish.wish_id == Wish.id)
        .where(CampaignWish.campaign_id == campaign_id)
    )
    return list(db.session.scalars(query.distinct().order_by(Wish.community_id)))


def list_titles(campaign_id: int, wish_ids: Iterable[int]) -> list[str]:
    """The titles of these wishes of a campaign, by id."""
    query = (
        select(Wish.title)
        .join(CampaignWish, CampaignWish.wish_id == Wish.id)
        .where(CampaignWish.campaign_id == campaign_id, Wish.id.in_(list(wish_ids)))
    )
    return list(db.session.scalars(query.order_by(Wish.id)))


def list_drafts(community_id: int, *, limit: int = 500) -> list[Wish]:
    """A community's drafts of things that are in no campaign: what came with a register."""
    taken = select(CampaignWish.wish_id)
    query = select(Wish).where(
        Wish.community_id == community_id, Wish.state == WishState.DRAFT, Wish.kind == "item",
        Wish.id.not_in(taken),
    )  # fmt: skip
    return list(db.session.scalars(query.order_by(Wish.id).limit(limit)))
