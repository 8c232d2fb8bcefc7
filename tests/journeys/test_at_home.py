"""Journey 1: a bulb is changed at home, by a unit's colleague and a neighbour."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts.models import Area, Organisation, User
from foundation.db import db
from tests.journeys import resident, worker
from tests.journeys.conftest import MovableClock, carry_mail
from tests.journeys.phone import Phone
from tests.journeys.post_office import PostOffice
from tests.makers import (
    make_colleague,
    make_community,
    make_coordinator,
    make_grid,
    make_grid_worker,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
    tomorrow,
)
from tests.pictures import jpeg
from wishes.models import PrivateLook, Wish
from wishes.rules.life import WishState

DOOR = "3号楼2单元501"
PhoneOf = Callable[..., Phone]


class Cast(NamedTuple):
    """Who takes part, by id-carrying objects read before the server starts."""

    community: Area
    grid: Area
    worker: User
    verifier: User
    grid_worker: User
    unit: Organisation
    coordinator: User
    colleague: User
    volunteer: User
    third: User


def make_cast() -> Cast:
    """A community with its people."""
    community = make_community(name="梨园社区")
    unit = make_unit(name="梨园街道卫生院")
    grid = make_grid(community=community, name="一网格")
    return Cast(
        community=community,
        grid=grid,
        worker=make_worker(community=community, name="周敏"),
        verifier=make_worker(community=community, name="吴佳"),
        grid_worker=make_grid_worker(grid=grid, name="网格员小李"),
        unit=unit,
        coordinator=make_coordinator(unit=unit, name="联络员孙悦"),
        colleague=make_colleague(unit=unit, name="韩冰"),
        volunteer=make_volunteer(name="王喆", home=community),
        third=make_volunteer(name="来晚的人", home=community),
    )


def paths(folder: Path) -> list[Path]:
    """Three different pictures on disk."""
    made = [folder / f"{name}.jpg" for name in ("ask", "before", "after")]
    for turn, path in enumerate(made):
        path.write_bytes(jpeg(turn=turn * 30).read())
    return made


@pytest.mark.journey
def test_a_bulb_is_changed_at_home(
    app: Flask, phone_of: PhoneOf, moved: MovableClock, post_office: PostOffice,
    tmp_path: Path
) -> None:  # fmt: skip
    cast = make_cast()
    area = cast.community.id
    ask_photo, before, after = paths(tmp_path)
    starts = tomorrow(9)
    near = make_wish(
        community=cast.community, created_by=cast.worker, title="陪老人聊天", headcount=3
    )
    near_title = near.title
    desk, volunteer = phone_of("worker", cast.worker), phone_of("volunteer", cast.volunteer)
    third = phone_of("third", cast.third)

    # Given an ask that the grid worker completes and the community accepts and publishes
    home = phone_of("resident")
    code = resident.asks(home, area, title="换灯泡", grid="一网格", photo=ask_photo)
    worker.completes(phone_of("grid", cast.grid_worker), cast.grid.id, title="换灯泡", door=DOOR)
    worker.accepts(desk, area, title="换灯泡")
    worker.publishes(
        desk, venue="上门", place="梨园街道一网格", starts=starts,
        ends=starts + timedelta(hours=1), people=2,
        tools=[("梯子", "社区备"), ("螺丝刀", "自带")],
    )  # fmt: skip
    db.session.rollback()  # what the server wrote meanwhile
    wish = db.session.scalars(select(Wish.id).where(Wish.title == "换灯泡")).one()
    arrive, leave = worker.prints_slip(desk, area, wish)
    resident.follows(home, code).sees("已受理")

    # When a unit takes a place with a name, a neighbour the other, and a third is too late
    third.open(f"/wishes/{wish}").sees("还差 2 人")
    unit = phone_of("coordinator", cast.coordinator)
    unit.open(f"/wishes/{wish}").tap(f"为{cast.unit.short_name}认领")
    unit.type("人数", "1").tick("韩冰").tap("以单位名义认领").sees("韩冰")
    volunteer.open("/").sees("换灯泡").tap("换灯泡")
    volunteer.tick("螺丝刀").tap("我来，占 1 个名额").sees("进行中")
    third.tap("我来，占 1 个名额").sees("名额刚刚满了").sees(near_title)

    # Then 24 hours before, the named and confirmed see the door, and nobody else
    volunteer.open(f"/wishes/{wish}").does_not_see("看门牌和电话")
    moved.move_to(starts - timedelta(hours=23))
    volunteer.open(f"/wishes/{wish}").tap("看门牌和电话").sees(DOOR).sees("139")
    for stranger in (third, unit):
        stranger.open(f"/wishes/{wish}").does_not_see("看门牌和电话").does_not_see(DOOR)
    db.session.rollback()
    looks = select(func.count()).select_from(PrivateLook)
    looks = looks.where(PrivateLook.user_id == cast.volunteer.id)
    assert db.session.execute(looks).scalar_one() == 1

    # At the flat both key in the slip's codes
    colleague = phone_of("colleague", cast.colleague)
    moved.move_to(starts + timedelta(minutes=2))
    for person in (volunteer, colleague):
        person.open("/check-in").type("六位数字", arrive).tap("到达", exact=True).sees("还没签退")
    moved.move_to(starts + timedelta(minutes=58))
    for person in (volunteer, colleague):
        person.open("/check-in").type("六位数字", leave).tap("离开", exact=True)
    volunteer.open(f"/wishes/{wish}").sees("进行中")

    # The worker reports and cannot verify; a second person does
    worker.reports(desk, area, wish, text="换了卧室灯泡，试过开关。", before=before, after=after)
    desk.open(f"/desk/{area}/wishes/{wish}/verify").sees("要请另一位工作人员核实")
    volunteer.open(f"/wishes/{wish}").sees("待核实")
    second = phone_of("verifier", cast.verifier)
    worker.verifies(second, area, wish)
    worker.shows_picture(desk, area, wish)

    # Both passbooks, the unit's record, the album, the light and the letters tell it
    for person in (volunteer, colleague):
        person.open("/passbook").sees("换灯泡").sees(re.compile("＋0:5[456]")).sees("扫码")
    unit.open(f"/unit/{cast.unit.id}/record").sees("换灯泡").sees(re.compile("0:5[456]"))
    third.open(f"/communities/{area}")
    assert third.page.locator(".album img").count() == 1
    third.open(f"/wishes/{wish}").sees("已办结")
    resident.follows(home, code).sees("已完结")
    volunteer.open("/notices").sees("换灯泡")
    db.session.rollback()
    assert db.session.get_one(Wish, wish).state == WishState.VERIFIED
    carry_mail(app)
    for person in (cast.volunteer, cast.colleague, cast.worker, cast.verifier, cast.coordinator):
        told = post_office.subjects_to(person.email)
        assert any(re.search("换灯泡", subject) for subject in told), (person.name, told)
