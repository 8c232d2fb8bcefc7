"""Journey: the inspection is tomorrow; last month becomes one file."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import time, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from flask import Flask

from app.jobs import sweep_folders
from foundation import clock
from tests.journeys.phone import Phone
from tests.journeys.ways import two_ways
from tests.makers import make_community, make_street, make_supervisor, make_volunteer, make_worker
from tests.served import make_attendance, make_served_wish

PhoneOf = Callable[..., Phone]
TITLE = "给楼道换灯泡"


@two_ways
@pytest.mark.journey
def test_last_month_becomes_one_file(app: Flask, phone_of: PhoneOf) -> None:
    street = make_street(name="梨园街道")
    community = make_community(name="天图社区", street=street)
    desk = phone_of("worker", make_worker(community=community, name="周敏"))
    above = phone_of("street", make_supervisor(street=street, name="赵科长"))

    # Given a service of last month, and a page that proposes that month
    last = clock.local_day(clock.now()).replace(day=1) - timedelta(days=1)
    wish = make_served_wish(
        community=community, title=TITLE, starts_at=clock.from_local(last, time(9))
    )
    make_attendance(wish, make_volunteer(name="王小明"))
    desk.open(f"/desk/{community.id}").open(f"/desk/{community.id}/folders")
    desk.sees("还没有做过").sees("隐去姓名和电话")

    # When a wrong period is put right, and the folder asked for twice
    desk.type("到哪天", (last.replace(day=1) - timedelta(days=1)).isoformat())
    desk.tap("开始做").sees("请对调一下").type("到哪天", last.isoformat())
    desk.tap("开始做").sees("后台开始做").sees("排队中")
    desk.tap("开始做").sees("后台开始做")
    assert desk.page.locator(".folder").count() == 1

    # Then the worker makes it, the page says so, and the file opens
    sweep_folders(app)
    desk.tap("刷新看进度").sees("做好了").does_not_see("刷新看进度")
    with desk.page.expect_download() as waiting:
        desk.page.get_by_role("link", name="下载").click()
    assert waiting.value.suggested_filename.startswith("天图社区迎检包")
    archive = zipfile.ZipFile(BytesIO(Path(waiting.value.path()).read_bytes()))
    name = next(each for each in archive.namelist() if TITLE in each)
    paper = Document(BytesIO(archive.read(name)))
    cells = {cell.text for t in paper.tables for row in t.rows for cell in row.cells}
    assert "王**" in cells
    assert "王小明" not in cells
    desk.open("/notices").sees("迎检包做好了：天图社区")

    # And the street gets one for each of its communities
    above.open(f"/oversight/{street.id}/folders").tap("开始做").sees("1 个社区各做一份")
    above.sees("天图社区").sees("做好了").sees("排队中")
