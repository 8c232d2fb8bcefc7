"""A list of three is imported, today's round is walked, a visit raises an ask in two taps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from foundation.db import db
from tests.journeys.phone import Phone
from tests.journeys.ways import two_ways
from tests.makers import make_community, make_grid, make_grid_worker, make_worker
from wishes.models import Ask, PrivateDetails, ResidentLook, Visit
from wishes.rules.rounds import Outcome

PhoneOf = Callable[..., Phone]
LIST = (
    "姓名,门牌,电话,标签,方便时间,备注,身份证号\n"
    "张奶奶,3号楼2单元501,13800000142,独居老人,上午,按门铃要等一会儿,222401195003071234\n"
    "李爷爷,10号楼1单元101,,独居老人、残疾人,,,\n"
    "吴阿姨,2号楼1单元302,,低保户,下午,,\n"
)


@pytest.mark.journey
@two_ways
def test_three_are_imported_and_a_visit_raises_an_ask(phone_of: PhoneOf, tmp_path: Path) -> None:
    community = make_community(name="梨园社区")
    grid = make_grid(community=community, name="一网格")
    worker, carer = make_worker(community=community), make_grid_worker(grid=grid, name="李网格")
    sheet = tmp_path / "名单.csv"
    sheet.write_text(LIST, encoding="utf-8")

    # Given the community's rule, and the grid worker's own list brought in after a preview
    plan = phone_of("worker", worker).open(f"/desk/{community.id}/rounds/plan")
    plan.choose("标签", "独居老人").type("每月几趟", "2").tap("定下来").sees("独居老人：每月 2 趟")
    desk = phone_of("carer", carer).open(f"/desk/{grid.id}/residents").tap("导入名单")
    desk.hand("居民表格", [sheet]).tap("看预览", until="导入预览").sees("新增 3 位")
    desk.does_not_see("222401").tick("表里的人都问过").tap("导入这 3 位").sees("导入了 3 位居民")

    # When they walk today's round by door: one tap for whom they met
    desk.open(f"/desk/{grid.id}").sees("今天该走访 2 户").tap("去走访")
    desk.sees("3号楼2单元501 · 张奶奶").sees("10号楼1单元101 · 李爷爷").does_not_see("吴阿姨")
    doors = desk.page.locator(".todo-title").all_inner_texts()
    assert sorted(doors) == ["10号楼1单元101 · 李爷爷", "3号楼2单元501 · 张奶奶"]
    desk.tap("没遇上", within="li:has-text('李爷爷')").sees("记下了：没遇上")

    # And the other visit raises an ask: two taps, nothing typed
    desk.tap("有事要办", within="li:has-text('张奶奶')").tap("记下诉求").sees("诉求记下了")
    desk.open(f"/desk/{grid.id}/rounds").does_not_see("张奶奶").sees("李爷爷").sees("今天没遇上")

    # Then the ask is private with the card's door, and every look is on the card
    db.session.rollback()
    ask = db.session.scalars(select(Ask)).one()
    assert not ask.is_public
    details = db.session.scalars(select(PrivateDetails)).one()
    assert (details.ask_id, details.door) == (ask.id, "3号楼2单元501")
    outcomes = db.session.scalars(select(Visit.outcome).order_by(Visit.outcome))
    assert list(outcomes) == [Outcome.MET, Outcome.NOT_HOME]
    looked = set(db.session.scalars(select(ResidentLook.user_id)))
    assert looked == {carer.id}
    desk.open(f"/desk/{grid.id}/residents").type("姓名、门牌或电话", "3幢2单元501").tap("找")
    desk.does_not_see("李爷爷").tap("张奶奶").sees("这次查看已记录").sees("走访时请社区帮忙")
    desk.page.get_by_text("谁看过，导出与删除").click()
    desk.look().sees("李网格 · 查看")
