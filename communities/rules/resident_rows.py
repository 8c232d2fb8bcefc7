"""A sheet of residents, row by row: what can be taken, and what is wrong with the rest.

Only the columns of a card are read; whatever else stands in the sheet never gets further.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from communities.refusals.residents import NoResidentHeader
from communities.rules.numerals import plain
from foundation.phones import find_phone
from foundation.refusal import N_
from wishes.rules.residents import (
    DOOR_LENGTH,
    NAME_LENGTH,
    NOTE_LENGTH,
    BestTime,
    ResidentWords,
)

Row = Sequence[str]
HEADER_WITHIN = 10
TOTALS = frozenset({"合计", "总计", "小计", "共计"})
# The words of headers; each column is the first header that fits.
HEADERS: dict[str, str] = {
    "name": r"姓名|名字|^name$",
    "door": r"门牌|住址|地址|房号|楼栋|^door$|address",
    "phone": r"电话|手机|联系方式|phone",
    "grid": r"网格|^grid$",
    "tags": r"标签|类别|人员类型|类型|身份(?!证)|^tags?$",
    "best": r"方便|走访时间|最佳时间|best",
    "note": r"备注|提醒|注意|说明|^note$",
}
_TIMES = {
    BestTime.MORNING: ("上午", "早"),
    BestTime.AFTERNOON: ("下午", "午后"),
    BestTime.EVENING: ("傍晚", "晚"),
}
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])")

NO_NAME = N_("缺姓名")
NO_DOOR = N_("缺门牌，没有门牌就没法走访")
TOO_LONG = N_("姓名或门牌太长")
TWICE = N_("和第 %(row)s 行是同一个人")
BAD_PHONE = N_("电话“%(text)s”不对，先不存")
NO_SUCH_GRID = N_("没有“%(text)s”这个网格，先不分网格")
NO_SUCH_TAG = N_("“%(text)s”不在标签表里，先不存")
IDENTITY = N_("身份证号不保存，已经去掉")


@dataclass(frozen=True)
class Remark:
    """A sentence about a row: a message id and its words."""

    sentence: str
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ResidentRow:
    """One row: its number in the file, what is understood of it, remarks; `wrong` keeps it out."""

    row: int
    words: ResidentWords
    remarks: tuple[Remark, ...] = ()
    wrong: Remark | None = None


def read_residents(
    rows: Sequence[Row], *, grids: dict[str, int], tags: Iterable[str]
) -> list[ResidentRow]:
    """Every row of a sheet with 姓名 and 门牌. Raises NoResidentHeader."""
    columns, begins = _find_header(rows)
    found: list[ResidentRow] = []
    seen: dict[tuple[str, str], int] = {}
    known = list(tags)
    for number, row in enumerate(rows[begins:], start=begins + 1):
        cells = {name: _cell(row, at) for name, at in columns.items()}
        if not any(cells.values()) or {cells["name"], _cell(row, 0)} & TOTALS:
            continue
        read = _read(number, cells, grids, known)
        key = (_bare(read.words.name), _bare(read.words.door))
        if read.wrong is None and key in seen:
            read = replace(read, wrong=Remark(TWICE, {"row": seen[key]}))
        seen.setdefault(key, number)
        found.append(read)
    return found


def _find_header(rows: Sequence[Row]) -> tuple[dict[str, int], int]:
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        columns = _columns_of(row)
        if "name" in columns and "door" in columns:
            return columns, at + 1
    raise NoResidentHeader


def _columns_of(row: Row) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, cell in enumerate(row):
        words = re.sub(r"\s", "", plain(cell)).casefold()
        if not words or len(words) > 16:
            continue
        for name, pattern in HEADERS.items():
            if name not in columns and re.search(pattern, words):
                columns[name] = at
                break
    return columns


def _cell(row: Row, at: int) -> str:
    return " ".join(row[at].split()) if at < len(row) else ""


def _bare(text: str) -> str:
    return re.sub(r"\s", "", plain(text)).casefold()


def _read(
    number: int, cells: dict[str, str], grids: dict[str, int], known: Sequence[str]
) -> ResidentRow:
    remarks: list[Remark] = []
    for name, text in cells.items():
        if _IDENTITY.search(text):
            cells[name] = _IDENTITY.sub("", text).strip()
            remarks = [Remark(IDENTITY)]
    words = ResidentWords(
        name=cells["name"][:NAME_LENGTH], door=cells["door"][:DOOR_LENGTH],
        phone=_phone(cells.get("phone", ""), remarks),
        tags=_tags(cells.get("tags", ""), known, remarks),
        best_time=read_best_time(cells.get("best", "")),
        note=cells.get("note", "")[:NOTE_LENGTH],
        grid_id=_grid(cells.get("grid", ""), grids, remarks),
    )  # fmt: skip
    return ResidentRow(number, words, tuple(remarks), _why_not(cells))


def _why_not(cells: dict[str, str]) -> Remark | None:
    if not cells["name"]:
        return Remark(NO_NAME)
    if not cells["door"]:
        return Remark(NO_DOOR)
    if len(cells["name"]) > NAME_LENGTH or len(cells["door"]) > DOOR_LENGTH:
        return Remark(TOO_LONG)
    return None


def _phone(typed: str, remarks: list[Remark]) -> str:
    phone = find_phone(typed) if typed else ""
    if phone is None:
        remarks.append(Remark(BAD_PHONE, {"text": typed[:20]}))
    return phone or ""


def _grid(typed: str, grids: dict[str, int], remarks: list[Remark]) -> int | None:
    bare = {_bare(name): grid_id for name, grid_id in grids.items()}
    if typed and _bare(typed) not in bare and len(grids) != 1:
        remarks.append(Remark(NO_SUCH_GRID, {"text": typed[:20]}))
    return bare.get(_bare(typed))


def _tags(typed: str, known: Sequence[str], remarks: list[Remark]) -> tuple[str, ...]:
    said = dict.fromkeys(part for part in re.split(r"[、,，;；/\s]+", typed) if part)
    remarks += [Remark(NO_SUCH_TAG, {"text": tag[:20]}) for tag in said if tag not in known]
    return tuple(tag for tag in said if tag in known)


def read_best_time(text: str) -> BestTime:
    """A best time as a person wrote it; ANY where the words name none."""
    named = [time for time, said in _TIMES.items() if any(word in text for word in said)]
    return named[0] if len(named) == 1 else BestTime.ANY
