"""Seats for participants: before the start, full, counted, called off."""

from __future__ import annotations

from datetime import timedelta

from foundation import clock
from foundation.db import transaction
from tests.journeys.neighbourhood import LONG, Neighbourhood
from tests.journeys.stops.stop import Ids, Stop
from tests.makers import make_wish, tomorrow
from tests.wishes.coming import coming, guest, make_lecture_of
from wishes.models import Wish
from wishes.rules.guests import GuestWords
from wishes.services.cancelling import cancel_wish
from wishes.services.guest_seats import count_guests
from wishes.services.guests import cancel_sign_up, sign_up

NOTE = "六十岁以上的居民都可以来，请空腹，带身份证和上一次的化验单，家属可以陪着"


def list_stops(town: Neighbourhood) -> list[Stop]:
    """The resident's pages and the list at the desk."""
    at_desk: Ids = {"area_id": town.community.id}
    lecture, full = _lecture(town, seats=30, title=LONG), _lecture(town, seats=2)
    codes = coming(lecture, 1, 2, 3, people=2)
    long_name = GuestWords("欧阳慕容上官司马诸葛东方西门家奶奶", "13800000009")
    sign_up(lecture, words=long_name)
    mine = sign_up(lecture, words=guest(8), actor_id=town.people["newcomer"].id)
    coming(full, 4, people=2)
    gone = coming(lecture, 5)[0]
    cancel_sign_up(gone)
    off, code_off = _called_off(town)
    ids: Ids = {**at_desk, "wish_id": lecture}
    return [
        Stop("visitor", "communities.join", {"wish_id": lecture}),
        Stop("visitor", "communities.join", {"wish_id": full}, 409),
        Stop("visitor", "communities.join", {"wish_id": town.ids["open"]}, 409),
        Stop("visitor", "communities.joined", {"code": codes[0], "new": 1}),
        Stop("visitor", "communities.joined", {"code": gone}),
        Stop("visitor", "communities.joined", {"code": code_off}),
        Stop("newcomer", "communities.joined", {"code": mine}),
        Stop("visitor", "wishes.wish_page", {"wish_id": lecture}),
        Stop("newcomer", "wishes.wish_page", {"wish_id": lecture}),
        Stop("visitor", "wishes.wish_page", {"wish_id": full}),
        Stop("visitor", "communities.page", at_desk),
        Stop("worker", "communities.guests", ids),
        Stop("worker", "communities.guests", {**at_desk, "wish_id": town.ids["open"]}),
        Stop("worker", "communities.guests", {**at_desk, "wish_id": _counted(town)}),
        Stop("worker", "communities.guests", {**at_desk, "wish_id": off}),
        Stop("worker", "communities.guest_sheet", ids),
        Stop("worker", "communities.wish_desk", ids),
    ]


def _lecture(town: Neighbourhood, *, seats: int, title: str = "血压健康讲座") -> int:
    worker = town.people["worker"]
    made = make_wish(
        community=town.community, created_by=worker, title=title, starts_at=tomorrow(20)
    )
    return make_lecture_of(made.id, worker, seats=seats, note=NOTE)


def _called_off(town: Neighbourhood) -> tuple[int, str]:
    wish_id = _lecture(town, seats=9)
    (code,) = coming(wish_id, 6)
    cancel_wish(wish_id, actor_id=town.people["worker"].id, why="老师病了")
    return wish_id, code


def _counted(town: Neighbourhood) -> int:
    """It has begun; some were on the list."""
    worker = town.people["worker"]
    wish_id = _lecture(town, seats=9, title="智能手机课")
    coming(wish_id, 7, 8)
    _begin(wish_id)
    count_guests(wish_id, actor_id=worker.id, others=4)
    return wish_id


def _begin(wish_id: int) -> None:
    with transaction() as session:
        wish = session.get_one(Wish, wish_id)
        wish.starts_at = clock.now() - timedelta(hours=1)
        wish.ends_at = clock.now() + timedelta(hours=1)
