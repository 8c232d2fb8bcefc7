"""Journeys: a member who does not answer and the next who goes; a draft that a second person
returns and then publishes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.models import Area
from foundation import clock
from foundation.db import db, transaction
from tests.journeys.phone import Phone
from tests.journeys.ways import two_ways
from tests.makers import make_community, make_volunteer, make_worker, tomorrow
from tests.wishes.on_call import ALWAYS, open_turn
from wishes.models import QuickTurn, Wish
from wishes.rules.life import WishState
from wishes.services.clocks import run_due
from wishes.services.team import add_member

PhoneOf = Callable[..., Phone]


@two_ways
@pytest.mark.journey
def test_one_is_silent_and_the_next_goes(phone_of: PhoneOf) -> None:
    home = make_community(name="梨园社区")
    worker = make_worker(community=home, name="周敏")
    people = [make_volunteer(name="韩冰"), make_volunteer(name="万师傅")]
    for person in people:
        add_member(home.id, actor_id=worker.id, person=person.phone or "", duty=ALWAYS)
    desk, second = phone_of("worker", worker), phone_of("second", people[1])

    # Given a burst pipe, and a first member who does not answer
    desk.open(f"/desk/{home.id}/quick/new").type("什么急事", "厨房水管漏水")
    desk.type("大概在哪里", "一网格").type("门牌", "3号楼2单元501").tap("派人去").sees("韩冰")
    db.session.rollback()
    wish_id = db.session.query(Wish).one().id
    with transaction() as session:
        turn = session.query(QuickTurn).one()
        turn.asked_at = turn.asked_at - timedelta(minutes=6)
        turn.accept_until = clock.now() - timedelta(seconds=1)

    # When the clock asks the next, who sets out
    assert run_due().turns_lapsed == 1
    second.open(f"/quick/{open_turn(wish_id)}").tap("我去，现在出门")
    second.tap("看门牌和电话").sees("3号楼2单元501")

    # Then the desk sees who goes
    desk.open(f"/desk/{home.id}/quick").sees("没有回话").sees("有人去了").sees("万师傅")


@two_ways
@pytest.mark.journey
def test_returned_by_a_second_person_then_published(phone_of: PhoneOf) -> None:
    home = make_community(name="梨园社区")
    author = make_worker(community=home, name="周敏")
    colleague, home_id = make_worker(community=home, name="王芳"), home.id
    with transaction() as session:
        session.get_one(Area, home_id).second_look = True
    first, second = phone_of("author", author), phone_of("colleague", colleague)
    starts = clock.local(tomorrow())

    # Given a wish that is handed in
    first.open(f"/desk/{home.id}/wishes/new").type("心愿标题", "陪读报")
    first.type("公开的地点", "活动室").type("日期", f"{starts:%Y-%m-%d}")
    first.type("开始", "09:00").type("结束", "10:00").type("要几个人", "1").tick("不需要工具")
    first.tap("发布").sees("已提交审核").sees("自己不能审")
    db.session.rollback()
    page = f"/desk/{home.id}/wishes/{db.session.query(Wish).one().id}"

    # When a colleague returns it with a reason, the author reads it and hands it in again
    second.open(page)
    second.page.locator("summary", has_text="退回修改").click()
    second.type("为什么退回", "请写清带什么报纸").tap("退回").sees("退回了")
    first.open(page).sees("请写清带什么报纸").tap("提交审核").sees("已提交审核")

    # Then it is published by somebody else's hand
    second.open(page).tap("看过了，发布").sees("大家能看到并认领了")
    db.session.rollback()
    assert db.session.query(Wish).one().state == WishState.OPEN
