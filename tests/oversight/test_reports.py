"""月报: once a month, one function for page, sheet and document, each figure is its rows."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import openpyxl
import pytest
import time_machine
from docx import Document
from flask import Flask

from accounts.models import User
from foundation.db import db
from love_bank.rules import Grade
from oversight.models import MonthlyReport
from oversight.queries.figures import count_report, load_report, load_rows, quick_days
from oversight.queries.reports import list_reports
from oversight.refusals.reports import ReportFinished, ReportMonthNotOver
from oversight.rules.figures import (
    HOURS,
    AskRow,
    Figure,
    Level,
    MonthRows,
    Outcome,
    ServiceRow,
    WishRow,
    count_figures,
    rows_behind,
)
from oversight.services.reporting import draft_report, run_reports, word_report
from tests.oversight.test_documents import docx
from tests.pages import PageClient
from tests.races import at_once
from tests.served import kinds_told
from tests.wishes.asked import answered_ask, ask_in
from tests.wishes.test_spot_checks import IN_OCTOBER, OCTOBER, Street, make_checked_street, november

SignIn = Callable[[User], PageClient]
__all__ = ["november"]  # the fixture holds for this module too
pytestmark = pytest.mark.usefixtures("november")

ASK = partial(AskRow, 1, "灯", 1)
WISH = partial(WishRow, 1, "灯", 1)
SERVICE = partial(ServiceRow, 1, "灯", 1, "王**")
ROWS = MonthRows(
    [ASK(Outcome.ANSWERED, Level.COMMUNITY, 1), ASK(Outcome.SOLVED, Level.STREET, 4),
     ASK(Outcome.OPEN, Level.COMMUNITY, None), ASK(Outcome.RAISED, Level.UNIT, None)],
    [WISH(True, 2), WISH(False, 0)],
    [SERVICE("卫生院", 60, Grade.A), SERVICE("卫生院", 30, Grade.B), SERVICE(None, 15, Grade.C)],
)  # fmt: skip


@pytest.mark.parametrize(
    ("figure", "number"),
    [
        (Figure.ASKS, 4), (Figure.ANSWERED, 1), (Figure.SOLVED, 1), (Figure.RAISED, 1),
        (Figure.OPEN, 1), (Figure.RETURNED, 0), (Figure.QUICK, 1), (Figure.AT_COMMUNITY, 2),
        (Figure.AT_STREET, 1), (Figure.AT_CITY, 0), (Figure.AT_UNIT, 1), (Figure.WISHES, 2),
        (Figure.ON_TIME, 1), (Figure.HELPED, 2), (Figure.SERVICES, 3), (Figure.MINUTES, 105),
        (Figure.MINUTES_A, 60), (Figure.MINUTES_B, 30), (Figure.MINUTES_C, 15), (Figure.UNITS, 1),
    ],
)  # fmt: skip
def test_a_figure_is_counted_from_its_rows(figure: Figure, number: int) -> None:
    assert count_figures(ROWS, quick_days=3)[figure] == number


def make_october() -> Street:
    """Two services verified and two asks, one of them answered at once."""
    street = make_checked_street(2)
    with time_machine.travel(IN_OCTOBER, tick=False):
        answered_ask(street.community)
        ask_in(street.community)
    return street


def test_the_month_is_counted_and_each_number_is_its_list() -> None:
    street = make_october()
    counted = count_report(street.area, OCTOBER)
    rows = load_rows(street.area, OCTOBER)
    assert (counted.total["asks"], counted.total["answered"], counted.total["quick"]) == (2, 1, 1)
    assert (counted.total["services"], counted.total["minutes"]) == (2, 120)
    assert counted.total["on_time"] == counted.total["wishes"] == 2
    for figure in set(Figure) - HOURS - {Figure.UNITS, Figure.HELPED}:
        behind = rows_behind(figure, rows, quick_days=quick_days())
        assert counted.total[figure] == len(behind), figure
    assert counted.places == [(street.community.id, street.community.name, counted.total)]
    assert count_report(street.area, date(2026, 9, 1)).total["asks"] == 0


def test_a_month_that_has_not_been_is_said() -> None:
    street = make_october()
    for month in (date(2026, 11, 1), date(2027, 1, 1)):
        with pytest.raises(ReportMonthNotOver):
            draft_report(street.area.id, actor_id=street.boss.id, month=month)


def test_the_clock_drafts_once_and_tells_the_street() -> None:
    street = make_october()
    assert run_reports() >= 1
    assert run_reports() == 0
    assert [each.month for each in list_reports(street.area.id)] == [OCTOBER]
    assert "report_drafted" in kinds_told(street.boss)


@pytest.mark.race
def test_two_at_once_get_one_report(app: Flask) -> None:
    street = make_october()
    area_id, boss = street.area.id, street.boss.id
    draft = partial(draft_report, area_id, actor_id=boss, month=OCTOBER)
    assert at_once(app, [draft, draft, run_reports]) == [None, None, None]
    assert len(list_reports(area_id)) == 1


def test_a_finished_report_keeps_its_numbers() -> None:
    street = make_october()
    where: dict[str, Any] = {"area_id": street.area.id, "actor_id": street.boss.id}
    report_id = draft_report(month=OCTOBER, **where)
    word_report(report_id, words="平稳", finish=True, **where)
    with time_machine.travel(IN_OCTOBER + timedelta(days=1), tick=False):
        ask_in(street.community)
    kept = db.session.get_one(MonthlyReport, report_id)
    assert load_report(kept).total["asks"] == 2
    assert count_report(street.area, OCTOBER).total["asks"] == 3
    with pytest.raises(ReportFinished):
        word_report(report_id, words="再改", **where)


def test_page_sheet_and_document_say_the_same(sign_in: SignIn) -> None:
    street = make_october()
    page = sign_in(street.boss)
    here = f"/oversight/{street.area.id}/reports"
    page.get(here)
    shown = page.submit({"month": "2026-10"}).text
    report_id = list_reports(street.area.id)[0].id
    assert 'figure-link" href="' in shown
    page.submit({"words": "十月平稳"})
    listed = page.get(f"{here}/{report_id}/rows/services").text
    assert listed.count("todo-title") == 2
    book = openpyxl.load_workbook(io.BytesIO(page.open(f"{here}/{report_id}.xlsx").data))
    cells = {row[0]: row[1] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)}
    assert cells["诉求总数"] == 2
    assert cells["服务时长"] == timedelta(hours=2)
    own = {"file": (io.BytesIO(docx("{{ 诉求总数 }}件 {{ 服务时长 }} {{ 说明 }}")), "红头.docx")}
    page.get(f"/oversight/{street.area.id}/report-template")
    page.submit(own)
    document = Document(io.BytesIO(page.open(f"{here}/{report_id}.docx").data))
    assert [each.text for each in document.paragraphs] == ["2件 2:00 十月平稳"]


def test_a_wrong_template_is_refused_by_name(sign_in: SignIn) -> None:
    street = make_october()
    page = sign_in(street.boss)
    page.get(f"/oversight/{street.area.id}/report-template")
    for data, said in ((docx("{{ 排名 }}"), "模板里的“排名”"), (b"x", "不是 Word 文档")):
        assert said in page.submit({"file": (io.BytesIO(data), "t.docx")}, status=422).text
