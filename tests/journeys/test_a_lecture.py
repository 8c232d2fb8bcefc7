"""A health talk: residents sign up without an account, one cancels, the number goes to report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from foundation import clock
from foundation.db import db, transaction
from love_bank.models import Entry
from tests.journeys.phone import Phone
from tests.journeys.ways import two_ways
from tests.makers import make_community, make_wish, make_worker
from tests.stored import count
from wishes.models import Guest, GuestLook, GuestSeats, Wish

PhoneOf = Callable[..., Phone]


@pytest.mark.journey
@two_ways
def test_a_talk_is_opened_signed_up_for_and_counted(phone_of: PhoneOf) -> None:
    community = make_community(name="梨园社区")
    worker = make_worker(community=community)
    worker_id = worker.id
    wish_id = make_wish(community=community, created_by=worker, title="血压健康讲座").id

    # Given the worker lets residents sign up
    desk = phone_of("worker", worker).open(f"/desk/{community.id}/wishes/{wish_id}")
    desk.tap("开放居民报名").type("居民座位", "3").type("给居民的话", "空腹来")
    desk.tap("开放报名", within="#seats").sees("座位存好了")

    # When a resident without an account signs up from the community's page, and another by phone
    resident = phone_of("resident").open(f"/communities/{community.id}").tap("血压健康讲座")
    resident.tap("报名参加")
    resident.sees("空腹来").type("怎么称呼", "孙奶奶").type("电话", "13800000777")
    resident.choose("一共几位", "2 位").tick("我同意").tap("报名", exact=True).sees("报名成功")
    desk.open(f"/desk/{community.id}/wishes/{wish_id}/guests").sees("孙奶奶").sees("138 0000 0777")
    desk.type("怎么称呼", "钱大爷").type("电话", "13800000778").tap("记上").sees("报名码")
    resident.open(f"/wishes/{wish_id}").sees("座位已经报满了")

    # And the resident cancels with the code alone
    db.session.rollback()
    code = db.session.scalars(select(Guest.code).order_by(Guest.id)).first()
    assert code is not None
    db.session.rollback()
    later = phone_of("later").open("/asks").type("查询码", code.lower()).tap("查一下")
    later.sees("我的报名").tap("来不了，取消报名").sees("还有 2 个座位")

    # Then on the day those who came are ticked and counted, and no minute is written
    _begin(wish_id)
    desk.open(f"/desk/{community.id}/wishes/{wish_id}/guests").does_not_see("孙奶奶")
    desk.tick("钱大爷").type("没勾上的，另有几人", "6").tap("记下人次").sees("受益 7 人次")
    desk.open(f"/desk/{community.id}/wishes/{wish_id}/report").sees("受益 7 人次")
    db.session.rollback()
    assert db.session.scalars(select(GuestSeats.attended)).one() == 7
    assert count(Entry) == 0
    assert set(db.session.scalars(select(GuestLook.user_id))) == {worker_id}


def _begin(wish_id: int) -> None:
    with transaction() as session:
        wish = session.get_one(Wish, wish_id)
        wish.starts_at = clock.now() - timedelta(minutes=30)
        wish.ends_at = clock.now() + timedelta(minutes=30)
