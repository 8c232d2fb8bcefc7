"""The street looks back at a month: a call that contradicts, settled; the report as a Word file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from flask import Flask

from foundation.db import transaction
from tests.journeys.conftest import MovableClock
from tests.journeys.phone import Phone
from tests.journeys.ways import two_ways
from tests.oversight.test_documents import docx
from tests.wishes.test_spot_checks import IN_NOVEMBER, OCTOBER, make_checked_street
from wishes.queries.spot_checks import list_pool
from wishes.rules.asking import PrivateWords
from wishes.services.private import keep_private

PhoneOf = Callable[..., Phone]


@pytest.mark.journey
@two_ways
def test_a_call_that_contradicts_and_the_months_report(
    app: Flask, phone_of: PhoneOf, moved: MovableClock, tmp_path: Path
) -> None:
    # Given a street whose community verified a service in October
    street = make_checked_street(1)
    moved.move_to(IN_NOVEMBER)
    area, community = street.area.id, street.community.id
    wish_id = min(list_pool(street.area, OCTOBER))
    with transaction():
        keep_private(PrivateWords("张奶奶", "13800000142"), wish_id=wish_id)
    boss = phone_of("street", street.boss)

    # When October is drawn, and the resident says that nobody came
    boss.open(f"/oversight/{area}/checks").choose("哪个月", "2026-10").tap("抽取", exact=True)
    boss.sees(f"2026-10/{area}").tap("换卧室灯泡").tap("看电话").sees("138 0000 0142")
    boss.tick("联系上了，与记录不符").type("居民怎么说", "那天没有人来").tap("记下回访")

    # Then it is the street's to settle, and the rate is for everybody
    boss.open(f"/oversight/{area}/checks").sees("与记录不符，等街道核对").tap("换卧室灯泡")
    boss.type("核对后怎么处理的", "已请社区冲正").tap("处理好了")
    visitor = phone_of("visitor").open(f"/communities/{community}")
    visitor.sees("属实率 0%")

    # And the month's report comes in the street's own template
    template = tmp_path / "红头.docx"
    template.write_bytes(docx("梨园红头", "{{ 服务人次 }} 人次，{{ 服务时长 }}，{{ 说明 }}"))
    boss.open(f"/oversight/{area}/report-template")
    boss.page.get_by_label("Word 模板").set_input_files(str(template))
    boss.tap("上传模板").sees("红头.docx")
    boss.open(f"/oversight/{area}/reports").choose("哪个月", "2026-10").tap("出月报")
    boss.type("说明", "十月平稳").tap("定稿", exact=True).sees("数字不再变")
    with boss.page.expect_download() as waiting:
        boss.page.get_by_role("link", name="下载 Word").click()
    words = [each.text for each in Document(str(waiting.value.path())).paragraphs]
    assert words == ["梨园红头", "1 人次，1:00，十月平稳"]
