"""Excel and CSV files that people bring, read as rows of plain words.

Nothing in a file is trusted: size, unpacked size, rows and columns are capped, formulas are
never computed (Excel's own last result is read), and what cannot be read is refused in a
sentence. Merged cells are given the words of their first cell.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl

from foundation.refusal import N_
from foundation.sheet_refusals import (
    EmptySheet,
    NotASheet,
    OldSheet,
    SheetRefusal,
    SheetTooLarge,
    TooManyRows,
)

MOST_BYTES = 10 * 1024**2
MOST_UNPACKED = 60 * 1024**2
MOST_ROWS = 5_000
MOST_COLUMNS = 60
MOST_MERGED = 2_000  # cells that merged ranges may fill, all together
MOST_CELL = 10_000  # characters of one cell
ENCODINGS = ("utf-8-sig", "gb18030")
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_CELL = rb"([A-Z]{1,3})(\d{1,7})"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="' + _CELL + rb":" + _CELL + rb'"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>]")


@dataclass(frozen=True)
class ReadSheet:
    """The rows of the first sheet that has any, as words.

    `name` is the sheet's, empty for a CSV; `passed_over` names the other sheets; `uncomputed`
    counts formulas whose result the file does not hold.
    """

    rows: tuple[tuple[str, ...], ...]
    name: str = ""
    passed_over: tuple[str, ...] = ()
    uncomputed: int = 0


def read_sheet(data: bytes, filename: str | None) -> ReadSheet:
    """Read an .xlsx or CSV file. Raises a SheetRefusal that names the file."""
    name = Path(filename or "").name[-60:] or N_("表格")
    if len(data) > MOST_BYTES:
        raise SheetTooLarge(name=name, megabytes=MOST_BYTES // 1024**2)
    if data.startswith(OLD_EXCEL):
        raise OldSheet(name=name)
    if data.startswith(b"PK"):
        return _read_excel(data, name)
    if name.lower().endswith((".xlsx", ".xlsm", ".xls")):
        raise NotASheet(name=name)
    return _read_csv(data, name)


def _read_csv(data: bytes, name: str) -> ReadSheet:
    text = _decode(data, name)
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(MOST_BYTES)
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        rows = [tuple(row[:MOST_COLUMNS]) for row in islice(lines, MOST_ROWS + 1)]
    except csv.Error as error:
        raise NotASheet(name=name) from error
    return ReadSheet(_checked(rows, name))


def _decode(data: bytes, name: str) -> str:
    """The text of a CSV: UTF-8, UTF-16 with its mark, or GB18030. Raises NotASheet."""
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f]", text):
            return text
    raise NotASheet(name=name)


def _read_excel(data: bytes, name: str) -> ReadSheet:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _ensure_small(archive, name)
        if "xl/workbook.xml" not in archive.namelist():
            raise NotASheet(name=name)
        return _first_sheet(data, archive, name)
    except SheetRefusal:
        raise
    except Exception as error:  # a reader of hostile XML may raise anything: it cannot be read
        raise NotASheet(name=name) from error


def _ensure_small(archive: zipfile.ZipFile, name: str) -> None:
    """Raises SheetTooLarge; zipfile never unpacks more of an entry than it declares."""
    if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
        raise SheetTooLarge(name=name, megabytes=MOST_BYTES // 1024**2)


def _open_book(data: bytes, *, values: bool) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl does not know is of no use here
        return openpyxl.load_workbook(
            io.BytesIO(data), read_only=True, data_only=values, keep_links=False
        )


def _first_sheet(data: bytes, archive: zipfile.ZipFile, name: str) -> ReadSheet:
    book = _open_book(data, values=True)
    for sheet in book.worksheets:
        rows = _grid(sheet)
        if not any(any(row) for row in rows):
            continue
        part = archive.read(sheet._worksheet_path.lstrip("/"))
        _spread_merged(rows, part)
        others = tuple(each.title for each in book.worksheets if each.title != sheet.title)
        formulas = _count_uncomputed(data, sheet.title) if _FORMULA.search(part) else 0
        return ReadSheet(
            _checked([tuple(row) for row in rows], name), sheet.title, others, formulas
        )
    raise EmptySheet(name=name)


def _grid(sheet: Any) -> list[list[str]]:
    sheet.reset_dimensions()  # what a file declares of itself may be a lie
    found = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS, values_only=True)
    rows = [[_words(cell) for cell in row] for row in found]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _count_uncomputed(data: bytes, title: str) -> int:
    """How many formulas have no stored result: a file that no Excel has saved yet."""
    kept, written = (_open_book(data, values=values)[title] for values in (True, False))
    count = 0
    for pair in (kept, written):
        pair.reset_dimensions()
    limits = {"max_row": MOST_ROWS, "max_col": MOST_COLUMNS, "values_only": True}
    for values, formulas in zip(
        kept.iter_rows(**limits), written.iter_rows(**limits), strict=False
    ):
        count += sum(
            value is None and isinstance(formula, str) and formula.startswith("=")
            for value, formula in zip(values, formulas, strict=False)
        )
    return count


def _spread_merged(rows: list[list[str]], part: bytes) -> None:
    """Write the words of a merged range into all of its cells."""
    left = MOST_MERGED
    for match in _MERGED.finditer(part):
        columns = range(_column(match[1]), min(_column(match[3]) + 1, MOST_COLUMNS))
        lines = range(int(match[2]) - 1, min(int(match[4]), len(rows)))
        left -= len(columns) * len(lines)
        if left < 0:
            return
        if not columns or not lines or columns[0] >= len(rows[lines[0]]):
            continue
        words = rows[lines[0]][columns[0]]
        for line in lines:
            rows[line] += [""] * (columns[-1] + 1 - len(rows[line]))
            for column in columns:
                rows[line][column] = rows[line][column] or words


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _checked(rows: list[tuple[str, ...]], name: str) -> tuple[tuple[str, ...], ...]:
    """Rows of one width, without the empty ones at the end. Raises EmptySheet, TooManyRows."""
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise EmptySheet(name=name)
    if len(rows) > MOST_ROWS:
        raise TooManyRows(name=name, rows=MOST_ROWS)
    width = max(at for row in rows for at, cell in enumerate(row, start=1) if cell.strip())
    return tuple(tuple(cell[:MOST_CELL] for cell in (*row, *[""] * width)[:width]) for row in rows)


def _words(cell: object) -> str:
    """One cell as a person reads it: 2 and not 2.0, a date without its midnight."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        shown = cell.replace(second=0, microsecond=0)
        return f"{shown:%Y-%m-%d}" if shown.time() == time() else f"{shown:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        minutes = int(cell.total_seconds() // 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)).normalize():f}" if cell == cell else ""
    return str(cell)
