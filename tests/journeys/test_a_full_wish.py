"""Journey: a full wish, two in line, a withdrawal, an offer that lapses; and the day before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from foundation import clock
from foundation.db import db
from tests.journeys import volunteer
from tests.journeys.conftest import MovableClock, carry_mail
from tests.journeys.phone import Phone
from tests.journeys.ways import two_ways
from tests.makers import make_community, make_volunteer, make_wish, make_worker
from wishes.models import Wish
from wishes.rules.kinds import Venue
from wishes.rules.life import WishState

PhoneOf = Callable[..., Phone]


def a_morning(days: int) -> datetime:
    """Ten in the morning, so many days from today."""
    local = clock.local(clock.now()) + timedelta(days=days)
    return clock.from_local(local.date(), local.time().replace(10, 0, 0, 0))


@pytest.mark.journey
@two_ways
def test_a_full_wish_and_the_day_before(app: Flask, phone_of: PhoneOf, moved: MovableClock) -> None:
    area = make_community(name="梨园社区")
    area_id, worker = area.id, make_worker(community=area, name="周敏")
    people = [make_volunteer(name=name) for name in ("王喆", "李想", "赵晨")]
    starts = a_morning(4)
    wish_id = make_wish(
        community=area, title="陪李奶奶复诊", venue=Venue.HOME, starts_at=starts, minutes=90
    ).id
    first, second, third = (phone_of(f"p{at}", person) for at, person in enumerate(people))
    desk = phone_of("worker", worker)

    # Given a wish that is full, and two in line
    moved.move_to(starts - timedelta(days=3))
    volunteer.claims(first, wish_id)
    second.open(f"/wishes/{wish_id}").tap("我要候补").sees("您排在第 1 位")
    third.open(f"/wishes/{wish_id}").sees("前面有 1 位在候补").tap("我要候补")
    third.sees("您排在第 2 位")

    # When the first steps back, the place is held for the next and for nobody else
    first.open("/mine").tap("退出", within="main", exact=True).sees("已退出")
    first.does_not_see("我来，占")
    second.open("/notices").sees("有名额了：陪李奶奶复诊")
    second.open("/mine").sees("给您留到")
    desk.open(f"/desk/{area_id}/wishes/{wish_id}").sees("等答复，留到").sees("赵晨")

    # And nobody answers: it goes on once, and the second in line takes it with one tap
    moved.move_to(starts - timedelta(days=2, hours=1))
    carry_mail(app)
    second.open("/notices").sees("名额没有保留")
    third.open("/mine").sees("给您留到").tap("接受", within="main").sees("您占了 1 个名额")

    # Then, the day before, one tap says whether one comes
    moved.move_to(starts - timedelta(days=1, hours=1))
    carry_mail(app)
    third.open("/notices").sees("明天还来吗")
    third.open(f"/wishes/{wish_id}").sees("还来吗？").tap("我会来").sees("您已确认会来")
    desk.open(f"/desk/{area_id}/wishes/{wish_id}").sees("已确认会来")
    moved.move_to(starts - timedelta(hours=12))
    carry_mail(app)
    assert wish_stands(wish_id) == (WishState.FILLED, 1)


def wish_stands(wish_id: int) -> tuple[Any, int]:
    db.session.rollback()
    wish = db.session.get_one(Wish, wish_id, populate_existing=True)
    return wish.state, wish.places_taken
