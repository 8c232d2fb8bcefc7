"""The record on the page and as a sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from urllib.parse import unquote

import pytest
from openpyxl import load_workbook

from accounts.models import Organisation, User
from love_bank.rules import Grade
from tests.makers import make_colleague, make_coordinator, make_unit, make_wish
from tests.pages import PageClient
from tests.partner_units.serving import serve
from tests.served import yesterday
from wishes.rules.kinds import Provision
from wishes.rules.life import WishState

SignIn = Callable[[User], PageClient]


@pytest.fixture
def unit(app: object) -> Organisation:
    return make_unit(name="延边第三职业学校")


@pytest.fixture
def desk(unit: Organisation, sign_in: SignIn) -> PageClient:
    return sign_in(make_coordinator(unit=unit))


def serve_once(unit: Organisation, title: str = "换卧室灯泡", grade: Grade = Grade.A) -> None:
    wish = make_wish(
        title=title, state=WishState.VERIFIED, starts_at=yesterday(), headcount=2,
        tools=[("梯子", Provision.COMMUNITY)],
    )  # fmt: skip
    serve(wish, make_colleague(unit=unit, name="王小明"), unit, minutes=150, grade=grade)


def read_sheet(desk: PageClient, path: str) -> list[tuple[object, ...]]:
    response = desk.open(path)
    assert response.status_code == 200
    sheet = load_workbook(BytesIO(response.data)).active
    assert sheet is not None
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_a_line_says_who_when_how_long_and_how_proved(desk: PageClient, unit: Organisation) -> None:
    serve_once(unit)
    page = desk.get(f"/unit/{unit.id}/record?period=all").text
    for words in ("换卧室灯泡", "王小明", "2:30", "扫码", "公示中", "梯子（社区备）"):
        assert words in page, words
    assert "2 小时 30 分" in page


def test_an_empty_record_says_what_will_stand_here(desk: PageClient, unit: Organisation) -> None:
    assert "本季度还没有记录" in desk.get(f"/unit/{unit.id}/record").text
    page = desk.get(f"/unit/{unit.id}/record?period=last_year").text
    assert "这段时间没有记录" in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("period=chosen", "请填开始或结束的日期"),
        ("period=chosen&since=2026-02-02&until=2026-02-01", "不能早于开始的日期"),
        ("period=chosen&since=昨天", "从哪天"),
        ("community=999999", "社区"),
        ("period=forever", "时段"),
    ],
)
def test_a_filter_that_makes_no_sense_gets_a_sentence(
    query: str, sentence: str, desk: PageClient, unit: Organisation
) -> None:
    page = desk.get(f"/unit/{unit.id}/record?{query}", status=422).text
    assert "还差一点" in page
    assert sentence in page


def test_the_sheet_holds_the_same_lines_and_their_sums(
    desk: PageClient, unit: Organisation
) -> None:
    serve_once(unit)
    rows = read_sheet(desk, f"/unit/{unit.id}/record.xlsx?period=all")
    assert rows[0][:3] == ("日期", "结束", "心愿")
    assert rows[1][2] == "换卧室灯泡"
    assert rows[1][8] == timedelta(hours=2, minutes=30)
    assert (rows[-1][0], rows[-1][8]) == ("合计", timedelta(hours=2, minutes=30))


def test_the_sheet_follows_the_filters(desk: PageClient, unit: Organisation) -> None:
    serve_once(unit, "甲")
    serve_once(unit, "乙", Grade.C)
    rows = read_sheet(desk, f"/unit/{unit.id}/record.xlsx?period=all&grade=C")
    assert [row[2] for row in rows[1:-1]] == ["乙"]


def test_the_sheets_name_is_chinese(desk: PageClient, unit: Organisation) -> None:
    header = desk.open(f"/unit/{unit.id}/record.xlsx").headers["Content-Disposition"]
    assert "延边第三职业学校 服务记录" in unquote(header)
    assert "filename*=UTF-8''" in header


def test_a_title_is_never_a_formula(desk: PageClient, unit: Organisation) -> None:
    serve_once(unit, '=HYPERLINK("http://example.test","点我")')
    response = desk.open(f"/unit/{unit.id}/record.xlsx?period=all")
    sheet = load_workbook(BytesIO(response.data)).active
    assert sheet is not None
    cell = sheet.cell(row=2, column=3)
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
