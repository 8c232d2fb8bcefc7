"""Who proposes, lets in, joins and receives for a campaign."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from accounts.models import Area
from accounts.policies import works_at
from accounts.rules import AREA_ROLES, AreaKind, Role
from foundation.db import db
from foundation.refusal import NotYours
from wishes.models import Campaign, CampaignKeeper, CampaignWish
from wishes.queries.campaigns import ground_of, list_community_ids
from wishes.refusals.campaigns import CampaignNotFound, WaitsForCampaign
from wishes.rules.campaigns import is_running


def may_decide(user_id: int, campaign: Campaign) -> bool:
    """Let in and return: the street's people (for a community's campaign, those above it)."""
    return works_at(user_id, ground_of(campaign.area).id, [Role.SUPERVISOR])


def may_change(user_id: int, campaign: Campaign) -> bool:
    """Change its words, name 兜底单位 and keepers: workers of its area, and the levels above."""
    return works_at(user_id, campaign.area_id)


def may_join(user_id: int, campaign: Campaign, community: Area) -> bool:
    """Bring wishes: a worker of a community on the campaign's ground, or of a level above."""
    is_near = community.path.startswith(ground_of(campaign.area).path)
    return community.kind == AreaKind.COMMUNITY and is_near and works_at(user_id, community.id)


def ensure_may_decide(user_id: int, campaign: Campaign) -> None:
    """Raises CampaignNotFound for strangers, NotYours for staff who may only look."""
    if not may_decide(user_id, campaign):
        raise NotYours if may_change(user_id, campaign) else CampaignNotFound


def ensure_may_change(user_id: int, campaign: Campaign) -> None:
    """Raises CampaignNotFound."""
    if not may_change(user_id, campaign):
        raise CampaignNotFound


def ensure_may_join(user_id: int, campaign: Campaign, community: Area) -> None:
    """Raises CampaignNotFound."""
    if not may_join(user_id, campaign, community):
        raise CampaignNotFound


def ensure_campaign_lets(kept: CampaignWish | None, *, at: datetime) -> None:
    """Raises WaitsForCampaign before the street lets the wish in, and before the first day."""
    if kept is None:
        return
    campaign = kept.campaign
    if kept.approved_at is None or not is_running(
        campaign.state, campaign.opens_at, campaign.closes_at, at=at
    ):
        raise WaitsForCampaign(title=campaign.title)


def is_keeper(user_id: int, campaign_id: int) -> bool:
    """Whether the campaign's staff named this volunteer for its delivery point."""
    query = select(CampaignKeeper.id).where(
        CampaignKeeper.campaign_id == campaign_id, CampaignKeeper.user_id == user_id
    )
    return db.session.execute(query).first() is not None


def find_receiving(user_id: int, campaign: Campaign) -> list[int] | None:
    """The communities whose things the person may tick off; None for all of the campaign.

    Keepers and staff of the campaign's own area tick everything, a joined community's staff
    their own. Raises CampaignNotFound for anybody else.
    """
    if is_keeper(user_id, campaign.id) or works_at(user_id, campaign.area_id, AREA_ROLES):
        return None
    mine = [each for each in list_community_ids(campaign.id) if works_at(user_id, each, AREA_ROLES)]
    if not mine:
        raise CampaignNotFound
    return mine


def may_receive(user_id: int, campaign: Campaign) -> bool:
    """Whether the person has a receiving list here."""
    try:
        find_receiving(user_id, campaign)
    except CampaignNotFound:
        return False
    return True
