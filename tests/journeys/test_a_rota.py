"""A rota for a month: planned in one go, printed, one day changed; a neighbour takes every one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from foundation import clock
from foundation.db import db
from tests.journeys.phone import Phone
from tests.journeys.ways import two_ways
from tests.makers import make_community, make_volunteer, make_worker
from wishes.models import Place, Wish

PhoneOf = Callable[..., Phone]
TITLE = "老年食堂午间帮厨"


def fills_in(desk: Phone, *, people: list[str]) -> None:
    """The form of a weekly rota of four turns."""
    first = clock.local_day(clock.now()) + timedelta(days=1)
    desk.tick("周三").type("开始", "11:30").type("结束", "12:30")
    desk.type("从哪天起", f"{first:%Y-%m-%d}").type("或者一共几次", "4").choose(
        "碰上放假", "放假照常"
    )
    desk.type("轮流来的人", "\n".join(people)).type("心愿标题", TITLE)
    desk.type("公开的地点", "老年食堂").type("要几个人", "1").tick("不需要工具")


@two_ways
@pytest.mark.journey
def test_a_month_of_duty_with_one_changed_day(phone_of: PhoneOf) -> None:
    community = make_community(name="天图社区")
    worker = make_worker(community=community, name="周敏")
    first, second, third = (
        make_volunteer(name=name, home=community) for name in ("王喆", "李梅", "陈芳")
    )

    # Given a rota whose dates and people were looked at before it was published
    desk = phone_of("worker", worker)
    desk.open(f"/desk/{community.id}/series").tap("排轮值")
    fills_in(desk, people=["王喆", "李梅"])
    desk.tap("看看排出来的日子").sees("共 4 次").sees("王喆")
    desk.tap("就这样发布").sees("排好了").sees("进行中")

    # When one day is given to somebody else
    desk.tap("改这天").sees("轮到 王喆").type("这天换谁来", "陈芳")
    desk.tap("换人，通知两边").sees("这一天换成陈芳")

    # Then each of them reads it, the table on the wall says so, and nobody sits twice
    desk.tap("打印轮值表").sees("轮值表").sees("陈芳").tap("下个月").sees("李梅")
    phone_of("first", first).open("/notices").sees("换人了").sees("轮到您了")
    phone_of("third", third).open("/mine").sees(TITLE)
    db.session.rollback()
    seats = sorted((place.user_id for place in db.session.query(Place).filter(Place.live)), key=int)
    assert seats == sorted([first.id, second.id, second.id, third.id])
    assert {wish.places_taken for wish in db.session.query(Wish)} == {1}
