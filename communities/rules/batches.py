"""A whole file: where its rows begin, which of them are no wishes, what must not be kept."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from communities.rules.columns import PRIVATE, Column, Header, find_header
from communities.rules.numerals import plain
from foundation.refusal import N_

_TOTAL = re.compile(r"^(?:合计|总计|小计|共计|总数|总共)(?:[:：]|$|\d|（|\()")
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9]\d{5}(?:18|19|20)\d{2}(?:0\d|1[0-2])[0-3]\d{4}[\dXx](?!\d)"
)
HIDDEN = "（身份证号不保存）"
Row = Sequence[str]
Note = tuple[str, dict[str, object]]


@dataclass(frozen=True)
class DataRow:
    """A row with its number in the file, from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Batch:
    """What a file holds: its columns' names, the rows that may be wishes, notes for the person."""

    header: Header
    rows: tuple[DataRow, ...]
    notes: tuple[Note, ...]


def split_file(rows: Sequence[Row]) -> Batch:
    """Find the header, leave out blank rows, totals, section lines and repeated headers."""
    header = find_header(rows)
    notes: list[Note] = []
    if not header.found:
        notes.append((N_("没认出表头，先把第 1 行当表头，请在下面指明各列。"), {}))
    elif header.title:
        notes.append((N_("表头上方的“%(title)s”没有导入。"), {"title": header.title[:40]}))
    kept, hidden = [], 0
    names = [plain(cell) for cell in rows[header.first_row - 1]]
    for line, row in enumerate(rows[header.first_row :], start=header.first_row + 1):
        reason = _why_left_out(row, names)
        if reason:
            notes.append((reason, {"line": line}))
        elif any(cell.strip() for cell in row):
            cells, found = _without_identity_numbers(row)
            hidden += found
            kept.append(DataRow(line, cells))
    if hidden:
        notes.append((N_("有 %(n)s 处身份证号，按规定不保存，已经去掉。"), {"n": hidden}))
    return Batch(header, tuple(kept), tuple(notes))


def _why_left_out(row: Row, names: Sequence[str]) -> str | None:
    said = [plain(cell) for cell in row]
    filled = [cell for cell in said if cell]
    if not filled:
        return None
    if any(_TOTAL.match(cell) for cell in said[:3]):
        return N_("第 %(line)s 行是合计，没有导入。")
    if said == list(names):
        return N_("第 %(line)s 行又是表头，没有导入。")
    if len(filled) >= 3 and len(set(filled)) == 1:
        return N_("第 %(line)s 行是分段标题，没有导入。")
    return None


def _without_identity_numbers(row: Row) -> tuple[tuple[str, ...], int]:
    found = [_IDENTITY.subn(HIDDEN, cell) for cell in row]
    return tuple(text for text, _ in found), sum(count for _, count in found)


def fingerprint(headers: Sequence[str], cells: Sequence[str]) -> str:
    """The same words under the same headers are the same row, whatever file brings them."""
    words = json.dumps([list(headers), list(cells)], ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()


def read_cells(columns: Sequence[str], cells: Sequence[str]) -> dict[Column, str]:
    """A row's cells by what they say."""
    pairs = zip(columns, cells, strict=False)
    return {Column(column): text for column, text in pairs if column}


def original_words(
    headers: Sequence[str], columns: Sequence[str], cells: Sequence[str]
) -> dict[str, str]:
    """The row in its own words, for the wish; names, phones and doors are kept sealed elsewhere."""
    triples = zip(headers, columns, cells, strict=False)
    return {header: text for header, column, text in triples if column not in PRIVATE}
