"""Journey: 新年微心愿, from the community's proposal to the receipt, and what nobody took."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts.models import Area
from foundation import clock
from foundation.db import db
from love_bank.models import Entry
from tests.journeys import desk_items
from tests.journeys.conftest import MovableClock, carry_mail
from tests.journeys.phone import Phone
from tests.journeys.ways import two_ways
from tests.makers import (
    make_community,
    make_coordinator,
    make_street,
    make_supervisor,
    make_unit,
    make_worker,
)
from tests.pictures import jpeg
from wishes.models import Campaign, Claim, Wish

PhoneOf = Callable[..., Phone]
THINGS = ("一个双肩书包", "一盏台灯", "一本字典", "一套彩笔", "一双棉鞋")


@two_ways
@pytest.mark.journey
def test_a_campaign_and_what_nobody_took(
    app: Flask, phone_of: PhoneOf, moved: MovableClock, tmp_path: Path
) -> None:
    street = make_street(name="梨园街道")
    area = make_community(name="梨园社区", street=street)
    company, backup = make_unit(name="供电公司"), make_unit(name="市图书馆")
    desk = phone_of("worker", make_worker(community=area, name="周敏"))
    above = phone_of("street", make_supervisor(street=street, name="赵科长"))
    giver = phone_of("company", make_coordinator(unit=company, name="孙悦"))
    helper = phone_of("library", make_coordinator(unit=backup, name="钱进"))
    receipt = tmp_path / "receipt.jpg"
    receipt.write_bytes(jpeg().read())

    # Given a community that proposes a campaign with five things, one of a household twice
    campaign_id = proposes(desk, area)
    for door, title in enumerate(THINGS, start=1):
        writes(desk, title, door=f"3-2-{door}01").sees("加上了")
    writes(desk, "一辆滑板车", door="3号楼2单元101室").sees("这一户在本专场已有心愿")

    # When the street lets it out and names who steps in
    above.open(f"/desk/{street.id}/campaigns").tap("新年微心愿").tap("同意", exact=True)
    above.sees("同意了").tap("兜底单位和收货人").tick("市图书馆").tap("记下").sees("记好了")

    # And a company claims three in one go, without its name in public
    giver.open(f"/campaigns/{campaign_id}").tick("供电公司").tick("不公开名字")
    for title in THINGS[:3]:
        giver.tick(f"认领“{title}”")
    giver.tap("认领勾选的").sees("认领了 3 个心愿")
    helper.open(f"/campaigns/{campaign_id}?show=all").sees("进行中").does_not_see("供电公司")

    # Then the three are ticked off at the centre, checked, and the first handed over
    desk.open(f"/campaigns/{campaign_id}/receiving").sees("供电公司")
    ticks_all(desk, THINGS[:3]).tap("勾选的收到了").sees("收到 3 个")
    desk.tap("待验收 3")
    ticks_all(desk, THINGS[:3]).tap("勾选的都合格").sees("验收合格")
    desk.tap("待送达 3").tap("送达", within=".gifts").sees("物品收、验、送")
    desk_items.hands_over(desk, receipt=receipt)
    giver.open(f"/campaigns/{campaign_id}/mine").sees("送到居民手里")

    # And three days before the end the two that nobody took are the library's, once
    closes = db.session.get_one(Campaign, campaign_id).closes_at
    moved.move_to(closes - timedelta(days=2, hours=20))
    carry_mail(app)
    carry_mail(app)
    helper.open("/notices").sees("请兜底：新年微心愿")
    helper.open(f"/campaigns/{campaign_id}/mine").sees(THINGS[3]).sees(THINGS[4])
    assert live_claims() == {company.id: 3, backup.id: 2}
    assert db.session.execute(select(func.count()).select_from(Entry)).scalar_one() == 0
    assert clock.now() < closes


def proposes(desk: Phone, area: Area) -> int:
    """The form of a campaign; its days are kept as they are offered."""
    desk.open(f"/desk/{area.id}/campaigns").tap("办一个专场").type("专场名称", "新年微心愿")
    desk.type("统一送到哪里", "街道文化站一楼").tap("交给街道").sees("交给街道了").tap("写心愿")
    db.session.rollback()
    return db.session.scalars(select(Campaign.id)).one()


def writes(desk: Phone, title: str, *, door: str) -> Phone:
    """One thing and its household; the page stays open for the next."""
    return desk.type("想要什么", title).type("门牌", door).tap("加进专场")


def ticks_all(desk: Phone, titles: tuple[str, ...]) -> Phone:
    """Tick these rows of the receiving list."""
    for title in titles:
        desk.tick(f"供电公司：{title}")
    return desk


def live_claims() -> dict[int | None, int]:
    """How many wishes each unit holds."""
    db.session.rollback()
    query = select(Claim.organisation_id, func.count()).join(Wish, Wish.id == Claim.wish_id)
    rows = db.session.execute(query.where(Claim.live).group_by(Claim.organisation_id))
    return {row[0]: row[1] for row in rows}
