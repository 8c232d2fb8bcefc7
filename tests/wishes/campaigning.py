"""Makers of campaigns: let out, running, with things in them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import insert

from accounts.models import Area, User
from foundation import clock
from foundation.db import transaction
from tests.makers import make_supervisor, make_wish, make_worker
from wishes.models import Campaign, CampaignWish
from wishes.rules.asking import PrivateWords
from wishes.rules.campaigns import CampaignWords
from wishes.rules.kinds import Category, WishKind
from wishes.rules.publishing import WishWords
from wishes.services.campaigning import propose_campaign
from wishes.services.letting_in import add_thing, publish_ready


def words(*, days: int = 20, title: str = "新年微心愿", **more: object) -> CampaignWords:
    """A campaign that begins at once and lasts some days."""
    now = clock.now()
    values = {
        "title": title, "text": "给孩子和老人的新年礼物。", "opens_at": now - timedelta(hours=1),
        "closes_at": now + timedelta(days=days), "place": "街道文化站一楼", "price_cap": 300,
    }  # fmt: skip
    return CampaignWords(**{**values, **more})  # type: ignore[arg-type]  # a test's own words


def make_campaign(street: Area, *, boss: User | None = None, **more: object) -> int:
    """A street's campaign, out at once."""
    actor = boss or make_supervisor(street=street)
    return propose_campaign(street.id, actor_id=actor.id, words=words(**more))  # type: ignore[arg-type]  # a test's own words


def thing(title: str = "一件羽绒服", *, pieces: int = 1) -> WishWords:
    """A thing to wish for."""
    return WishWords(kind=WishKind.ITEM, category=Category.HARDSHIP, title=title, headcount=pieces)


def bring(
    campaign_id: int, community: Area, *, worker: User | None = None, title: str = "一件羽绒服",
    private: PrivateWords | None = None, pieces: int = 1,
) -> int:  # fmt: skip
    """A worker writes a thing into the campaign; the wish's id."""
    actor = worker or make_worker(community=community)
    return add_thing(
        campaign_id, actor_id=actor.id, community_id=community.id,
        words=thing(title, pieces=pieces), private=private or PrivateWords(),
    )  # fmt: skip


def fill(campaign_id: int, community: Area, count: int, *, boss: User) -> list[int]:
    """Open things in a running campaign, let in by the street, straight into the tables."""
    worker = make_worker(community=community)
    closes: datetime = clock.now() + timedelta(days=20)
    ids = [
        make_wish(
            community=community, kind=WishKind.ITEM, title=f"新年礼物{turn + 1}号",
            starts_at=closes, created_by=worker,
        ).id
        for turn in range(count)
    ]  # fmt: skip
    boss_id, worker_id, now = boss.id, worker.id, clock.now()
    rows = [
        {"wish_id": wish_id, "campaign_id": campaign_id, "added_by_id": worker_id,
         "added_at": now, "approved_by_id": boss_id, "approved_at": now}
        for wish_id in ids
    ]  # fmt: skip
    with transaction() as session:
        session.execute(insert(CampaignWish), rows)
    return ids


def open_all(campaign_id: int) -> int:
    """What the worker does each minute."""
    return publish_ready(campaign_id)


__all__ = ["Campaign", "bring", "fill", "make_campaign", "open_all", "thing", "words"]
