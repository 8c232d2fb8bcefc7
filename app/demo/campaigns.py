"""Three campaigns: one in full swing, one near its end, one that waits for the street's word."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import select

from accounts.models import Area
from app.demo.neighbourhood import Community
from app.demo.pictures import draw
from foundation.db import db
from wishes.models import CampaignWish, Claim, ItemDelivery, Wish
from wishes.queries.campaigns import list_things
from wishes.rules.asking import PrivateWords
from wishes.rules.campaigns import CampaignWords
from wishes.rules.kinds import Category, WishKind
from wishes.rules.publishing import WishWords
from wishes.services.campaigning import name_backups, propose_campaign
from wishes.services.giving import give_these
from wishes.services.items import hand_over
from wishes.services.letting_in import add_thing, approve_wishes, publish_ready
from wishes.services.photos import keep_photos
from wishes.services.receiving import check_many, receive_many
from wishes.services.substituting import offer_substitute

if TYPE_CHECKING:
    from app.demo.month import Month

GIFTS = (
    "一个双肩书包", "一盏护眼台灯", "一本新华字典", "一套彩笔", "一双防滑棉鞋", "一条羊毛围巾",
    "一床加厚棉被", "一个保温水杯", "一副跳棋", "一把折叠拐杖", "一台小收音机", "一套儿童绘本",
    "一件羽绒服", "一双雪地靴", "一个热水袋", "一辆儿童滑板车", "一口不粘锅", "一个血压计",
)  # fmt: skip
WORDS = "街坊的小心愿都在这里：一个书包、一床棉被。认领一件，送到街道文化站，社区替您送上门。"


class Fair:
    """A campaign of the first street while it goes on; times are UTC."""

    def __init__(self, month: Month, title: str, *, begins: int, ends: int, each: int) -> None:
        self.month, self.title, self.each = month, title, each
        self.begins, self.ends = begins, ends
        self.rng = Random(f"{month.rng.random()}")  # noqa: S311 - example data
        self.communities = month.town.communities[:3]
        self.campaign_id = 0

    @property
    def boss(self) -> int:
        """The street's person."""
        return self.communities[0].supervisor_id

    def at(self, day: int, hour: int) -> datetime:
        """An hour of a day, counted from today."""
        return self.month.days.at(day, hour)

    def words(self) -> CampaignWords:
        """Its words."""
        opens = self.at(self.begins, 8)
        return CampaignWords(
            self.title, WORDS, opens, self.at(self.ends, 18), "梨园街道文化站一楼", 300
        )

    def tell(self) -> None:
        """Put it on the timeline."""
        add, start = self.month.timeline.add, self.begins - 2
        add(self.at(start, 9), self.begin)
        for turn, community in enumerate(self.communities):
            add(self.at(start, 10 + turn), partial(self.bring, community))
        add(self.at(start + 1, 9), self.let_in)
        add(self.at(self.begins, 8) + timedelta(minutes=1), self.open)
        for turn, count in enumerate((5, 1, 8, 2, 1, 3)):
            add(self.at(self.begins + 1 + turn, 12 + turn), partial(self.give, turn, count))
        add(self.at(self.begins + 7, 15), self.receive)
        add(self.at(self.begins + 8, 10), self.hand_over)

    def begin(self) -> None:
        """The street starts it, two units stand behind it."""
        street = db.session.scalars(
            select(Area.parent_id).where(Area.id == self.communities[0].id)
        ).one()
        self.campaign_id = propose_campaign(street or 0, actor_id=self.boss, words=self.words())
        units = [unit.id for unit in self.month.town.units[1:3]]
        name_backups(self.campaign_id, actor_id=self.boss, unit_ids=units)

    def bring(self, community: Community) -> None:
        """A community writes its households' things."""
        for n in range(self.each):
            write_gift(self.campaign_id, community, self.rng.choice(GIFTS), n)

    def let_in(self) -> None:
        """The street lets them in."""
        for community in self.communities:
            approve_wishes(self.campaign_id, actor_id=self.boss, community_id=community.id)

    def open(self) -> None:
        """The first morning."""
        publish_ready(self.campaign_id)

    def give(self, turn: int, count: int) -> None:
        """A unit takes several in one go, or a neighbour one or two; some without a name."""
        free = [thing.id for thing in list_things(self.campaign_id, only_free=True, limit=200)]
        chosen = self.rng.sample(free, min(count, len(free)))
        if turn % 2:
            person = self.rng.choice(self.month.town.volunteer_ids)
            give_these(self.campaign_id, actor_id=person, wish_ids=chosen)
            return
        unit = self.month.town.units[turn + 3]
        give_these(
            self.campaign_id, actor_id=unit.coordinator_id, organisation_id=unit.id,
            wish_ids=chosen, anonymous=turn == 2,
        )  # fmt: skip

    def receive(self) -> None:
        """The delivery point ticks off half of what was promised; a giver offers another thing."""
        claims = self._claims()
        half = len(claims) // 2
        ids = [claim.id for claim in claims[:half]]
        receive_many(self.campaign_id, actor_id=self.boss, claim_ids=ids)
        check_many(self.campaign_id, actor_id=self.boss, claim_ids=ids[: half // 2 + 1])
        late = claims[-1]
        offer_substitute(late.id, actor_id=late.claimed_by_id, offered="同款的大一码，颜色是红的")

    def hand_over(self) -> None:
        """The first residents have theirs."""
        query = (
            select(ItemDelivery.id)
            .join(CampaignWish, CampaignWish.wish_id == ItemDelivery.wish_id)
            .where(
                CampaignWish.campaign_id == self.campaign_id, ItemDelivery.checked_at.is_not(None)
            )
        )
        for delivery_id in list(db.session.scalars(query.order_by(ItemDelivery.id).limit(3))):
            with keep_photos([draw("parcel", done=True, rng=self.rng)]) as receipt:
                hand_over(delivery_id, actor_id=self.boss, receipt=receipt, text="送到家，签了收。")

    def _claims(self) -> list[Claim]:
        query = (
            select(Claim)
            .join(CampaignWish, CampaignWish.wish_id == Claim.wish_id)
            .join(Wish, Wish.id == Claim.wish_id)
            .where(CampaignWish.campaign_id == self.campaign_id, Claim.live)
        )
        return list(db.session.scalars(query.order_by(Claim.id)))


def write_gift(campaign_id: int, community: Community, title: str, number: int) -> None:
    """One household's thing; the door is invented."""
    door = f"{number // 6 + 1}-{number % 3 + 1}-{number % 6 + 1}0{number % 4 + 1}"
    add_thing(
        campaign_id, actor_id=community.reporter(), community_id=community.id,
        words=WishWords(WishKind.ITEM, Category.HARDSHIP, title, headcount=1),
        private=PrivateWords(door=door),
    )  # fmt: skip


def _propose(month: Month, community: Community) -> None:
    days = month.days
    words = CampaignWords(
        "开春新书包", WORDS, days.at(20, 8), days.at(50, 18), f"{community.name}服务站", 200
    )
    campaign_id = propose_campaign(community.id, actor_id=community.reporter(), words=words)
    for number in range(4):
        write_gift(campaign_id, community, GIFTS[number], number)


def tell_campaigns(month: Month) -> None:
    """Put the three on the timeline."""
    Fair(month, "新年微心愿", begins=-10, ends=25, each=16).tell()
    Fair(month, "暖冬行动", begins=-20, ends=2, each=9).tell()
    community = month.town.communities[1]
    month.timeline.add(month.days.at(-1, 16), partial(_propose, month, community))
