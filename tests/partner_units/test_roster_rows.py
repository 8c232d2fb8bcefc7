"""Reading a unit's sheet of colleagues: what is taken, what is said about the rest."""

from __future__ import annotations

import pytest

from foundation.sheet_reading import read_sheet
from partner_units.refusals import NoRosterHeader
from partner_units.rules.roster_rows import ReadRoster, read_roster
from tests.partner_units.sheets import make_sheet

HEADER = ("姓名", "工号", "手机号码")


def read(*rows: tuple[object, ...], merge: tuple[str, ...] = ()) -> ReadRoster:
    return read_roster(read_sheet(make_sheet(rows, merge=merge), "名册.xlsx").rows)


def said(found: ReadRoster) -> list[tuple[int, str]]:
    return [(each.row, each.sentence % each.params) for each in found.errors]


def test_a_row_becomes_a_colleague() -> None:
    found = read(HEADER, ("王小明", "031", 13800000142))
    assert [(r.name, r.staff_number, r.phone) for r in found.rows] == [
        ("王小明", "031", "+8613800000142")
    ]


@pytest.mark.parametrize(
    "typed", ["１３８０００００１４２", "138-0000-0142", "+86 138 0000 0142", 13800000142.0]
)
def test_a_phone_is_read_however_it_is_typed(typed: object) -> None:
    assert read(HEADER, ("王小明", "", typed)).rows[0].phone == "+8613800000142"


def test_rare_characters_stay() -> None:
    names = [row.name for row in read(HEADER, ("𠮷喆", 1, "13800000142")).rows]
    assert names == ["𠮷喆"]


def test_a_staff_number_of_figures_has_no_decimals() -> None:
    assert read(HEADER, ("王小明", 31.0, "13800000142")).rows[0].staff_number == "31"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("", "1", "13800000142"), "缺姓名"),
        (("王" * 41, "1", "13800000142"), "姓名超过 40 个字"),
        (("王小明", "1", ""), "缺手机号，没有手机号就没法用加入码"),
        (("王小明", "1", "若干"), "手机号“若干”不对"),
        (("王小明", "1" * 31, "13800000142"), "工号超过 30 个字"),
    ],
)
def test_what_is_wrong_is_said_with_its_row(row: tuple[str, ...], sentence: str) -> None:
    found = read(HEADER, row)
    assert (found.rows, said(found)) == ([], [(2, sentence)])


def test_the_same_phone_twice_names_the_first_row() -> None:
    found = read(HEADER, ("王小明", "", "13800000142"), ("李喆", "", "138 0000 0142"))
    assert said(found) == [(3, "和第 2 行是同一个手机号")]


def test_a_title_over_all_columns_is_no_header() -> None:
    title = ("某某单位员工姓名手机号登记表", None, None)
    found = read(title, HEADER, ("王小明", "031", "13800000142"), merge=("A1:C1",))
    assert [row.row for row in found.rows] == [3]


def test_a_header_in_two_rows_is_read() -> None:
    found = read(
        ("姓名", "工号", "联系方式", None),
        (None, None, "座机", "手机"),
        ("王小明", "031", "0433-3220000", "13800000142"),
        merge=("A1:A2", "B1:B2", "C1:D1"),
    )
    assert [(row.phone, row.staff_number) for row in found.rows] == [("+8613800000142", "031")]


def test_empty_rows_and_totals_are_passed_over() -> None:
    found = read(HEADER, ("", "", ""), ("王小明", "1", "13800000142"), ("合计", "", 1))
    assert (len(found.rows), found.errors) == (1, [])


@pytest.mark.parametrize("header", [("姓名", "工号"), ("手机", "工号"), ("甲", "乙")])
def test_without_a_header_nothing_is_guessed(header: tuple[str, ...]) -> None:
    with pytest.raises(NoRosterHeader):
        read(header, ("王小明", "13800000142"))
