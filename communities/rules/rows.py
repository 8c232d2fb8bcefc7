"""One row of a register: what was understood of it, and what a person must look at.

Nothing here refuses a row but the missing wish itself: whatever cannot be read is left open on
the draft and kept in the row's own words.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from communities.rules.amounts import Amount, read_amount, read_minutes, read_tools
from communities.rules.columns import Column
from communities.rules.moments import When, read_hour, read_when
from communities.rules.numerals import plain
from foundation.refusal import N_
from wishes.rules.kinds import CATEGORY_LABELS, KIND_LABELS, VENUE_LABELS, Category, Venue, WishKind
from wishes.rules.publishing import LONGEST, PLACE_LENGTH, TEXT_LENGTH, TITLE_LENGTH, ToolWords
from wishes.rules.wording import find_building, is_supplement, points_at_a_door

NEEDED_BY = time(18)  # a thing needed on a day is needed by its evening


class Weight(enum.StrEnum):
    """How much a remark matters: an error keeps the row out, a warning wants a look."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Remark:
    """A sentence about a row: a message id and its parameters."""

    weight: Weight
    sentence: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Understood:
    """A draft as far as the row tells it; times are local, the rest is left open."""

    kind: WishKind = WishKind.SERVICE
    category: Category = Category.OTHER
    title: str = ""
    text: str = ""
    venue: Venue = Venue.CENTRE
    public_place: str = ""
    day: date | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    headcount: int | None = None
    tools: tuple[ToolWords, ...] = ()
    tools_answered: bool = False
    name: str = ""
    phone: str = ""
    door: str = ""
    remarks: tuple[Remark, ...] = ()

    @property
    def may_import(self) -> bool:
        """Whether a draft can be made of it."""
        return not any(remark.weight is Weight.ERROR for remark in self.remarks)


def _warn(sentence: str, **params: object) -> Remark:
    return Remark(Weight.WARNING, sentence, params)


def _note(sentence: str, **params: object) -> Remark:
    return Remark(Weight.NOTE, sentence, params)


Words = Mapping[Column, str]


def understand(words: Words, *, today: date) -> Understood:
    """What a row says, by the column that says it; cells are taken as they stand."""
    said = {column: text.strip() for column, text in words.items()}
    draft, remarks = Understood(), list[Remark]()
    readers: tuple[Callable[[Words, Understood], tuple[Understood, list[Remark]]], ...] = (
        _read_content, _read_kind, _read_category, _read_place,
        lambda cells, row: _read_times(cells, row, today), _read_count, _read_tools, _read_private,
        _look_at_wording,
    )  # fmt: skip
    for reader in readers:
        draft, found = reader(said, draft)
        remarks += found
    return replace(draft, remarks=tuple(remarks))


Reading = tuple[Understood, list[Remark]]


def _read_content(words: Words, draft: Understood) -> Reading:
    content, more = words.get(Column.CONTENT, ""), words.get(Column.MORE, "")
    if not content:
        return draft, [Remark(Weight.ERROR, N_("没有写心愿内容，这一行不能导入。"))]
    title = re.sub(r"\s+", " ", content)
    if len(title) <= TITLE_LENGTH:
        return replace(draft, title=title, text=more[:TEXT_LENGTH]), []
    text = "\n".join(part for part in (content, more) if part)[:TEXT_LENGTH]
    cut = title[: TITLE_LENGTH - 1] + "…"
    said = _note(
        N_("内容有 %(n)s 个字，题目只取前 %(most)s 个，全文放进说明。"),
        n=len(title),
        most=TITLE_LENGTH,
    )
    return replace(draft, title=cut, text=text), [said]


