"""Journey: a community orders from the menu, one unit declines, the second comes; a wish suits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from foundation import clock
from foundation.db import db
from tests.journeys.phone import Phone
from tests.journeys.ways import two_ways
from tests.makers import (
    make_colleague,
    make_community,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
    tomorrow,
)
from tests.wishes.menu import make_offer
from wishes.models import Dispatch, Wish
from wishes.rules.life import WishState

PhoneOf = Callable[..., Phone]


@two_ways
@pytest.mark.journey
def test_an_order_declined_then_taken_and_a_wish_that_suits(phone_of: PhoneOf) -> None:
    area = make_community(name="梨园社区")
    first, second = make_unit(name="柳湾卫生院"), make_unit(name="护士学校")
    busy, ready = make_coordinator(unit=first), make_coordinator(unit=second)
    make_colleague(unit=second, name="韩冰")
    make_offer(busy, area=area, unit_id=first.id, title="量血压、讲用药")
    make_offer(ready, area=area, unit_id=second.id, title="测血糖")
    desk = phone_of("worker", make_worker(community=area, name="周敏"))
    clinic, school = phone_of("clinic", busy), phone_of("school", ready)

    # Given an order from the service menu
    desk.open(f"/desk/{area.id}/menu").sees("柳湾卫生院").tap("点单 量血压、讲用药")
    starts = clock.local(tomorrow())
    desk.type("公开的地点", "活动室").type("日期", f"{starts:%Y-%m-%d}")
    desk.type("开始", "09:00").type("结束", "11:00").type("要几个人", "2").tick("不需要工具")
    desk.tap("点单，请对方来").sees("等回复").sees("柳湾卫生院")
    db.session.rollback()
    asked = db.session.scalars(select(Dispatch)).one()
    wish_id, order_id = asked.wish_id, asked.id

    # When the clinic declines with a reason, the community reads it and asks the next
    clinic.open(f"/unit/{first.id}/orders/{order_id}").sees("量血压、讲用药")
    clinic.type("为什么接不了", "那天全院培训").tap("回复接不了").sees("已婉拒")
    desk.open(f"/desk/{area.id}/wishes/{wish_id}/invite").sees("原因：那天全院培训")
    desk.sees("服务菜单里有“测血糖”")
    desk.page.locator("li", has_text="护士学校").get_by_role("button", name="邀请").click()
    desk.sees("邀请发出了")

    # And the school takes it with a name
    school.open(f"/unit/{second.id}/orders").tap("看看，接不接").tick("韩冰")
    school.tap("接单，我们去").sees("接单了")
    desk.open(f"/desk/{area.id}/wishes/{wish_id}").sees("护士学校").sees("进行中")
    db.session.rollback()
    assert db.session.get_one(Wish, wish_id).state == WishState.FILLED

    # Then a neighbour who tells what she can do sees what suits her, and why
    neighbour = phone_of("neighbour", make_volunteer(name="王喆", home=area))
    make_wish(community=area, title="换卧室灯泡")
    neighbour.open("/me/skills").tick("会电工").tap("保存").sees("记下了")
    neighbour.open("/mine").sees("适合您的").sees("会电工 · 住在本社区")
    neighbour.tap("换卧室灯泡").sees("我来，占 1 个名额")
