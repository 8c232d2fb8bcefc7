"""Files that people bring: what is read, what is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from foundation import sheet_reading
from foundation.sheet_reading import read_sheet
from foundation.sheet_refusals import EmptySheet, NotASheet, SheetTooLarge, TooManyRows


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def excel(*rows: Sequence[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    return saved(book)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_whatever_windows_made_of_it(encoding: str) -> None:
    sheet = read_sheet("心愿,人数\r\n喆喆的灯,２\r\n".encode(encoding), "a.csv")
    assert sheet.rows == (("心愿", "人数"), ("喆喆的灯", "２"))


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_separator_is_found(sign: str) -> None:
    assert read_sheet(f"a{sign}b\n1{sign}2\n".encode(), "a.csv").rows[1] == ("1", "2")


def test_cells_become_what_a_person_reads() -> None:
    values = [2.0, 1.5, 10, date(2026, 12, 1), datetime(2026, 12, 1, 9, 30), time(9), True, None]  # noqa: DTZ001
    sheet = read_sheet(excel(["a"] * 8, values), "a.xlsx")
    assert sheet.rows[1] == (
        "2", "1.5", "10", "2026-12-01", "2026-12-01 09:30", "09:00", "是", "",
    )  # fmt: skip


def test_merged_cells_share_their_words() -> None:
    book = Workbook()
    page = book.worksheets[0]
    page.append(["时间", None, "人"])
    page.append(["开始", "结束", None])
    page.merge_cells("A1:B1")
    page.merge_cells("C1:C2")
    assert read_sheet(saved(book), "a.xlsx").rows == (
        ("时间", "时间", "人"),
        ("开始", "结束", "人"),
    )


def test_the_first_sheet_with_rows_is_read_and_the_others_named() -> None:
    book = Workbook()
    book.worksheets[0].title = "说明"
    book.create_sheet("台账").append(["a"])
    book.create_sheet("二")
    sheet = read_sheet(saved(book), "a.xlsx")
    assert (sheet.name, sheet.passed_over) == ("台账", ("说明", "二"))


def test_formulas_are_never_computed_and_counted_when_they_hold_nothing() -> None:
    sheet = read_sheet(excel(["a", "b"], ["=1+1", 1]), "a.xlsx")
    assert (sheet.rows[1], sheet.uncomputed) == (("", "1"), 1)


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"hello", "a.xlsx"), (b"PK\x03\x04", "a.xlsx"), (b"\x00\x01\x02", "a.csv"),
     (b"\xff\xd8\xff\xe0\x00", "a.csv")],
)  # fmt: skip
def test_what_is_no_table_is_refused(data: bytes, name: str) -> None:
    with pytest.raises(NotASheet, match=name):
        read_sheet(data, name)


def test_a_zip_without_a_book_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(NotASheet):
        read_sheet(target.getvalue(), "a.xlsx")


def test_a_bomb_is_refused_by_its_unpacked_size(monkeypatch: pytest.MonkeyPatch) -> None:
    body = excel(["心愿内容" * 500] * 50)
    monkeypatch.setattr(sheet_reading, "MOST_UNPACKED", 10_000)
    with pytest.raises(SheetTooLarge):
        read_sheet(body, "a.xlsx")


def test_bytes_and_rows_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_reading, "MOST_ROWS", 3)
    for body, name in ((excel(*[["a"]] * 9), "a.xlsx"), (b"a\n" * 9, "a.csv")):
        with pytest.raises(TooManyRows):
            read_sheet(body, name)
    monkeypatch.setattr(sheet_reading, "MOST_BYTES", 3)
    with pytest.raises(SheetTooLarge):
        read_sheet(b"a\n" * 9, "a.csv")


def test_a_row_far_below_is_not_walked_to() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "a"
    book.worksheets[0]["ZZ1048576"] = "b"
    assert read_sheet(saved(book), "a.xlsx").rows == (("a",),)


def test_an_empty_book_is_said() -> None:
    with pytest.raises(EmptySheet):
        read_sheet(excel(), "a.xlsx")
