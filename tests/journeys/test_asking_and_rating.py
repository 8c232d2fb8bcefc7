"""Journey: two neighbours back an ask, it becomes a wish, and the resident is not content."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import User
from foundation.db import db
from tests.journeys import resident, worker
from tests.journeys.conftest import MovableClock
from tests.journeys.phone import Phone
from tests.journeys.ways import two_ways
from tests.makers import (
    make_community,
    make_grid,
    make_street,
    make_supervisor,
    make_volunteer,
    make_wish,
    make_worker,
    tomorrow,
)
from tests.pictures import jpeg
from tests.served import served_minutes
from wishes.models import Ask, Rating, Wish
from wishes.rules.kinds import Venue
from wishes.rules.rating import RatedBy

PhoneOf = Callable[..., Phone]
TITLE = "走廊灯不亮，想换一个声控的"


def asks_publicly(phone: Phone, area_id: int) -> str:
    """A resident without an account asks for all to see; returns the follow code."""
    phone.open(f"/communities/{area_id}/ask")
    phone.type("想请人做什么", TITLE).type("具体情况", "晚上看不清台阶。")
    phone.tick("邻居也能看到").tick("我同意社区用这些信息联系我")
    phone.tap("提交", within="main", until="您的查询码")
    return phone.read(".follow-digits")


def serves(
    phone_of: PhoneOf, desk: Phone, area_id: int, wish_id: int, moved: MovableClock, person: User,
    folder: Path,
) -> None:  # fmt: skip
    """The neighbour comes, leaves by the slip, the service is reported and verified."""
    arrive, leave = worker.prints_slip(desk, area_id, wish_id)
    starts = db.session.get_one(Wish, wish_id).starts_at
    assert starts is not None
    volunteer = phone_of("volunteer", person)
    volunteer.open(f"/wishes/{wish_id}").tap("我来，占 1 个名额").sees("进行中")
    moved.move_to(starts + timedelta(minutes=2))
    volunteer.open("/check-in").type("六位数字", arrive).tap("到达", exact=True).sees("还没签退")
    moved.move_to(starts + timedelta(minutes=58))
    volunteer.open("/check-in").type("六位数字", leave).tap("离开", exact=True)
    after = folder / "after.jpg"
    after.write_bytes(jpeg().read())
    worker.reports(desk, area_id, wish_id, text="换了声控灯，试过三遍。", after=after)


@pytest.mark.journey
@two_ways
def test_a_wanted_ask_is_served_and_not_good_enough(
    app: Flask, phone_of: PhoneOf, moved: MovableClock, tmp_path: Path
) -> None:
    street = make_street(name="梨园街道")
    community = make_community(name="梨园社区", street=street)
    area, street_id = community.id, street.id
    make_grid(community=community, name="一网格")
    clerk, second = make_worker(community=community), make_worker(community=community)
    neighbour, served = make_volunteer(name="邻居老周"), make_volunteer(name="王喆")
    above = make_supervisor(street=street)

    # Given a public ask that two neighbours back, one with an account and one without
    home = phone_of("resident")
    code = asks_publicly(home, area)
    for name, person in (("neighbour", neighbour), ("visitor", None)):
        other = phone_of(name, person)
        other.open(f"/communities/{area}").tap(TITLE)
        if person is None:
            other.type("您的手机号", "13800000777")
        other.tap("附议", within="main .card-box", exact=True).sees("附议好了")
    other.sees("附议 2").type("您的手机号", "138 0000 0777").tap("附议", within="main .card-box")
    other.sees("您已经附议过这条诉求了")

    # And it becomes a wish that is served and verified
    desk = phone_of("worker", clerk)
    desk.open(f"/desk/{area}/asks?order=wanted").sees("附议 2")
    worker.accepts(desk, area, title=TITLE)
    starts = tomorrow(9)
    worker.publishes(
        desk, venue="上门", place="一网格", starts=starts, ends=starts + timedelta(hours=1),
        people=1, tools=[],
    )  # fmt: skip
    db.session.rollback()
    wish_id = db.session.scalars(select(Wish.id).where(Wish.title == TITLE)).one()
    serves(phone_of, desk, area, wish_id, moved, served, tmp_path)
    worker.verifies(phone_of("verifier", second), area, wish_id)
    db.session.rollback()
    credited = served_minutes(served)

    # When the resident rates it badly with nothing but the follow code
    resident.follows(home, code).tap("去评价").tick("不满意").type(
        "想说的话", "灯是亮了，声控不灵。"
    )
    home.tap("提交评价").sees("街道也看得到").sees("您的评价：不满意")

    # Then the street sees it with what was answered, and the community answers again
    office = phone_of("street", above)
    office.open(f"/oversight/{street_id}/unhappy").sees("灯是亮了，声控不灵。").sees("试过三遍")
    desk.open(f"/desk/{area}").sees("等您二次答复").tap("二次答复")
    desk.type("写给居民的话", "师傅换了感应头，晚上七点又试过。")
    desk.tap("二次答复", within="main form.form, main form:has(textarea)").sees("已二次答复")
    resident.follows(home, code).sees("师傅换了感应头").tap("没问题了，办结").sees("这件事办结了")
    office.open(f"/oversight/{street_id}/unhappy?tab=closed").sees("师傅换了感应头")
    db.session.rollback()
    assert served_minutes(served) == credited > 50


@pytest.mark.journey
@two_ways
def test_a_resident_without_a_phone_rates_on_paper(
    app: Flask, phone_of: PhoneOf, moved: MovableClock, tmp_path: Path
) -> None:
    community = make_community(name="梨园社区")
    area = community.id
    clerk = make_worker(community=community, name="周敏")
    wish_id = make_wish(
        community=community, created_by=clerk, title="换卧室灯泡", venue=Venue.HOME
    ).id
    desk = phone_of("worker", clerk)
    serves(phone_of, desk, area, wish_id, moved, make_volunteer(), tmp_path)
    second = phone_of("verifier", make_worker(community=community))
    worker.verifies(second, area, wish_id)

    # The slip came back with a tick: a worker writes it down, and it stays marked so
    second.open(f"/desk/{area}/wishes/{wish_id}").tap("代录评价")
    second.tick("纸质居民单").tick("不满意").type("想说的话", "灯罩没装回去。").tap("记下")
    second.sees("纸质居民单，工作人员代录").sees("灯罩没装回去。")
    desk.open(f"/desk/{area}").sees("等您二次答复")
    db.session.rollback()
    rating = db.session.scalars(select(Rating)).one()
    assert rating.channel == RatedBy.PAPER
    assert db.session.scalars(select(Ask.wish_id)).one() == wish_id
