"""The register that everybody keeps: brought as it is, completed, taken home as Excel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from app import demo
from foundation.db import db
from tests.journeys import worker
from tests.journeys.phone import Phone
from tests.journeys.ways import two_ways
from tests.makers import make_community, make_worker, tomorrow
from wishes.models import Wish
from wishes.rules.life import WishState

PhoneOf = Callable[..., Phone]
REAL = Path(demo.__file__).with_name("real_wishes.csv")
TITLE = "面向老年人的反诈知识讲座"


def count_in(state: WishState) -> int:
    """How many wishes are in a state."""
    db.session.rollback()
    count = select(func.count()).select_from(Wish).where(Wish.state == state)
    return db.session.execute(count).scalar_one()


@two_ways
@pytest.mark.journey
def test_what_the_press_reported_becomes_drafts_and_one_of_them_a_wish(phone_of: PhoneOf) -> None:
    community = make_community(name="天图社区")
    desk = phone_of("worker", make_worker(community=community, name="周敏"))
    register = f"/desk/{community.id}/register"

    # Given the file as it is: every row is shown with what was understood, then imported
    desk.open(register).hand("台账文件", [REAL]).tap("上传并预览", until="导入预览")
    desk.sees("共 71 行").sees(TITLE)
    ticked = desk.page.locator("input[name=lines]:checked").count()
    assert ticked > 60
    desk.tap("导入勾选的行").sees(f"导入了 {ticked} 个心愿，都是草稿")
    assert count_in(WishState.DRAFT) == ticked

    # When the worker completes one of them, its own words beside the form
    desk.tap("已导入，第 0002 号").sees(TITLE).sees("发布前还要补")
    desk.sees("台账里的原话").tap("补全草稿")
    starts = tomorrow(14)
    worker.publishes(
        desk, venue="社区", place="党群服务中心", starts=starts,
        ends=starts + timedelta(hours=2), people=3, tools=[],
    )  # fmt: skip

    # Then it hangs on the wall, and the register goes home with every original word
    phone_of("neighbour").open("/").sees(TITLE).sees("还差 3 人")
    assert count_in(WishState.OPEN) == 1
    desk.open(register).choose("状态", "待认领").tap("筛选").sees("本社区的心愿，1 个").sees(TITLE)
    desk.open(register)
    with desk.page.expect_download() as waiting:
        desk.page.get_by_role("link", name="导出 Excel").click()
    sheet = load_workbook(BytesIO(Path(waiting.value.path()).read_bytes())).worksheets[0]
    words = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    assert {TITLE, "龙井市人民检察院", "人民日报 2024-01-04"} <= words
    assert sheet.max_row > ticked
