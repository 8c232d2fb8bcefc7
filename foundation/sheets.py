"""Excel sheets for people: every text stays text, widths fit Chinese, the header stays in view."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from foundation import clock

Cell = str | int | float | Decimal | bool | date | datetime | timedelta | None

LONGEST_TEXT = 32_767  # Excel's own limit; beyond it a cell would silently stay empty
NARROWEST, WIDEST = 8, 50
FORMATS: dict[str, dict[str, Any]] = {
    "header": {"bold": True, "bottom": 1, "bg_color": "#F3EADB", "valign": "vcenter"},
    "text": {"text_wrap": True, "valign": "top"},
    # A quoted text stays text even after somebody edits the cell or saves it as CSV and back.
    "quoted": {"text_wrap": True, "valign": "top", "quote_prefix": True},
    "number": {"valign": "top"},
    "day": {"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm", "valign": "top", "align": "left"},
    "hours": {"num_format": "[h]:mm", "valign": "top"},
}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_sheet(columns: Sequence[str], rows: Iterable[Sequence[Cell]], title: str) -> bytes:
    """One worksheet as .xlsx bytes.

    Aware datetimes become local time, timedeltas hours that Excel can sum ([h]:mm); a text is
    never a formula, whatever it begins with.
    """
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    formats = {name: book.add_format(look) for name, look in FORMATS.items()}
    sheet = book.add_worksheet(_sheet_name(title))
    widths = [_width(column) for column in columns]
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column, formats["header"])
    count = 0
    for count, row in enumerate(rows, start=1):
        for at, cell in enumerate(row):
            widths[at] = max(widths[at], _write(sheet, formats, count, at, cell))
    for at, width in enumerate(widths):
        sheet.set_column(at, at, min(max(width + 2, NARROWEST), WIDEST))
    sheet.freeze_panes(1, 0)
    if columns:
        sheet.autofilter(0, 0, count, len(columns) - 1)
    book.close()
    return target.getvalue()


def _write(sheet: Any, formats: dict[str, Any], row: int, at: int, cell: Cell) -> int:
    """Write one cell by its type, never by its looks; the width it needs."""
    if cell is None or cell == "":
        return 0
    if isinstance(cell, str):
        text = cell if len(cell) <= LONGEST_TEXT else cell[: LONGEST_TEXT - 1] + "…"
        kind = "quoted" if text.startswith(_FORMULA_STARTS) else "text"
        sheet.write_string(row, at, text, formats[kind])
        return _width(text)
    if isinstance(cell, bool):
        sheet.write_boolean(row, at, cell, formats["number"])
    elif isinstance(cell, datetime):
        here = clock.local(cell) if cell.tzinfo else cell
        sheet.write_datetime(row, at, here.replace(tzinfo=None), formats["moment"])
        return 16
    elif isinstance(cell, date):
        sheet.write_datetime(row, at, cell, formats["day"])
        return 10
    elif isinstance(cell, timedelta):
        sheet.write_number(row, at, cell / timedelta(days=1), formats["hours"])
    else:
        sheet.write_number(row, at, cell, formats["number"])
    return len(str(cell))


def _width(text: str) -> int:
    """Columns the longest line of a text takes; a Chinese character takes two."""
    lines = text[:200].splitlines() or [""]
    return max(
        sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in line)
        for line in lines
    )


def _sheet_name(title: str) -> str:
    """A title as Excel allows it: 31 characters, none of []:*?/\\, no quote at its ends."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", title).strip(" '")[:31].strip(" '")
    return "Sheet1" if not plain or plain.casefold() == "history" else plain