def _read_kind(words: Words, draft: Understood) -> Reading:
    said = plain(words.get(Column.KIND, ""))
    named = [kind for kind, label in KIND_LABELS.items() if label in said]
    pieces, people = words.get(Column.PIECES, ""), words.get(Column.PEOPLE, "")
    guess = WishKind.ITEM if pieces and not people else WishKind.SERVICE
    if len(named) == 1:
        return replace(draft, kind=named[0]), []
    remarks = [_warn(N_("没写清是服务还是物品，先按“%(kind)s”。"), kind=KIND_LABELS[guess])]
    return replace(draft, kind=guess), remarks if said else []


_OTHER_NAMES = {
    "敬老": Category.ELDERLY, "为老": Category.ELDERLY, "养老": Category.ELDERLY,
    "维修": Category.REPAIR, "家政": Category.REPAIR, "环境": Category.ENVIRONMENT,
    "环保": Category.ENVIRONMENT, "保洁": Category.ENVIRONMENT, "宣传": Category.LECTURE,
    "讲座": Category.LECTURE, "义诊": Category.HEALTH, "医疗": Category.HEALTH,
    "健康": Category.HEALTH, "心理": Category.PSYCHOLOGY, "教育": Category.STUDY,
    "学习": Category.STUDY, "残": Category.DISABILITY, "困": Category.HARDSHIP,
    "培训": Category.TRAINING, "文体": Category.CULTURE, "文化": Category.CULTURE,
    "适老": Category.ADAPTATION, "调解": Category.MEDIATION, "秩序": Category.ORDER,
    "文明": Category.ORDER, "设施": Category.FACILITIES, "其他": Category.OTHER,
}  # fmt: skip


def _read_category(words: Words, draft: Understood) -> Reading:
    said = plain(words.get(Column.CATEGORY, ""))
    by_label = {str(label): category for category, label in CATEGORY_LABELS.items()}
    near = next((category for name, category in _OTHER_NAMES.items() if name in said), None)
    category = by_label.get(said) or near
    if category is not None:
        return replace(draft, category=category), []
    remarks = [_note(N_("类别“%(said)s”表里没有，先放“其他”。"), said=said[:20])]
    return replace(draft, category=Category.OTHER), remarks if said else []


_VENUE_WORDS = (
    (Venue.ONLINE, re.compile("线上|微信群|网络|直播|视频")),
    (Venue.HOME, re.compile("家中|家里|上门|入户|住户|人家|居室|卧室|送到家")),
    (
        Venue.OUTDOORS,
        re.compile("户外|广场|小道|道路|街|路口|绿化|花坛|草|树|楼下|楼前|门前|院内|空地"),
    ),
)


def _read_place(words: Words, draft: Understood) -> Reading:
    place = re.sub(r"\s+", " ", words.get(Column.PLACE, ""))
    said = plain(words.get(Column.VENUE, ""))
    venue = next((each for each, label in VENUE_LABELS.items() if label in said), None)
    if venue is None:
        about = f"{said} {place} {draft.title}"
        venue = next(
            (each for each, pattern in _VENUE_WORDS if pattern.search(about)), Venue.CENTRE
        )
    draft = replace(draft, venue=venue)
    if draft.kind is WishKind.SERVICE and venue is Venue.HOME and place:
        sentence = N_("上门的地点不公开：集合点或网格请在草稿里写。")
        if find_building(place):
            return replace(draft, door=place), [_note(sentence)]
        return draft, [_note(sentence)]
    if len(place) > PLACE_LENGTH:
        cut = place[: PLACE_LENGTH - 1] + "…"
        return replace(draft, public_place=cut), [
            _note(N_("地点太长，只取前 %(most)s 个字。"), most=PLACE_LENGTH)
        ]
    return replace(draft, public_place=place), []


