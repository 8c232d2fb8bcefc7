"""兜底: near the end what nobody took goes to the named units, in turn, once."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update

from accounts.queries.people import list_coordinator_ids
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.settings import setting
from wishes.models import Campaign, CampaignWish, Wish
from wishes.notices.campaigns import tell_backed
from wishes.queries.campaign_clocks import count_backed, list_to_back
from wishes.queries.campaigns import list_backups, lock_campaign
from wishes.rules.campaigns import is_running, share_out
from wishes.services.giving import Free, Giver, lock_free, take_free
from wishes.services.letting_in import publish_ready


def backup_before() -> timedelta:
    """How long before the end 兜底单位 step in (setting BACKUP_DAYS)."""
    return timedelta(days=setting("BACKUP_DAYS"))


def run_campaigns(at: datetime | None = None) -> int:
    """What the clock has brought due for campaigns at `at` (UTC, now by default).

    Publishes what has its day, and gives the unclaimed of those near their end to the 兜底单位;
    each errand looks again under its own lock. Returns how many wishes were given.
    """
    publish_ready()
    due = list_to_back(at or clock.now(), before=backup_before())
    db.session.rollback()
    return sum(back_up(campaign_id) for campaign_id in due)


@errand
def back_up(campaign_id: int) -> int:
    """Give a campaign's unclaimed wishes to its 兜底单位, when due. Returns how many.

    In fair shares over the whole campaign, each wish once: one that such a unit gave back stays
    free for everybody. A unit without a coordinator is passed over.
    """
    at = clock.now()
    campaign = lock_campaign(campaign_id)
    if not _is_due(campaign, at):
        return 0
    bosses = {unit.id: list_coordinator_ids(unit.id) for unit in list_backups(campaign.id)}
    order = [unit_id for unit_id, people in bosses.items() if people]
    free = lock_free(campaign.id, CampaignWish.backed_at.is_(None), order=[Wish.id])
    turns = share_out(count_backed(campaign.id), order, len(free))
    shares: dict[int, list[Free]] = {}
    for each, unit_id in zip(free, turns, strict=False):
        shares.setdefault(unit_id, []).append(each)
    for unit_id, share in shares.items():
        share = _mark(share, unit_id, at=at)
        take_free(share, Giver(bosses[unit_id][0], unit_id), at=at)
        tell_backed(campaign, bosses[unit_id], count=len(share))
    return len(turns)


def _is_due(campaign: Campaign, at: datetime) -> bool:
    running = is_running(campaign.state, campaign.opens_at, campaign.closes_at, at=at)
    return running and campaign.closes_at - backup_before() <= at


def _mark(share: list[Free], unit_id: int, *, at: datetime) -> list[Free]:
    """Only what no unit was given before: the guarded UPDATE says which."""
    marked = db.session.scalars(
        update(CampaignWish)
        .where(
            CampaignWish.wish_id.in_([each.id for each in share]),
            CampaignWish.backed_at.is_(None),
        )
        .values(backed_by_id=unit_id, backed_at=at)
        .returning(CampaignWish.wish_id)
        .execution_options(synchronize_session=False)
    ).all()
    return [each for each in share if each.id in set(marked)]
