"""A wish that changes: moved, left, kept at its number, written about, handed on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import Area, User
from foundation import clock
from foundation.db import db
from tests.journeys import volunteer
from tests.journeys.conftest import MovableClock, carry_mail
from tests.journeys.phone import Phone
from tests.journeys.post_office import PostOffice
from tests.journeys.ways import two_ways
from tests.makers import make_community, make_volunteer, make_wish, make_worker, tomorrow
from wishes.models import Commitment, Place, Wish
from wishes.services.claiming import claim_wish

PhoneOf = Callable[..., Phone]


class Cast(NamedTuple):
    """Who takes part."""

    community: Area
    worker: User
    first: User
    second: User
    stand_in: User


def make_cast() -> Cast:
    """A community, its worker, two who claim and one who stands in."""
    community = make_community(name="梨园社区")
    return Cast(
        community,
        make_worker(community=community, name="周敏"),
        make_volunteer(name="王喆", email="wang@example.test"),
        make_volunteer(name="韩冰", email="han@example.test"),
        make_volunteer(name="欧阳建国", email="ouyang@example.test"),
    )


@two_ways
@pytest.mark.journey
def test_a_wish_is_moved_and_everybody_knows(
    app: Flask, phone_of: PhoneOf, moved: MovableClock, post_office: PostOffice
) -> None:
    cast = make_cast()
    starts = tomorrow(9)
    home: dict[str, Any] = {"community": cast.community, "created_by": cast.worker}
    wish_id = make_wish(title="教用手机", headcount=3, starts_at=starts, **home).id
    later = starts + timedelta(hours=5)
    other = make_wish(title="陪老人聊天", starts_at=later, **home).id
    path, second_id, stand_in_id = (
        f"/desk/{cast.community.id}/wishes/{wish_id}", cast.second.id, cast.stand_in.id,
    )  # fmt: skip
    desk, first, second, third = (
        phone_of(name, who)
        for name, who in zip(("worker", "wang", "han", "ouyang"), cast[1:], strict=True)
    )

    # Given two on a wish, one of them elsewhere five hours later
    volunteer.claims(first, wish_id)
    claim_wish(wish_id, actor_id=second_id)
    claim_wish(other, actor_id=second_id)

    # When the evening before the worker moves it, past the deadline
    moved.move_to(starts - timedelta(hours=13))
    first.open(f"/wishes/{wish_id}").sees("退出截止已过")
    desk.open(path).tap("改时间地点")
    local = clock.local(later)
    desk.type("日期", f"{local:%Y-%m-%d}").type("开始", "14:00").type("结束", "15:00")
    desk.type("为什么改", "上午停电").tap("改好，通知大家")

    # Then who is elsewhere is named first, and a second press does it
    desk.sees("韩冰 在新的时间已有别的安排").tap("照样改，这几位让出名额")
    desk.sees("有名额的人都已通知")
    carry_mail(app)
    assert "微心愿 · 时间地点改了：教用手机" in post_office.subjects_to("wang@example.test")
    second.open("/notices").sees("您的名额让出来了")
    third.open(f"/wishes/{wish_id}").tap("我来，占 1 个名额").sees("您占了 1 个名额")

    # And fewer than who is on it is refused with the names
    desk.open(path).tap("改人数").type("要几个人", "1").tap("改好", exact=True)
    desk.sees("王喆、欧阳建国").type("要几个人", "2").tap("改好", exact=True).sees("人数改好了")

    # And a word goes to them only; who cannot at the new time withdraws, late as it is
    desk.open(path).tap("通知认领的人").type("写什么", "请带老花镜。").tap("发出去").sees(
        "发给了 2 人"
    )
    first.open(f"/wishes/{wish_id}").sees("请带老花镜").tap("请人顶替")
    first.type("对方的手机号", "13911111111").tap("发邀请").sees("正等对方答复")
    first.tap("收回邀请").sees("收回了").tap("退出", exact=True).sees("已退出")

    # And the third hands the place on, with a yes
    fourth = make_volunteer(name="孙悦", email="sun@example.test")
    number, fourth_id = fourth.volunteer_number or "", fourth.id
    friend = phone_of("sun", fourth)
    third.open(f"/wishes/{wish_id}").tap("请人顶替").type("对方的手机号", number).tap("发邀请")
    friend.open("/notices").tap("欧阳建国 请您顶替").sees("欧阳建国 来不了").tap("好，我去")
    friend.sees("名额是您的了").sees("您占了 1 个名额")
    third.open("/notices").sees("有人顶替了")
    db.session.rollback()
    seats = db.session.scalars(select(Place.user_id).where(Place.wish_id == wish_id, Place.live))
    assert seats.all() == [fourth_id] != [stand_in_id]
    times = select(Commitment.starts_at).where(Commitment.live, Commitment.user_id == fourth_id)
    assert db.session.scalars(times).one() == later
    assert db.session.get_one(Wish, wish_id).places_taken == 1
