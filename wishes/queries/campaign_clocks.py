"""What the clocks of campaigns ask: what may go on the wall, what the backup units get."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select

from foundation.db import db
from wishes.models import Campaign, CampaignBackup, CampaignWish, Wish
from wishes.rules.campaigns import CampaignState
from wishes.rules.life import WishState


def list_to_publish(at: datetime, *, campaign_id: int | None = None, limit: int) -> list[int]:
    """Drafts that the street let in, of campaigns that have begun."""
    query = (
        select(CampaignWish.wish_id)
        .join(Campaign, Campaign.id == CampaignWish.campaign_id)
        .join(Wish, Wish.id == CampaignWish.wish_id)
        .where(
            Campaign.state == CampaignState.OPEN, Campaign.opens_at <= at,
            Campaign.closes_at > at, CampaignWish.approved_at.is_not(None),
            Wish.state == WishState.DRAFT,
        )
    )  # fmt: skip
    if campaign_id is not None:
        query = query.where(Campaign.id == campaign_id)
    return list(db.session.scalars(query.order_by(CampaignWish.wish_id).limit(limit)))


def list_to_back(at: datetime, *, before: timedelta) -> list[int]:
    """Campaigns near their end that have 兜底单位 and something that nobody took."""
    free = (
        select(CampaignWish.wish_id)
        .join(Wish, Wish.id == CampaignWish.wish_id)
        .where(
            CampaignWish.campaign_id == Campaign.id, CampaignWish.backed_at.is_(None),
            Wish.state == WishState.OPEN,
        )
    )  # fmt: skip
    named = select(CampaignBackup.id).where(CampaignBackup.campaign_id == Campaign.id)
    query = select(Campaign.id).where(
        Campaign.state == CampaignState.OPEN, Campaign.closes_at > at,
        Campaign.opens_at <= at, Campaign.closes_at <= at + before, free.exists(), named.exists(),
    )  # fmt: skip
    return list(db.session.scalars(query.order_by(Campaign.id)))


def count_backed(campaign_id: int) -> dict[int, int]:
    """How many wishes each 兜底单位 was given so far."""
    query = (
        select(CampaignWish.backed_by_id, func.count())
        .where(CampaignWish.campaign_id == campaign_id, CampaignWish.backed_by_id.is_not(None))
        .group_by(CampaignWish.backed_by_id)
    )
    return {unit: count for unit, count in db.session.execute(query) if unit is not None}
