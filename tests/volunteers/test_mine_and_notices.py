"""我的 and 通知: what is to be done now, what is to come, what was said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Some
from typing import Any

import pytest
from sqlalchemy import select

from accounts.models import User
from foundation import clock
from foundation.db import db
from foundation.outbox import Message
from tests.makers import (
    make_colleague,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_wish,
    tomorrow,
)
from tests.pages import PageClient
from volunteers.rules import Step, may_say_no, may_step_back, next_step
from wishes.rules.kinds import Venue, WishKind
from wishes.rules.life import WishState
from wishes.services.claiming import claim_for_unit, claim_wish

SignIn = Callable[[User], PageClient]
NINE = datetime(2026, 11, 28, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def part(**different: Any) -> Any:
    usual = {
        "kind": WishKind.SERVICE, "state": WishState.FILLED, "starts_at": NINE,
        "ends_at": NINE + HOUR, "is_own": True, "places": 1, "named": 1, "arrived_at": None,
        "left_at": None, "claimed_at": NINE - 90 * HOUR, "rescheduled_at": None,
    }  # fmt: skip
    return Some(**(usual | different))


@pytest.mark.parametrize(
    ("mine", "at", "step"),
    [
        (part(), NINE - 2 * HOUR, Step.WAIT),
        (part(), NINE - HOUR / 2, Step.CHECK_IN),
        (part(state=WishState.IN_SERVICE), NINE + HOUR / 2, Step.CHECK_IN),
        (part(arrived_at=NINE), NINE + HOUR / 2, Step.CHECK_OUT),
        (part(arrived_at=NINE), NINE + 9 * HOUR, Step.OVER),
        (part(arrived_at=NINE, left_at=NINE + HOUR), NINE + HOUR, Step.OVER),
        (part(), NINE + 3 * HOUR, Step.OVER),
        (part(state=WishState.CANCELLED), NINE - 48 * HOUR, Step.OVER),
        (part(places=3), NINE - 48 * HOUR, Step.NAME_FRIENDS),
        (part(places=3, is_own=False), NINE - 48 * HOUR, Step.WAIT),
        (part(kind=WishKind.ITEM, ends_at=NINE), NINE - HOUR, Step.DELIVER),
        (part(kind=WishKind.ITEM, state=WishState.VERIFIED), NINE, Step.OVER),
    ],
)
def test_the_next_step_follows_the_clock(mine: Any, at: datetime, step: Step) -> None:
    assert next_step(mine, at) is step


def test_one_steps_back_until_the_deadline_and_says_no_after_it() -> None:
    early, late = NINE - 48 * HOUR, NINE - 3 * HOUR
    assert (may_step_back(part(), early), may_say_no(part(), early)) == (True, False)
    assert (may_step_back(part(), late), may_say_no(part(), late)) == (False, True)
    assert may_say_no(part(is_own=False), early)


class TestMyClaims:
    def test_nothing_claimed_points_to_the_wall(self, sign_in: SignIn) -> None:
        assert "您还没有认领过心愿" in sign_in(make_volunteer()).get("/mine").text

    def test_a_coming_wish_says_until_when_one_may_step_back(self, sign_in: SignIn) -> None:
        me = make_volunteer()
        claim_wish(make_wish(title="陪诊").id, actor_id=me.id)
        browser = sign_in(me)
        text = browser.get("/mine").text
        assert "接下来" in text
        assert "18:00 前可退出" in text
        assert "已退出" in browser.submit(action="/withdraw").text

    def test_at_the_hour_the_way_to_check_in_is_on_top(self, sign_in: SignIn) -> None:
        me = make_volunteer()
        soon = clock.now() + timedelta(minutes=20)
        claim_wish(make_wish(starts_at=soon, venue=Venue.HOME).id, actor_id=me.id)
        text = sign_in(me).get("/mine").text
        assert "可以签到了" in text
        assert "看门牌" in text
        assert "我来不了" in text

    def test_cannot_come_frees_the_place_and_says_so(self, sign_in: SignIn) -> None:
        me = make_volunteer()
        claim_wish(make_wish(starts_at=clock.now() + timedelta(hours=2)).id, actor_id=me.id)
        browser = sign_in(me)
        browser.get("/mine")
        assert "社区已经知道您来不了" in browser.submit(action="/cannot-come").text
        assert "您还没有认领过心愿" in browser.get("/mine").text

    def test_a_colleague_sees_the_place_the_unit_gave(self, sign_in: SignIn) -> None:
        unit = make_unit(name="航天示范园")
        boss, colleague = make_coordinator(unit=unit), make_colleague(unit=unit)
        unit_id, boss_id, me_id = unit.id, boss.id, colleague.id
        claim_for_unit(
            make_wish(headcount=3).id, actor_id=boss_id, organisation_id=unit_id, places=2,
            named=[me_id],
        )  # fmt: skip
        text = sign_in(db.session.get_one(User, me_id)).get("/mine").text
        assert "随航天示范园" in text
        assert "我来不了" in text
        assert "退出</button>" not in text

    def test_the_unconfirmed_are_told_what_is_missing(self, sign_in: SignIn) -> None:
        assert "身份还没核过" in sign_in(make_volunteer(confirmed=False)).get("/mine").text


class TestNotices:
    def test_reading_the_page_leaves_the_marks_and_the_button_takes_them(
        self, sign_in: SignIn
    ) -> None:
        me = make_volunteer()
        claim_wish(make_wish(title="陪诊", starts_at=tomorrow(9)).id, actor_id=me.id)
        browser = sign_in(me)
        for _time in range(2):
            assert "1 条没看过" in browser.get("/notices").text
        text = browser.submit(action="/notices/read").text
        assert "认领成功：陪诊" in text
        assert "条没看过" not in text
        unread = select(Message.id).where(Message.user_id == me.id, Message.read_at.is_(None))
        assert db.session.scalars(unread).all() == []

    def test_no_message_is_said_in_words(self, sign_in: SignIn) -> None:
        assert "还没有通知" in sign_in(make_volunteer()).get("/notices").text
