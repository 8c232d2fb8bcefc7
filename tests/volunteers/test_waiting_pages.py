"""候补 and 明天还来吗 on the pages of volunteers, units and workers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from accounts.models import User
from foundation import clock
from foundation.db import db
from tests.makers import (
    make_community,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.pages import PageClient
from tests.wishes.in_line import full_wish, give_terms, in_line, stands
from tests.wishes.on_the_day import START, go, now
from wishes.models import Claim, WishTerms
from wishes.rules.kinds import Venue
from wishes.rules.terms import BelowLeast, FirstCircle
from wishes.services.claiming import claim_wish, withdraw
from wishes.services.clocks import run_due

__all__ = ["now"]
SignIn = Callable[[User], PageClient]
pytestmark = pytest.mark.usefixtures("now")


def step_back(claim_id: int) -> None:
    withdraw(claim_id, actor_id=db.session.get_one(Claim, claim_id).claimed_by_id)


class TestAVolunteer:
    def test_waits_is_offered_a_place_and_accepts(self, sign_in: SignIn) -> None:
        wish_id, claims = full_wish(title="防诈骗讲座")
        in_line(wish_id)
        browser = sign_in(make_volunteer())
        assert "前面有 1 位在候补" in browser.get(f"/wishes/{wish_id}").text
        assert "您排在第 2 位" in browser.submit(action="/wait").text
        assert "候补第 2 位" in browser.get("/mine").text
        step_back(claims[0])
        go_home = sign_in(make_volunteer())
        assert "我要候补" in go_home.get(f"/wishes/{wish_id}").text

    def test_accepts_from_my_wishes(self, sign_in: SignIn) -> None:
        wish_id, claims = full_wish()
        ((person, _turn),) = in_line(wish_id)
        browser = sign_in(person)
        step_back(claims[0])
        assert "给您留到 11月26日 周四 21:00" in browser.get(f"/wishes/{wish_id}").text
        assert "给您留到" in browser.get("/mine").text
        assert "名额是您的" in browser.submit(action="/accept").text
        assert stands(wish_id) == ("filled", 1, 0)

    def test_declines(self, sign_in: SignIn) -> None:
        wish_id, claims = full_wish()
        ((person, _turn),) = in_line(wish_id)
        browser = sign_in(person)
        step_back(claims[0])
        browser.get(f"/wishes/{wish_id}")
        assert "已退出候补" in browser.submit(action="/leave").text
        assert stands(wish_id) == ("open", 0, 0)

    def test_too_late_says_so(self, sign_in: SignIn, now: time_machine.Traveller) -> None:
        wish_id, claims = full_wish()
        ((person, _turn),) = in_line(wish_id)
        browser = sign_in(person)
        step_back(claims[0])
        browser.get(f"/wishes/{wish_id}")
        now.shift(timedelta(hours=13))
        answer = browser.submit(action="/accept", status=409)
        assert "给您留的时间已经过了" in answer.text

    def test_somebody_else_s_turn_is_not_found(self, sign_in: SignIn) -> None:
        wish_id, _claims = full_wish()
        ((_person, turn),) = in_line(wish_id)
        browser = sign_in(make_volunteer())
        browser.get("/")
        for what in ("accept", "leave"):
            assert browser.post(f"/waiting/{turn}/{what}").status_code == 404

    def test_a_visitor_signs_in_first(self, client: PageClient) -> None:
        wish_id, _claims = full_wish()
        assert "登录后候补" in client.get(f"/wishes/{wish_id}").text

    def test_where_a_place_is_free_nobody_waits(self, sign_in: SignIn) -> None:
        wish_id = make_wish(starts_at=START).id
        browser = sign_in(make_volunteer())
        assert "候补" not in browser.get(f"/wishes/{wish_id}").text
        answer = browser.post(f"/wishes/{wish_id}/wait")
        assert answer.status_code == 409
        assert "直接认领就行" in answer.text


class TestTheDayBefore:
    def asked(self, sign_in: SignIn, now: time_machine.Traveller) -> tuple[int, PageClient]:
        person, wish_id = make_volunteer(), make_wish(venue=Venue.HOME, starts_at=START).id
        claim_wish(wish_id, actor_id=person.id)
        browser = sign_in(person)
        now.move_to(START.replace(day=27, hour=8))
        run_due()
        return wish_id, browser

    def test_one_tap_says_yes(self, sign_in: SignIn, now: time_machine.Traveller) -> None:
        wish_id, browser = self.asked(sign_in, now)
        assert "还来吗" in browser.get("/notices").text
        assert "还来吗？11月27日 周五 18:00 前说一声" in browser.get("/mine").text
        browser.get(f"/wishes/{wish_id}")
        assert "您已确认会来" in browser.submit({"coming": "1"}, action="/coming").text

    def test_one_tap_says_no(self, sign_in: SignIn, now: time_machine.Traveller) -> None:
        wish_id, browser = self.asked(sign_in, now)
        browser.get(f"/wishes/{wish_id}")
        assert "名额让给别人" in browser.submit({"coming": "0"}, action="/coming").text
        assert stands(wish_id) == ("open", 0, 0)

    def test_nobody_asked_me(self, sign_in: SignIn) -> None:
        wish_id, _claims = full_wish()
        browser = sign_in(make_volunteer())
        browser.get("/")
        assert browser.post(f"/wishes/{wish_id}/coming", {"coming": "1"}).status_code == 404


class TestAUnit:
    def test_waits_with_its_number_and_accepts_all_of_them(self, sign_in: SignIn) -> None:
        wish_id, claims = full_wish(2)
        unit = make_unit()
        unit_id, boss = unit.id, make_coordinator(unit=unit)
        browser = sign_in(boss)
        browser.get(f"/unit/{unit_id}/wishes/{wish_id}/claim")
        assert (
            "一共只有 2 个名额" in browser.submit({"places": "3"}, action="/wait", status=422).text
        )
        assert "排在第 1 位" in browser.submit({"places": "2"}, action="/wait").text
        for claim_id in claims:
            step_back(claim_id)
        assert "有名额了，留到" in browser.get(f"/unit/{unit_id}").text
        browser.get(f"/unit/{unit_id}/wishes/{wish_id}/claim")
        assert "请排谁去" in browser.submit(action="/accept").text

    def test_a_stranger_has_no_such_unit(self, sign_in: SignIn) -> None:
        wish_id, _claims = full_wish()
        unit_id = make_unit().id
        browser = sign_in(make_volunteer())
        browser.get("/")
        page = f"/unit/{unit_id}/wishes/{wish_id}/wait"
        assert browser.post(page, {"places": "1"}).status_code == 404


class TestTheDesk:
    def test_the_worker_sees_the_line_and_what_is_offered(self, sign_in: SignIn) -> None:
        community = make_community()
        area_id, worker = community.id, make_worker(community=community)
        browser = sign_in(worker)
        wish_id, claims = full_wish(community=community)
        (first, _turn), _second = in_line(wish_id, people=2)
        name = first.name
        step_back(claims[0])
        text = browser.get(f"/desk/{area_id}/wishes/{wish_id}").text
        assert name in text
        assert "等答复，留到" in text
        assert "开始候补" in text

    def test_too_few_people_go_ahead_with_one_tap(
        self, sign_in: SignIn, now: time_machine.Traveller
    ) -> None:
        community = make_community()
        area_id, worker = community.id, make_worker(community=community)
        browser = sign_in(worker)
        wish_id = make_wish(community=community, headcount=5, starts_at=START).id
        give_terms(wish_id, least=3, below=BelowLeast.ASK)
        go(now, -15 * 60)
        run_due()
        assert "只有 0 人，最少要 3 人" in browser.get(f"/desk/{area_id}").text
        assert "好，照常办" in browser.submit(action="/go-ahead").text
        assert "人数不够" not in browser.get(f"/desk/{area_id}").text

    def test_the_form_folds_the_terms_and_keeps_them(self, sign_in: SignIn) -> None:
        community = make_community()
        area_id, worker = community.id, make_worker(community=community)
        browser = sign_in(worker)
        page = f"/desk/{area_id}/wishes/new"
        assert "更多：最少人数" in browser.get(page).text
        words = {
            "title": "环境整治", "public_place": "广场", "day": "2026-11-28", "starts": "9:00",
            "ends": "11:00", "headcount": "5", "no_tools": "y", "publish": "1",
        }  # fmt: skip
        answer = browser.submit({**words, "least": "9", "first_to": "home"}, status=422)
        assert "请填先开放几个小时" in answer.text
        answer = browser.submit({**words, "least": "9", "first_to": ""}, status=422)
        assert "最少人数不能比要的人数多" in answer.text
        more = {"least": "3", "below": "cancel", "first_to": "units", "first_hours": "6"}
        browser.submit({**words, **more})
        terms = db.session.query(WishTerms).one()
        assert (terms.least, terms.below, terms.first_to) == (3, "cancel", FirstCircle.UNITS)
        text = sign_in(make_volunteer()).get(f"/wishes/{terms.wish_id}").text
        assert "最少要 3 人，不够就取消" in text
        assert "这个心愿先开放给共建单位" in text
        assert "11月26日 周四 15:00起人人可认领" in sign_in(make_volunteer()).get("/").text


def test_the_first_hours_are_over_on_the_card_too(
    client: PageClient, now: time_machine.Traveller
) -> None:
    make_wish(starts_at=START, first_until=clock.now() + timedelta(hours=2))
    assert "起人人可认领" in client.get("/").text
    now.shift(timedelta(hours=3))
    assert "起人人可认领" not in client.get("/").text
