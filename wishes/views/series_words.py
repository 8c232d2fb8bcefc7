"""A series in words: its rule, its days, who is on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from flask_babel import gettext as _

from foundation import clock
from foundation.labels import day, listed, when, when_span
from foundation.refusal import N_
from wishes.models import Series, SeriesDay
from wishes.queries.series import count_ahead, name_members
from wishes.rules.life import light_of, light_word
from wishes.rules.recurring import NTH_LABELS, Freq
from wishes.rules.series_life import DayState, SeriesKind, SeriesState
from wishes.services.series_days import times_of

WEEKDAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))


class DayLine(NamedTuple):
    """One day of a series on a page."""

    id: int
    label: str
    note: str
    name: str
    light: str
    light_word: str
    wish_id: int | None
    is_ahead: bool


def rule_words(series: Series) -> str:
    """'每周三', '每 2 周的周三', '每月第二个周三'; the time in words while there is no rule."""
    if series.first_day is None:
        return series.time_words or _("时间再约")
    days = listed(_(WEEKDAYS[number]) for number in series.weekdays)
    if series.freq == Freq.DAILY:
        return _("每天") if series.every == 1 else _("每 %(n)s 天", n=series.every)
    if series.freq == Freq.WEEKLY:
        if series.every == 1:
            return _("每%(days)s", days=days)
        return _("每 %(n)s 周的%(days)s", n=series.every, days=days)
    nth = _(NTH_LABELS[series.nth])
    if series.every == 1:
        return _("每月%(nth)s%(days)s", nth=nth, days=days)
    return _("每 %(n)s 个月的%(nth)s%(days)s", n=series.every, nth=nth, days=days)


def hours_words(series: Series) -> str:
    """'11:30–12:30'."""
    if series.begins is None or series.ends is None:
        return ""
    begins, ends = series.begins, series.ends
    return f"{begins.hour}:{begins.minute:02d}–{ends.hour}:{ends.minute:02d}"


def span_words(series: Series) -> str:
    """'每周三 11:30–12:30，从 11月11日 起，到 12月30日' as far as it is known."""
    words = " ".join(filter(None, (rule_words(series), hours_words(series))))
    if series.first_day is None:
        return words
    if series.last_day is not None:
        return _(
            "%(rule)s，%(first)s 到 %(last)s", rule=words, first=day(series.first_day),
            last=day(series.last_day),
        )  # fmt: skip
    return _(
        "%(rule)s，%(first)s 起 %(n)s 次", rule=words, first=day(series.first_day), n=series.times
    )


def series_note(row: SeriesDay) -> str:
    """'每周三，还有 7 次' for the page of one of its wishes."""
    ahead = count_ahead(row.series_id, clock.local_day(clock.now()))
    return _("%(rule)s，还有 %(n)s 次", rule=rule_words(row.series), n=ahead)


def day_lines(series: Series, rows: Iterable[SeriesDay], *, at: datetime) -> list[DayLine]:
    """The days in order, with their light and who is on duty."""
    found = list(rows)
    names = name_members(row.member for row in found if row.member is not None)
    return [_line(series, row, names, at) for row in found]


def _line(series: Series, row: SeriesDay, names: dict[int, str], at: datetime) -> DayLine:
    starts_at, ends_at = times_of(series, row)
    light, word = "grey", _("还没发布")
    if row.state == DayState.OFF:
        word = _("不办")
    elif row.wish is not None:
        starts_at, ends_at = row.wish.starts_at or starts_at, row.wish.ends_at or ends_at
        light, word = str(light_of(row.wish.state)), _(light_word(row.wish.state))
    notes = []
    if row.moved_from is not None:
        notes.append(_("%(day)s放假，顺延到这天", day=day(row.moved_from)))
    if row.note:
        notes.append(_(row.note))
    return DayLine(
        id=row.id, label=when_span(starts_at, ends_at), note=" · ".join(notes),
        name=names.get(row.member_id or 0, ""), light=light, light_word=word,
        wish_id=row.wish_id if row.state != DayState.OFF else None,
        is_ahead=starts_at > at and row.state != DayState.OFF,
    )  # fmt: skip


def state_note(series: Series) -> str:
    """What the series waits for, for its own page."""
    if series.state == SeriesState.ENDED:
        return _("已经结束：%(why)s", why=series.note) if series.note else _("已经结束。")
    if series.kind != SeriesKind.PLAN:
        return ""
    return {
        SeriesState.WANTED: _("还在找人。认领以后，社区和您一起约：多久一次、哪天来、到什么时候。"),
        SeriesState.CLAIMED: _("已经有人认领，正在约时间。"),
        SeriesState.PROPOSED: _("时间排好了，等志愿者点头。"),
        SeriesState.RUNNING: _("计划已经约好，每次都记时长。"),
    }[SeriesState(series.state)]


def answer_words(taken: list[str], not_taken: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What to say after a series was claimed: (sentence, category)."""
    said = [(_("认领好了 %(n)s 次，都在“我的”里。", n=len(taken)), "success")]
    for moment, why in not_taken:
        label = when(datetime.fromisoformat(moment))
        sentences = {
            "busy": _("%(when)s 没有认领：那个时间您有别的安排。", when=label),
            "full": _("%(when)s 没有认领：名额刚刚满了。", when=label),
            "rule": _("%(when)s 没有认领：还没对您开放，或您认领的已经够多。", when=label),
        }
        said.append((sentences[why], "warning"))
    return said
