"""Journey 3: a down coat, claimed by a company, received, checked, handed over with a receipt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from foundation import clock
from foundation.db import db
from love_bank.models import Entry
from tests.journeys import desk_items, worker
from tests.journeys.phone import Phone
from tests.journeys.ways import two_ways
from tests.makers import (
    make_community,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_worker,
    tomorrow,
)
from tests.pictures import jpeg
from tests.served import state_of
from wishes.models import Wish
from wishes.rules.life import WishState

PhoneOf = Callable[..., Phone]
TITLE = "一件羽绒服，女款 L 码"


@two_ways
@pytest.mark.journey
def test_a_coat_from_a_company(phone_of: PhoneOf, tmp_path: Path) -> None:
    area, unit = make_community(name="天图社区"), make_unit(name="国网供电公司")
    coordinator, neighbour = make_coordinator(unit=unit, name="孙悦"), make_volunteer(name="王喆")
    desk = phone_of("worker", make_worker(community=area, name="周敏"))
    second = phone_of("verifier", make_worker(community=area, name="吴佳"))
    company, other = phone_of("coordinator", coordinator), phone_of("neighbour", neighbour)
    receipt = tmp_path / "receipt.jpg"
    receipt.write_bytes(jpeg().read())

    # Given a coat that the worker wishes for somebody, nothing about them on the wall
    desk_items.publishes(desk, area.id, title=TITLE, place="党群服务中心", day=tomorrow())
    db.session.rollback()
    wish = db.session.scalars(select(Wish).where(Wish.title == TITLE)).one()
    wish_id = wish.id
    other.open("/").sees(TITLE).sees("还差 1 件").tap(TITLE).sees("待认领")

    # When a company takes it, the light is yellow and nobody else can
    company.open(f"/wishes/{wish_id}").tap(f"为{unit.short_name}认领")
    company.type("件数", "1").tap("以单位名义认领").sees("我们认领了 1 件")
    other.open(f"/wishes/{wish_id}").sees("进行中").does_not_see("我来，认领")

    # And it is received, checked and handed over with a picture of the receipt
    desk_items.receives(desk, area.id, wish_id, pieces=1)
    desk_items.hands_over(desk, receipt=receipt)
    company.open(f"/unit/{unit.id}").tap(TITLE).sees("转交").sees(
        f"{clock.local(clock.now()).day}日"
    )
    other.open(f"/wishes/{wish_id}").sees("待核实")
    desk.open(f"/desk/{area.id}/wishes/{wish_id}/verify").sees("要请另一位工作人员核实")
    second.open(f"/desk/{area.id}/verification").sees("物品，要看签收照片")
    worker.accepts_report(second, area.id, wish_id).sees("已办结")

    # Then the unit has one piece and nobody a minute
    other.open(f"/wishes/{wish_id}").sees("已办结")
    record = company.open(f"/unit/{unit.id}/record").read("main table")
    assert TITLE in record
    assert "1 件" in record
    company.open("/passbook").sees("存折还是新的")
    other.open("/passbook").sees("存折还是新的").does_not_see(TITLE)
    db.session.rollback()
    assert state_of(wish) == WishState.VERIFIED
    assert db.session.execute(select(func.count()).select_from(Entry)).scalar_one() == 0
