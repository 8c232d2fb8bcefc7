"""The check-in page and what the site's QR opens, without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine
from sqlalchemy import select

from accounts.models import User
from foundation.db import db
from tests.makers import make_volunteer, make_wish
from tests.pages import PageClient
from tests.wishes.on_the_day import START, at, code_of, go, kept, make_slip, now, seated
from wishes.models import Attendance, ToolPledge
from wishes.rules.kinds import Provision, Venue
from wishes.rules.proof import Proof
from wishes.services.attending import arrive
from wishes.services.claiming import claim_wish

__all__ = ["now"]
pytestmark = pytest.mark.usefixtures("app", "now")
SignIn = Callable[[User], PageClient]


class TestCheckInPage:
    def test_without_a_wish_today_it_says_what_to_do(self, sign_in: SignIn) -> None:
        page = sign_in(make_volunteer()).get("/check-in")
        assert "今天没有要签到的心愿" in page.text

    def test_a_stranger_is_sent_to_sign_in(self, client: PageClient) -> None:
        assert "/sign-in" in client.open("/check-in").location

    def test_typed_digits_take_me_in_and_out(
        self, now: time_machine.Traveller, sign_in: SignIn
    ) -> None:
        wish_id, person = seated(Venue.HOME, title="换卧室灯泡")
        make_slip(wish_id)
        go(now, 0)
        client = sign_in(person)
        assert "换卧室灯泡" in client.get("/check-in").text
        page = client.submit({"side": "arrive", "code": "111 222"}, action="/check-in")
        assert "已签到，9:00" in page.text
        go(now, 55)
        client.get("/check-in")
        page = client.submit({"side": "leave", "code": "333444"}, action="/check-in")
        assert "已签退" in page.text
        assert kept(wish_id).left_at == at(55)

    def test_a_wrong_code_keeps_what_was_typed_and_says_why(
        self, now: time_machine.Traveller, sign_in: SignIn
    ) -> None:
        _wish_id, person = seated()
        go(now, 0)
        client = sign_in(person)
        client.get("/check-in")
        page = client.submit({"side": "arrive", "code": "12"}, action="/check-in", status=409)
        assert "这个码不对" in page.text
        assert 'value="12"' in page.text

    def test_an_empty_code_is_no_tap(self, now: time_machine.Traveller, sign_in: SignIn) -> None:
        wish_id, person = seated(Venue.HOME)
        go(now, 0)
        client = sign_in(person)
        client.get("/check-in")
        client.submit({"side": "arrive"}, action="/check-in", status=409)
        client.submit({"side": "tap_arrive"}, action="/check-in")
        assert kept(wish_id).arrived_proof == Proof.TAP

    def test_the_same_post_five_times_is_one_arrival_and_no_lock(
        self, now: time_machine.Traveller, sign_in: SignIn
    ) -> None:
        wish_id, person = seated()
        go(now, 0)
        client = sign_in(person)
        client.get("/check-in")
        words = {"side": "arrive", "code": code_of(wish_id), "wish": wish_id, "once": "one-key"}
        for _time in range(5):
            answer = client.post("/check-in", words)
            assert answer.status_code == 302
        assert len(db.session.scalars(select(Attendance.id)).all()) == 1

    def test_guessing_under_one_key_is_counted_all_the_same(
        self, now: time_machine.Traveller, sign_in: SignIn
    ) -> None:
        wish_id, person = seated()
        go(now, 0)
        client = sign_in(person)
        client.get("/check-in")
        words = {"side": "arrive", "wish": wish_id, "once": "one-key"}
        for guess in range(5):
            assert client.post("/check-in", {**words, "code": str(guess)}).status_code == 409
        right = client.post("/check-in", {**words, "code": code_of(wish_id)})
        assert right.status_code == 429
        assert "输错太多次" in right.text

    @pytest.mark.parametrize("wish", [10**30, -1, "一", ""])
    def test_a_wish_that_cannot_be_is_refused_in_words(
        self, now: time_machine.Traveller, sign_in: SignIn, wish: object
    ) -> None:
        _wish_id, person = seated()
        go(now, 0)
        client = sign_in(person)
        client.get("/check-in")
        client.submit({"side": "arrive", "wish": wish}, action="/check-in", status=422)
        client.get("/c/999999999999999999999999/123456", status=404)

    def test_of_two_wishes_i_choose_one(self, now: time_machine.Traveller, sign_in: SignIn) -> None:
        first, person = seated(title="理发")
        second = make_wish(starts_at=at(60), title="反诈讲座").id
        claim_wish(second, actor_id=person.id)
        go(now, 0)
        arrive(first, actor_id=person.id, code=code_of(first))
        go(now, 58)
        client = sign_in(person)
        page = client.get("/check-in")
        assert "9:00 到的" in page.text
        words = {"side": "arrive", "code": code_of(second)}
        client.submit(words, action="/check-in", status=422)
        client.submit({**words, "wish": second}, action="/check-in")
        assert len(db.session.scalars(select(Attendance.id)).all()) == 2

    def test_later_today_is_shown_without_a_form(
        self, now: time_machine.Traveller, sign_in: SignIn
    ) -> None:
        _wish_id, person = seated()
        go(now, -120)
        page = sign_in(person).get("/check-in")
        assert "开始前一小时可以签到" in page.text
        assert 'name="code"' not in page.text


class TestScanPage:
    def test_looking_records_nothing_pressing_does(
        self, now: time_machine.Traveller, sign_in: SignIn
    ) -> None:
        wish_id, person = seated()
        go(now, 0)
        client = sign_in(person)
        client.get(f"/c/{wish_id}/{code_of(wish_id)}")
        assert db.session.scalars(select(Attendance.id)).all() == []
        client.submit({"side": "arrive"})
        assert kept(wish_id).arrived_proof == Proof.CODE

    def test_a_stale_link_says_scan_again(
        self, now: time_machine.Traveller, sign_in: SignIn
    ) -> None:
        wish_id, person = seated()
        go(now, 0)
        client = sign_in(person)
        client.get(f"/c/{wish_id}/{code_of(wish_id)}")
        now.shift(60)
        page = client.submit({"side": "arrive"}, status=409)
        assert "已经过期" in page.text

    def test_without_a_place_it_says_who_can_help(
        self, now: time_machine.Traveller, sign_in: SignIn
    ) -> None:
        wish_id, _person = seated()
        go(now, 0)
        page = sign_in(make_volunteer()).get(f"/c/{wish_id}/{code_of(wish_id)}", status=403)
        assert "没有您的名额" in page.text

    def test_borrowed_tools_are_ticked_off_on_the_way_out(
        self, now: time_machine.Traveller, sign_in: SignIn
    ) -> None:
        wish = make_wish(starts_at=START, tools=[("梯子", Provision.BORROW)])
        wish_id, person = wish.id, make_volunteer()
        claim_wish(wish_id, actor_id=person.id, tools=[wish.tools[0].id])
        go(now, 0)
        arrive(wish_id, actor_id=person.id, code=code_of(wish_id))
        go(now, 50)
        client = sign_in(person)
        assert "梯子" in client.get(f"/c/{wish_id}/{code_of(wish_id)}").text
        pledge = db.session.scalars(select(ToolPledge.id)).one()
        client.submit({"side": "leave", "returned": pledge})
        assert db.session.get_one(ToolPledge, pledge).returned_at == at(50)