def _read_times(words: Words, draft: Understood, today: date) -> Reading:
    said = words.get(Column.WHEN, "") or words.get(Column.STARTS, "")
    if not said:
        return draft, []
    when = read_when(said, today=today)
    if when.day is None:
        return draft, [
            _note(N_("时间“%(said)s”不是某一天，原话留着，发布前请定日子。"), said=said[:30])
        ]
    remarks = _doubts(when, today)
    if draft.kind is WishKind.ITEM:
        by = datetime.combine(when.day, when.start or NEEDED_BY)
        return replace(draft, day=when.day, starts=by, ends=by), remarks
    if when.until:
        return draft, [_note(N_("“%(said)s”是期限，不是时间，发布前请定日子。"), said=said[:30])]
    return _fix_hours(words, replace(draft, day=when.day), when, remarks)


def _doubts(when: When, today: date) -> list[Remark]:
    remarks = []
    if when.guessed_year and when.day is not None:
        remarks.append(_note(N_("没写年份，按 %(year)s 年。"), year=when.day.year))
    if when.day is not None and when.day < today:
        remarks.append(_warn(N_("日子已经过去，发布前请改。")))
    return remarks


def _fix_hours(words: Words, draft: Understood, when: When, remarks: list[Remark]) -> Reading:
    """Put hours on the day: said beside it, in columns of their own, or by the length."""
    day = draft.day or date.min
    start = read_hour(words.get(Column.STARTS, "")) or when.start
    if start is None:
        return draft, [
            *remarks,
            _note(N_("只写了 %(day)s，没写几点，发布前请补。"), day=day.isoformat()),
        ]
    if when.guessed_hour and start == when.start:
        remarks.append(_warn(N_("没写几点，先按 %(start)s，请核对。"), start=f"{start:%H:%M}"))
    starts = datetime.combine(day, start)
    end = read_hour(words.get(Column.ENDS, "")) or when.end
    minutes = read_minutes(words.get(Column.HOURS, ""))
    ends = datetime.combine(day, end) if end else None
    if ends is None and minutes:
        ends = starts + timedelta(minutes=minutes)
    if ends is not None and not timedelta() < ends - starts <= LONGEST:
        remarks.append(_warn(N_("结束比开始早，或者超过 12 小时，结束时间先空着。")))
        ends = None
    return replace(draft, starts=starts, ends=ends), remarks


def _read_count(words: Words, draft: Understood) -> Reading:
    item = draft.kind is WishKind.ITEM
    said = words.get(Column.PIECES if item else Column.PEOPLE, "")
    amount = read_amount(said) if said else Amount()
    if amount.number is None:
        unclear = _warn(N_("“%(said)s”不是 1 到 2000 的整数，人数（件数）先空着。"), said=said[:20])
        return draft, [unclear] if said else []
    sure = _note(N_("“%(said)s”按 %(n)s 算，请核对。"), said=said[:20], n=amount.number)
    return replace(draft, headcount=amount.number), [sure] if amount.about else []


def _read_tools(words: Words, draft: Understood) -> Reading:
    said = words.get(Column.TOOLS, "")
    if draft.kind is WishKind.ITEM:
        new = said and plain(said) not in plain(draft.title)
        text = "\n".join(part for part in (draft.text, said) if part)[:TEXT_LENGTH]
        return (replace(draft, text=text) if new else draft), []
    tools = read_tools(said)
    draft = replace(draft, tools=tools.lines, tools_answered=tools.answered)
    return draft, [_note(N_("没写工具谁带，先按“自带”。"))] if tools.guessed else []


def _read_private(words: Words, draft: Understood) -> Reading:
    return replace(
        draft,
        name=words.get(Column.NAME, "")[:40],
        phone=words.get(Column.PHONE, "")[:40],
        door=(words.get(Column.DOOR, "") or draft.door)[:120],
    ), []


def _look_at_wording(_words: Words, draft: Understood) -> Reading:
    remarks = []
    if points_at_a_door(draft.title, draft.text, draft.public_place):
        remarks.append(_warn(N_("同时写了人的情况和门牌，公开前要改写。")))
    if draft.kind is WishKind.ITEM and is_supplement(draft.title, draft.text):
        remarks.append(_note(N_("保健品先问过家人再发布。")))
    return draft, remarks
