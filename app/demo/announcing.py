"""What the communities announce, and who follows them."""

from __future__ import annotations

from functools import partial
from random import Random
from typing import TYPE_CHECKING

from app.demo.neighbourhood import Community
from app.demo.pictures import draw
from communities.services.announcing import AnnouncementWords, announce, keep_picture
from foundation import clock
from wishes.services.following import follow_community

if TYPE_CHECKING:
    from app.demo.month import Month

# days from today: written (and first shown) on, last shown on; title; text; motif of a picture
TOLD = (
    (-3, 4, "周三上午停水", "换楼前的老水管，八点到十二点停水，请先存一些。"
     "行动不便的老人打社区电话，我们送水上门。", ""),
    (-1, 9, "义诊改到下周六",
     "下周六上午九点，卫生服务中心的医生在社区一楼量血压、测血糖。", "health"),
    (-20, -6, "电动车棚维修", "车棚修三天，请先把车停到北门。", ""),
    (0, 12, "冬天的热茶角", "社区一楼设了热茶角，送快递、扫马路的师傅都可以进来坐坐。", ""),
)  # fmt: skip
FOLLOWERS = 25


def tell_announcements(month: Month) -> None:
    """A few announcements at each community, and neighbours who follow one or two."""
    rng = Random("announcements")  # noqa: S311 - example data
    for turn, community in enumerate(month.town.communities):
        month.timeline.add(month.days.at(-25, 8), partial(_follow, month, community, rng))
        for at, told in enumerate(TOLD):
            if (at + turn) % 3:
                moment = month.days.at(told[0], 8, 30 + at)
                month.timeline.add(moment, partial(_announce, month, community, at, rng))


def _follow(month: Month, community: Community, rng: Random) -> None:
    people = rng.sample(month.town.volunteer_ids, min(FOLLOWERS, len(month.town.volunteer_ids)))
    if community is month.town.communities[0]:
        people.append(month.town.keen_id)
    for person in people:
        follow_community(community.id, actor_id=person)


def _announce(month: Month, community: Community, at: int, rng: Random) -> None:
    _first, last, title, text, motif = TOLD[at]
    today = clock.local_day(clock.now())
    words = AnnouncementWords(title, text, today, clock.local_day(month.days.at(last, 12)))
    uploads = [draw(motif, done=True, rng=rng)] if motif and month.has_pictures else []
    with keep_picture(uploads) as picture:
        announce(community.id, actor_id=community.reporter(), words=words, picture=picture)
