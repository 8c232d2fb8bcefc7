"""Signing up on the public page, keeping the list at the desk, on both sides of the start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from accounts.models import User
from foundation import clock
from foundation.db import db, transaction
from tests.makers import make_supervisor, make_volunteer, make_wish, make_worker
from tests.pages import PageClient
from tests.stored import count
from tests.wishes.coming import Lecture, coming, guest, make_lecture, stands
from tests.wishes.on_the_day import START, go, now
from wishes.models import Guest, GuestLook, Wish
from wishes.rules.life import WishState
from wishes.services.cancelling import cancel_wish
from wishes.services.guest_seats import count_guests
from wishes.services.guests import sign_up

__all__ = ["now"]
SignIn = Callable[[User], PageClient]
WORDS = {"name": "孙奶奶", "phone": "138 0000 0777", "people": "2", "consent": "y"}


@pytest.fixture
def lecture(app: Any, now: time_machine.Traveller) -> Lecture:
    return make_lecture(seats=5, note="空腹，带身份证", starts_at=START)


def desk(lecture: Lecture, tail: str = "") -> str:
    return f"/desk/{lecture.community.id}/wishes/{lecture.wish_id}/guests{tail}"


class TestResident:
    def test_a_visitor_signs_up_and_cancels_by_the_code(
        self, lecture: Lecture, client: PageClient
    ) -> None:
        seen = client.get(f"/wishes/{lecture.wish_id}").text
        assert "还有 5 个座位" in seen
        assert "空腹，带身份证" in seen
        client.get(f"/wishes/{lecture.wish_id}/join")
        shown = client.submit(WORDS).text
        kept = db.session.scalars(select(Guest)).one()
        assert "报名成功" in shown
        assert f"{kept.code[:4]} {kept.code[4:]}" in shown
        assert "孙奶奶" not in shown
        client.get(f"/asks?code={kept.code.lower()}")
        client.submit(action="/cancel")
        assert stands(lecture.wish_id)[1] == 0
        assert "已经取消了" in client.get(f"/joined/{kept.code}").text

    @pytest.mark.parametrize(
        ("different", "sentence"),
        [
            ({"name": " "}, "请写怎么称呼"),
            ({"phone": ""}, "请填能打通的电话"),
            ({"phone": "12"}, "这个电话号码不对"),
            ({"consent": ""}, "请勾选同意"),
            ({"people": "6"}, ""),
            ({"people": "x"}, ""),
        ],
    )
    def test_bad_input_is_said_and_keeps_no_seat(
        self, lecture: Lecture, client: PageClient, different: dict[str, str], sentence: str
    ) -> None:
        client.get(f"/wishes/{lecture.wish_id}/join")
        words = {name: value for name, value in (WORDS | different).items() if value}
        assert sentence in client.submit(words, status=422).text
        assert count(Guest) == 0

    def test_twice_full_and_over_are_said(
        self, lecture: Lecture, client: PageClient, now: time_machine.Traveller
    ) -> None:
        client.get(f"/wishes/{lecture.wish_id}/join")
        client.submit(WORDS)
        client.get(f"/wishes/{lecture.wish_id}/join")
        assert "已经报过名了" in client.submit(WORDS, status=409).text
        assert (
            "只剩 3 个座位"
            in client.submit(WORDS | {"phone": "13800000778", "people": "4"}, status=409).text
        )
        sign_up(lecture.wish_id, words=guest(3, people=3))
        assert "已经报满了" in client.get(f"/wishes/{lecture.wish_id}/join", status=409).text
        go(now, 1)
        assert (
            "已经开始或者结束了" in client.get(f"/wishes/{lecture.wish_id}/join", status=409).text
        )

    def test_a_wish_without_seats_and_a_wrong_code(self, app: Any, client: PageClient) -> None:
        wish = make_wish()
        assert "不用报名" in client.get(f"/wishes/{wish.id}/join", status=409).text
        assert "报名参加" not in client.get(f"/wishes/{wish.id}").text
        client.get("/joined/AAAAAAAA", status=404)

    def test_one_browser_is_slowed(self, app: Any, client: PageClient) -> None:
        big = make_lecture(seats=50)
        for number in range(5):
            client.get(f"/wishes/{big.wish_id}/join")
            client.submit(WORDS | {"phone": f"1380000{number:04d}", "people": "1"})
        client.get(f"/wishes/{big.wish_id}/join")
        assert "报名太多了" in client.submit(WORDS, status=429).text
        assert stands(big.wish_id)[1] == 5

    def test_with_an_account_the_page_knows_me(self, lecture: Lecture, sign_in: SignIn) -> None:
        me = make_volunteer(name="钱大爷")
        page = sign_in(me)
        page.get(f"/wishes/{lecture.wish_id}/join")
        page.submit({"consent": "y"})
        assert "您报过名了" in page.get(f"/wishes/{lecture.wish_id}").text
        assert "我的报名" in page.get(f"/wishes/{lecture.wish_id}/join").text

    def test_the_communitys_page_lists_it(self, lecture: Lecture, client: PageClient) -> None:
        text = client.get(f"/communities/{lecture.community.id}").text
        assert "可以报名参加的" in text
        assert f"/wishes/{lecture.wish_id}/join" in text

    def test_a_lecture_called_off_is_said_under_the_code(
        self, lecture: Lecture, client: PageClient
    ) -> None:
        (code,) = coming(lecture.wish_id, 1)
        cancel_wish(lecture.wish_id, actor_id=lecture.worker.id, why="停电")
        assert "这一场取消了" in client.get(f"/joined/{code}").text


class TestDesk:
    def test_a_worker_opens_enters_prints_and_removes(self, app: Any, sign_in: SignIn) -> None:
        wish = make_wish()
        worker = make_worker(community=wish.community)
        lecture = Lecture(wish.id, wish.community, worker)
        page = sign_in(worker)
        page.get(f"/desk/{wish.community_id}/wishes/{wish.id}")
        page.get(desk(lecture))
        page.submit({"capacity": "30 人", "note": "带老花镜", "is_open": "y"}, action="/seats")
        assert stands(wish.id) == (30, 0, True, None)
        told = page.submit({"name": "孙奶奶", "phone": "13800000777"}, action="/enter").text
        assert "报名码" in told
        assert "138 0000 0777" in told
        assert "孙奶奶" in page.get(desk(lecture, "/sheet")).text
        assert sorted(db.session.scalars(select(GuestLook.on_paper))) == [False, True]
        page.get(desk(lecture))
        page.submit(action="/remove")
        assert stands(wish.id)[1] == 0

    @pytest.mark.parametrize("typed", ["", "0", "1.5", "两千", "2001"])
    def test_seats_that_are_no_number_are_said(
        self, lecture: Lecture, sign_in: SignIn, typed: str
    ) -> None:
        page = sign_in(lecture.worker)
        page.get(desk(lecture))
        page.submit({"capacity": typed}, action="/seats", status=422)
        assert stands(lecture.wish_id)[0] == 5

    def test_the_number_is_written_on_the_day_and_read_by_the_second_person(
        self, lecture: Lecture, sign_in: SignIn, now: time_machine.Traveller
    ) -> None:
        coming(lecture.wish_id, 1, 2, people=2)
        page = sign_in(lecture.worker)
        assert "来了多少人" not in page.get(desk(lecture)).text
        go(now, 30)
        page.get(desk(lecture))
        first = db.session.scalars(select(Guest.id).order_by(Guest.id)).first()
        assert "受益 9 人次" in page.submit({"came": str(first), "others": "7"}).text
        page.submit({"came": "999999", "others": "7"}, status=404)
        page.get(desk(lecture))
        page.submit({"others": "-1"}, status=422)
        assert stands(lecture.wish_id)[3] == 9
        report = page.get(f"/desk/{lecture.community.id}/wishes/{lecture.wish_id}/report").text
        assert "受益 9 人次" in report

    def test_names_go_with_their_days(
        self, lecture: Lecture, sign_in: SignIn, now: time_machine.Traveller
    ) -> None:
        coming(lecture.wish_id, 1)
        page = sign_in(lecture.worker)
        now.move_to(START + timedelta(days=8))
        text = page.get(desk(lecture)).text
        assert "孙奶奶" not in text
        assert "已按期删除" in text
        assert "孙奶奶" not in page.get(desk(lecture, "/sheet")).text
        page.get(desk(lecture))
        page.submit({"others": "3"}, action="/count")
        assert stands(lecture.wish_id)[3] == 3

    def test_those_above_read_counts_and_no_name(self, lecture: Lecture, sign_in: SignIn) -> None:
        coming(lecture.wish_id, 1)
        assert lecture.community.parent is not None
        above = sign_in(make_supervisor(street=lecture.community.parent))
        answer = above.open(desk(lecture))
        assert "孙奶奶" not in answer.text
        assert above.open(desk(lecture, "/sheet")).status_code in (403, 404)
        assert count(GuestLook) == 0

    def test_the_month_of_the_community_counts_people(
        self, lecture: Lecture, client: PageClient, now: time_machine.Traveller
    ) -> None:
        go(now, 30)
        count_guests(lecture.wish_id, actor_id=lecture.worker.id, others=41)
        page = f"/communities/{lecture.community.id}"
        assert "本月受益人次" not in client.get(page).text
        _verify(lecture.wish_id)
        assert "本月受益人次" in client.get(page).text
        assert "受益 41 人次" in client.get(f"/wishes/{lecture.wish_id}").text


def _verify(wish_id: int) -> None:
    with transaction() as session:
        wish = session.get_one(Wish, wish_id)
        wish.state, wish.closed_at = WishState.VERIFIED, clock.now()
