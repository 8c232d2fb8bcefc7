import warnings
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from foundation.sheets import Cell, write_sheet


def read(body: bytes) -> Worksheet:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's own house, not ours
        sheet = load_workbook(BytesIO(body)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def one(cell: Cell) -> object:
    return read(write_sheet(["列"], [[cell]], "台账")).cell(2, 1).value


ATTACKS = ["=1+1", "+1", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\t=1", "＝1+1", "{=1}"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_text_is_never_a_formula(attack: str) -> None:
    body = write_sheet([attack], [[attack]], "台账")
    with ZipFile(BytesIO(body)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    cell = read(body).cell(2, 1)
    assert cell.data_type == "s"
    assert cell.value == attack
    assert cell.quotePrefix == (attack != "{=1}")


@pytest.mark.parametrize("text", ["http://example.org", "mailto:a@b.cn", "138 0000 0142", "007"])
def test_texts_stay_as_they_are(text: str) -> None:
    sheet = read(write_sheet(["列"], [[text]], "台账"))
    assert sheet.cell(2, 1).value == text
    assert sheet.cell(2, 1).hyperlink is None


def test_values_keep_their_type() -> None:
    assert one(3) == 3
    assert one(Decimal("1.5")) == 1.5
    assert one(True) is True
    assert one(None) is None
    assert one(date(2026, 11, 28)) == datetime(2026, 11, 28)  # noqa: DTZ001 - Excel has no zones


def test_moments_are_written_in_local_time() -> None:
    assert str(one(datetime(2026, 11, 28, 1, 0, tzinfo=UTC))) == "2026-11-28 09:00:00"


def test_hours_can_be_summed_beyond_a_day() -> None:
    sheet = read(write_sheet(["时长"], [[timedelta(hours=85, minutes=30)]], "服务记录"))
    assert sheet.cell(2, 1).number_format == "[h]:mm"
    assert sheet.cell(2, 1).value == timedelta(hours=85, minutes=30)


def test_rare_and_hostile_characters_survive() -> None:
    assert one("𠮷喆👨‍👩‍👧") == "𠮷喆👨‍👩‍👧"
    assert len(str(one("长" * 40_000))) == 32_767


def test_the_header_stays_in_view_and_can_be_filtered() -> None:
    sheet = read(write_sheet(["心愿", "时长"], [["换灯泡", 60], ["陪诊", 90]], "服务记录"))
    assert sheet.title == "服务记录"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet.cell(1, 1).font.bold


def test_columns_fit_chinese() -> None:
    sheet = read(write_sheet(["a", "b", "c"], [["清理小道两侧杂草", "abc", "长" * 300]], "台账"))
    widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
    assert 17 < widths[0] < 20
    assert widths[1] < 10
    assert widths[2] < 52


@pytest.mark.parametrize(
    ("title", "name"),
    [("2026/11 [梨园]:台账*?", "2026 11  梨园  台账"), ("", "Sheet1"), ("长" * 40, "长" * 31)],
)
def test_any_title_becomes_a_sheet_name(title: str, name: str) -> None:
    assert read(write_sheet(["列"], [], title)).title == name
