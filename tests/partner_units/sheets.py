"""Sheets as people hand them in."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook


def make_sheet(rows: Sequence[Sequence[Any]], *, merge: Sequence[str] = ()) -> bytes:
    """An .xlsx of these rows, with these ranges merged."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for cells in merge:
        sheet.merge_cells(cells)
    target = BytesIO()
    book.save(target)
    return target.getvalue()
