"""Which column of a register says what, told by the words of its header."""

from __future__ import annotations

import enum
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from communities.rules.numerals import plain
from foundation.refusal import N_

LOOK_FOR_HEADER = 15  # rows in which the header is looked for
Row = Sequence[str]


class Column(enum.StrEnum):
    """What a column of a register may say."""

    KEPT = ""
    CONTENT = "content"
    MORE = "more"
    CATEGORY = "category"
    KIND = "kind"
    WHEN = "when"
    STARTS = "starts"
    ENDS = "ends"
    HOURS = "hours"
    PLACE = "place"
    VENUE = "venue"
    PEOPLE = "people"
    PIECES = "pieces"
    TOOLS = "tools"
    NAME = "name"
    PHONE = "phone"
    DOOR = "door"


COLUMN_LABELS = {
    Column.KEPT: N_("只留原话"),
    Column.CONTENT: N_("心愿内容"),
    Column.MORE: N_("补充说明"),
    Column.CATEGORY: N_("类别"),
    Column.KIND: N_("服务或物品"),
    Column.WHEN: N_("时间"),
    Column.STARTS: N_("开始时间"),
    Column.ENDS: N_("结束时间"),
    Column.HOURS: N_("时长（小时）"),
    Column.PLACE: N_("地点"),
    Column.VENUE: N_("上门、社区、户外或线上"),
    Column.PEOPLE: N_("需要人数"),
    Column.PIECES: N_("件数"),
    Column.TOOLS: N_("工具或物品"),
    Column.NAME: N_("居民姓名（保密）"),
    Column.PHONE: N_("居民电话（保密）"),
    Column.DOOR: N_("门牌住址（保密）"),
}
PRIVATE = frozenset({Column.NAME, Column.PHONE, Column.DOOR})

# The words of the field, the more telling first; a header counts for the first that fits.
_WORDS: tuple[tuple[Column, str], ...] = (
    (Column.PHONE, r"电话|手机|联系方式"),
    (Column.NAME, r"^(?:居民|心愿人|许愿人|求助人|申请人|联系人|服务对象)?(?:姓名)$|"
                  r"^(?:心愿人|许愿人|求助人|申请人|联系人|服务对象|户主)$"),
    (Column.DOOR, r"住址|家庭地址|门牌|楼栋|房号"),
    (Column.KEPT, r"认领|承接|去向|结果|出处|来源|备注|编号|序号|完成|反馈|满意|网格"),
    (Column.TOOLS, r"工具|物资|所需物品|自备"),
    (Column.PIECES, r"件数|数量|份数"),
    (Column.PEOPLE, r"人数|名额|人员数|几人|所需人员"),
    (Column.HOURS, r"时长|小时|工时"),
    (Column.KIND, r"心愿类型|服务或物品|^类型$|性质"),
    (Column.CATEGORY, r"类别|分类|种类|领域"),
    (Column.STARTS, r"开始|起始"),
    (Column.ENDS, r"结束|截止|最晚"),
    (Column.WHEN, r"时间|日期|何时"),
    (Column.VENUE, r"服务方式|上门"),
    (Column.PLACE, r"地点|地址|场所|集合|送到"),
    (Column.CONTENT, r"心愿内容|内容|心愿名称|微心愿|^心愿$|事项|名称|需求|诉求|标题"),
    (Column.MORE, r"说明|描述|详情"),
)  # fmt: skip
_PATTERNS = tuple((column, re.compile(words)) for column, words in _WORDS)


@dataclass(frozen=True)
class Header:
    """Where the data begins and what its columns are called: `found` when words told it."""

    headers: tuple[str, ...]
    first_row: int
    found: bool
    title: str = ""


def guess_column(header: str) -> Column:
    """What a column of this name says, KEPT when its words tell nothing."""
    words = re.sub(r"\s", "", plain(header))
    for column, pattern in _PATTERNS:
        if pattern.search(words):
            return column
    return Column.KEPT


def guess_columns(headers: Sequence[str]) -> list[Column]:
    """A guess for every column; each thing is said by one column, the first that fits."""
    taken: set[Column] = set()
    guesses = []
    for header in headers:
        guess = guess_column(header)
        guesses.append(Column.KEPT if guess in taken else guess)
        taken |= {guess}
    return guesses


def find_header(rows: Sequence[Row]) -> Header:
    """The row that names the columns, below titles, across two rows when cells were merged."""
    near = rows[:LOOK_FOR_HEADER]
    scores = [_score(row) for row in near]
    best = max(scores, default=0)
    if best < 2:
        return Header(name_columns(rows[0]), 1, found=False)
    at = scores.index(best)
    above = next((cell.strip() for row in rows[:at] for cell in row if cell.strip()), "")
    if at and _is_double(rows[at - 1], rows[at]):
        at -= 1
    if at + 1 < len(rows) and _is_double(rows[at], rows[at + 1]):
        return Header(name_columns(_join(rows[at], rows[at + 1])), at + 2, found=True, title=above)
    return Header(name_columns(rows[at]), at + 1, found=True, title=above)


def name_columns(row: Row) -> tuple[str, ...]:
    """The header's own words; a name that is missing or stands twice gets the column's number."""
    named = [cell.strip() or f"第{at}列" for at, cell in enumerate(row, start=1)]
    twice = {name for name, count in Counter(named).items() if count > 1}
    first: set[str] = set()
    names = []
    for at, name in enumerate(named, start=1):
        names.append(f"{name}（第{at}列）" if name in twice and name in first else name)
        first.add(name)
    return tuple(names)


def _score(row: Row) -> int:
    """How many different things the words of a row name; long cells are no headers."""
    words = [cell for cell in row if 0 < len(cell.strip()) <= 20]
    if len({cell.strip() for cell in words}) < 2:
        return 0
    return len({guess_column(cell) for cell in words} - {Column.KEPT})


def _is_double(upper: Row, lower: Row) -> bool:
    """Whether the two rows are one header: merged downwards here, divided there."""
    pairs = [(one.strip(), two.strip()) for one, two in zip(upper, lower, strict=False)]
    same = sum(bool(one) and one == two for one, two in pairs)
    divided = Counter(one for one, two in pairs if one and two and one != two)
    return same >= 2 and any(count >= 2 for count in divided.values())


def _join(upper: Row, lower: Row) -> list[str]:
    joined = []
    for one, two in zip(upper, lower, strict=False):
        above, below = one.strip(), two.strip()
        joined.append(above if above == below or not below else f"{above}·{below}".strip("·"))
    return joined
