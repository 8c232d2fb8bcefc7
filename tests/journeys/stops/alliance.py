"""Communities side by side: the directory, what one follows, announcements."""

from __future__ import annotations

from datetime import timedelta

from communities.services.announcing import AnnouncementWords, announce, keep_picture, take_down
from foundation import clock
from tests.journeys.neighbourhood import Chosen, Neighbourhood
from tests.journeys.stops.stop import Ids, Stop
from wishes.services.following import follow_community

LEFT_OUT = {"communities.announcement_photo": "a picture; pages show it"}
TITLE = "本周三上午八点到十二点梨园社区一至六号楼因更换老旧水管临时停水，请提前存水"


def list_stops(town: Neighbourhood) -> list[Stop]:
    """As a visitor, as somebody who follows, at the desk."""
    at_desk: Ids = {"area_id": town.community.id}
    coming, shown = _announce(town, first=3), _announce(town, first=0)
    follow_community(town.community.id, actor_id=town.people["volunteer"].id)
    one: Ids = {**at_desk, "announcement_id": shown}
    return [
        Stop("visitor", "communities.index", {"q": "梨园"}),
        Stop("visitor", "communities.index", {"q": "没有这个社区"}),
        Stop("volunteer", "communities.index", {"street": town.street.id}),
        Stop("volunteer", "communities.mine"),
        Stop("newcomer", "communities.mine"),
        Stop("volunteer", "wishes.board", {"area": "followed"}),
        Stop("newcomer", "wishes.board", {"area": "followed"}),
        Stop("visitor", "wishes.board", {"area": town.community.id}),
        Stop("volunteer", "communities.page", at_desk),
        Stop("visitor", "communities.announcement", one),
        Stop("visitor", "communities.announcement", {**at_desk, "announcement_id": coming}, 404),
        *(Stop("visitor", "communities.wall", {**at_desk, "slide": n}) for n in range(1, 7)),
        Stop("worker", "communities.wall", {**at_desk, "hold": 1}),
        Stop("visitor", "communities.poster", at_desk),
        Stop("visitor", "wishes.poster", {"wish_id": town.ids["open"]}),
        Stop("visitor", "wishes.poster", {"wish_id": town.ids["draft"]}, 404),
        Stop("worker", "communities.announcements", at_desk),
        Stop("worker", "communities.new_announcement", at_desk),
        Stop("worker", "communities.edit_announcement", one),
    ]


def _announce(town: Neighbourhood, *, first: int) -> int:
    today, worker = clock.local_day(clock.now()), town.people["worker"].id
    words = AnnouncementWords(
        TITLE, "换管子，尽量当天修好。有困难的老人打社区电话，我们送水上门。",
        today + timedelta(days=first), today + timedelta(days=first + 5),
    )  # fmt: skip
    with keep_picture([Chosen(30 + first)]) as picture:
        made = announce(town.community.id, actor_id=worker, words=words, picture=picture)
        dropped = announce(town.community.id, actor_id=worker, words=words)
    take_down(town.community.id, dropped, actor_id=worker)
    return made
