"""The morning page, the lanes, the slip on paper, and the community's own page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import time_machine
from sqlalchemy import event, select

from accounts.models import Area, User
from foundation import clock
from foundation.db import db, transaction
from tests.makers import (
    make_community,
    make_grid,
    make_grid_worker,
    make_volunteer,
    make_wish,
    make_worker,
    tomorrow,
)
from tests.pages import PageClient
from wishes.models import PrivateLook, Slip
from wishes.rules.asking import AskWords, PrivateWords
from wishes.rules.kinds import Venue
from wishes.rules.life import WishState
from wishes.services.asking import submit_ask
from wishes.services.claiming import claim_wish
from wishes.services.private import keep_private

SignIn = Callable[[User], PageClient]
DOOR = PrivateWords(name="张奶奶", phone="+8613800000142", door="3号楼2单元501")


def at_desk(sign_in: SignIn, community: Area) -> PageClient:
    return sign_in(make_worker(community=community))


class TestToday:
    def test_an_ask_waits_with_its_phone_and_one_tap(self, app: Any, sign_in: SignIn) -> None:
        community = make_community()
        page = at_desk(sign_in, community)
        submit_ask(community.id, words=AskWords(title="换灯泡"), private=DOOR)
        answer = page.get(f"/desk/{community.id}")
        assert 'href="tel:+8613800000142"' in answer.text
        page.get(f"/desk/{community.id}")
        assert len(db.session.scalars(select(PrivateLook)).all()) == 1
        assert "补全草稿" in page.submit({}, action="/accept").text

    def test_what_lacks_people_within_three_days(self, app: Any, sign_in: SignIn) -> None:
        community = make_community()
        make_wish(community=community, title="扫雪", headcount=3)
        make_wish(community=community, title="下周的事", starts_at=tomorrow() + timedelta(days=7))
        answer = at_desk(sign_in, community).get(f"/desk/{community.id}")
        assert "扫雪" in answer.text
        assert "还差 3 人" in answer.text
        assert "下周的事" not in answer.text

    def test_nothing_to_do_says_so(self, app: Any, sign_in: SignIn) -> None:
        community = make_community()
        assert "都办完了" in at_desk(sign_in, community).get(f"/desk/{community.id}").text

    def test_a_grid_worker_sees_the_own_grids_asks(self, app: Any, sign_in: SignIn) -> None:
        community = make_community()
        grid, other = make_grid(community=community), make_grid(community=community)
        for title, place in (("修门", grid), ("修窗", other)):
            submit_ask(community.id, words=AskWords(title=title), private=DOOR, grid_id=place.id)
        answer = sign_in(make_grid_worker(grid=grid)).get(f"/desk/{grid.id}")
        assert "修门" in answer.text
        assert "修窗" not in answer.text
        assert "发布心愿" not in answer.text

    def test_the_number_of_questions_does_not_grow(self, app: Any, sign_in: SignIn) -> None:
        community = make_community()
        page = at_desk(sign_in, community)
        for _ask in range(2):
            submit_ask(community.id, words=AskWords(title="换灯泡"), private=DOOR)
        page.get(f"/desk/{community.id}")
        few = _count(page, f"/desk/{community.id}")
        for _ask in range(4):
            submit_ask(community.id, words=AskWords(title="换灯泡"), private=DOOR)
            make_wish(community=community, headcount=2)
        page.get(f"/desk/{community.id}")
        assert _count(page, f"/desk/{community.id}") <= few + 2


def _count(page: PageClient, path: str) -> int:
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    page.get(path)
    event.remove(db.engine, "before_cursor_execute", note)
    return len(asked)


class TestLanes:
    def test_four_lights_count_and_the_late_ones_say_so(self, app: Any, sign_in: SignIn) -> None:
        community = make_community()
        page = at_desk(sign_in, community)
        make_wish(community=community, title="换灯泡", starts_at=tomorrow())
        make_wish(community=community, title="讲座", state=WishState.REPORTED)
        make_wish(community=community, title="草稿一", state=WishState.DRAFT)
        with time_machine.travel(tomorrow() + timedelta(days=3), tick=False):
            answer = page.get(f"/desk/{community.id}/wishes")
            drafts = page.get(f"/desk/{community.id}/wishes?light=grey")
        assert "超时 3 天" in answer.text
        assert "草稿 1" in answer.text
        assert "草稿一" in drafts.text

    def test_a_lane_goes_on_page_by_page(self, app: Any, sign_in: SignIn) -> None:
        community = make_community()
        page = at_desk(sign_in, community)
        worker = make_worker(community=community)
        for number in range(33):
            make_wish(community=community, created_by=worker, title=f"心愿{number:02d}号")
        first = page.get(f"/desk/{community.id}/wishes?light=red").text
        assert page.page is not None
        onward = next(link for link in page.page.links if "after=" in link)
        second = page.get(onward).text
        both = [f"心愿{n:02d}号" for n in range(33) if (f"心愿{n:02d}号" in first)]
        rest = [f"心愿{n:02d}号" for n in range(33) if (f"心愿{n:02d}号" in second)]
        assert (len(both), len(rest), set(both) & set(rest)) == (30, 3, set())

    def test_text_and_kind_narrow(self, app: Any, sign_in: SignIn) -> None:
        community = make_community()
        page = at_desk(sign_in, community)
        make_wish(community=community, title="换灯泡")
        make_wish(community=community, title="扫雪100%")
        answer = page.get(f"/desk/{community.id}/wishes?q=100%25&kind=repair")
        assert "扫雪" in answer.text
        assert "换灯泡" not in answer.text
        page.get(f"/desk/{community.id}/wishes?light=red&after=nonsense&grid=x&kind=y&q=%00")


class TestSlip:
    def test_the_paper_has_names_codes_and_boxes(self, app: Any, sign_in: SignIn) -> None:
        community = make_community()
        with transaction():
            db.session.get_one(Area, community.id).phone = "0433 322 0000"
        wish = make_wish(community=community, venue=Venue.HOME, headcount=2, title="换灯泡")
        claim_wish(wish.id, actor_id=make_volunteer(name="李师傅").id)
        page = at_desk(sign_in, community)
        path = f"/desk/{community.id}/wishes/{wish.id}"
        page.get(path)
        answer = page.submit({}, action="/slip")
        slip = db.session.scalars(select(Slip)).one()
        shown = f"{slip.arrive_code[:3]} {slip.arrive_code[3:]}"
        for text in ("第 0001 号", "李师傅", "0433 322 0000", shown, "满意", "签名"):
            assert text in answer.text
        page.get(f"{path}/slip")
        assert len(db.session.scalars(select(Slip)).all()) == 1


class TestPage:
    def test_neighbours_see_wishes_numbers_and_figures(
        self, client: PageClient, sign_in: SignIn
    ) -> None:
        community = make_community(name="天图社区")
        wish = make_wish(community=community, title="清理小道杂草", venue=Venue.HOME)
        wish_id = wish.id
        with transaction():
            keep_private(DOOR, wish_id=wish_id)
        page = at_desk(sign_in, community)
        page.get(f"/desk/{community.id}/page")
        page.submit(
            {"about": "一千户人家。", "phone": "0433 322 0000", "numbers-0-label": "社区诊所",
             "numbers-0-phone": "0433 322 0001", "numbers-1-label": ""}
        )  # fmt: skip
        answer = client.get(f"/communities/{community.id}")
        for text in ("清理小道杂草", "一千户人家", "社区诊所", "tel:04333220001", "本月办结"):
            assert text in answer.text
        assert "501" not in answer.text
        assert "天图社区" in client.get("/communities").text

    def test_a_number_without_digits_is_told(self, app: Any, sign_in: SignIn) -> None:
        community = make_community()
        page = at_desk(sign_in, community)
        page.get(f"/desk/{community.id}/page")
        words = {"numbers-0-label": "诊所", "numbers-0-phone": "不知道"}
        assert "请填能拨打的号码" in page.submit(words, status=422).text

    def test_only_the_own_worker_writes_the_page(self, app: Any, sign_in: SignIn) -> None:
        community = make_community()
        page = at_desk(sign_in, make_community())
        page.get(f"/desk/{community.id}/page", status=404)

    def test_a_grid_has_no_public_page(self, client: PageClient) -> None:
        grid = make_grid(community=make_community())
        client.get(f"/communities/{grid.id}", status=404)
        client.get(f"/communities/{clock.now():%Y}99", status=404)
