"""A unit's sheet of colleagues, row by row: what can be taken, and what is wrong with the rest."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from foundation.phones import find_phone
from foundation.refusal import N_
from partner_units.refusals import NoRosterHeader

Row = Sequence[str]

HEADER_WITHIN = 10
NAME_MOST, NUMBER_MOST = 40, 30
NAMES = ("姓名", "名字", "name")
PHONES = ("手机", "电话", "联系方式", "phone", "mobile")
NUMBERS = ("工号", "员工号", "编号", "staff")
TOTALS = frozenset({"合计", "总计", "小计", "共计"})

NO_NAME = N_("缺姓名")
NAME_TOO_LONG = N_("姓名超过 40 个字")
NO_PHONE = N_("缺手机号，没有手机号就没法用加入码")
BAD_PHONE = N_("手机号“%(text)s”不对")
TWICE = N_("和第 %(row)s 行是同一个手机号")
NUMBER_TOO_LONG = N_("工号超过 30 个字")


@dataclass(frozen=True)
class RosterRow:
    """One colleague as the sheet has them; the phone as stored (+86…)."""

    row: int
    name: str
    phone: str
    staff_number: str | None


@dataclass(frozen=True)
class RowError:
    """What is wrong with one row: a message id and its words."""

    row: int
    name: str
    sentence: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadRoster:
    """What a sheet holds: rows to take, rows to put right."""

    rows: list[RosterRow]
    errors: list[RowError]


@dataclass(frozen=True)
class _Columns:
    name: int
    phone: int
    staff_number: int | None


class _Wrong(Exception):
    def __init__(self, sentence: str, **params: Any) -> None:
        super().__init__(sentence)
        self.sentence, self.params = sentence, params


def plain(text: str) -> str:
    """Full-width digits and letters as everybody types them, gaps closed."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def read_roster(rows: Sequence[Row]) -> ReadRoster:
    """Read a sheet with 姓名, 手机 and perhaps 工号. Raises NoRosterHeader."""
    columns, begins = _find_header(rows)
    found = ReadRoster([], [])
    seen: dict[str, int] = {}
    for number, row in enumerate(rows[begins:], start=begins + 1):
        name = _cell(row, columns.name)
        if not any(map(plain, row)) or {name, _cell(row, 0)} & TOTALS:
            continue
        try:
            line = _read(number, name, row, columns, seen)
        except _Wrong as wrong:
            found.errors.append(RowError(number, name[:NAME_MOST], wrong.sentence, wrong.params))
            continue
        seen[line.phone] = number
        found.rows.append(line)
    return found


def _find_header(rows: Sequence[Row]) -> tuple[_Columns, int]:
    """The columns, and the first row below them; a header may stand in two rows."""
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        name = _find_column(row, NAMES)
        if name is None:
            continue
        below = rows[at + 1] if at + 1 < len(rows) else ()
        is_double = _find_column(below, PHONES[:1]) is not None and (
            _cell(below, name) in ("", _cell(row, name))
        )
        lower = below if is_double else row
        phone = _find_column(lower, PHONES)
        if phone is None or _cell(lower, phone) == _cell(row, name):  # a title over all columns
            continue
        staff = _find_column(row, NUMBERS)
        if staff is None:
            staff = _find_column(lower, NUMBERS)
        return _Columns(name, phone, staff), at + (2 if is_double else 1)
    raise NoRosterHeader


def _find_column(row: Row, words: Sequence[str]) -> int | None:
    texts = [plain(cell).replace(" ", "").lower() for cell in row]
    for word in words:
        for at, text in enumerate(texts):
            if word in text and len(text) <= len(word) + 8:
                return at
    return None


def _cell(row: Row, at: int | None) -> str:
    return plain(row[at]) if at is not None and at < len(row) else ""


def _read(number: int, name: str, row: Row, columns: _Columns, seen: dict[str, int]) -> RosterRow:
    if not name:
        raise _Wrong(NO_NAME)
    if len(name) > NAME_MOST:
        raise _Wrong(NAME_TOO_LONG)
    typed = _cell(row, columns.phone)
    if not typed:
        raise _Wrong(NO_PHONE)
    phone = find_phone(typed)
    if phone is None:
        raise _Wrong(BAD_PHONE, text=typed[:20])
    if phone in seen:
        raise _Wrong(TWICE, row=seen[phone])
    staff = _cell(row, columns.staff_number)
    if len(staff) > NUMBER_MOST:
        raise _Wrong(NUMBER_TOO_LONG)
    return RosterRow(number, name, phone, staff or None)
