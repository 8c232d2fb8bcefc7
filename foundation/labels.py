"""How moments, hours and sizes are written for people, in the language of the page.

The order of day, month and weekday is data of a language (the table below); words go through
gettext like every other text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel.dates import format_date
from flask import Flask
from flask_babel import get_locale, gettext

from foundation import clock
from foundation.refusal import LIST_MARK

NOTHING = "—"


@dataclass(frozen=True)
class DayPatterns:
    """CLDR patterns of one language; `joint` stands between the day and the clock."""

    locale: str
    this_year: str
    other_year: str
    joint: str
    plus: str = "+"
    minus: str = "−"
    short: str | None = None


PATTERNS = {
    "zh": DayPatterns("zh_Hans_CN", "M月d日 EEE", "y年M月d日 EEE", " ", "＋", "－", "M.dd EEE"),
    "en": DayPatterns("en", "EEE d MMM", "EEE d MMM y", ", "),
    "ko": DayPatterns("ko", "M월 d일 (EEE)", "y년 M월 d일 (EEE)", " "),
}


def _patterns() -> DayPatterns:
    locale = get_locale()
    return PATTERNS.get(locale.language if locale else "zh", PATTERNS["zh"])


def _local_date(moment: date) -> date:
    return clock.local_day(moment) if isinstance(moment, datetime) else moment


def day(moment: date | None) -> str:
    """'11月28日 周六' or 'Sat 28 Nov', with the year when it is not this one."""
    if moment is None:
        return NOTHING
    known, on = _patterns(), _local_date(moment)
    same_year = on.year == clock.local_day(clock.now()).year
    pattern = known.this_year if same_year else known.other_year
    return format_date(on, pattern, locale=known.locale)


def short_day(moment: date | None) -> str:
    """A day of this year as short as the language has it: '11.28 周六'; else as `day`."""
    known = _patterns()
    if moment is None or known.short is None:
        return day(moment)
    on = _local_date(moment)
    same_year = on.year == clock.local_day(clock.now()).year
    return format_date(on, known.short, locale=known.locale) if same_year else day(on)


def month_day(moment: date | None) -> str | None:
    """The smallest date there is, for a row of steps: '11.28'."""
    if moment is None:
        return None
    on = _local_date(moment)
    return f"{on.month}.{on.day:02d}"


def time_of_day(moment: datetime | None) -> str:
    """The clock on the wall: '9:00', '18:30'."""
    if moment is None:
        return NOTHING
    here = clock.local(moment)
    return f"{here.hour}:{here.minute:02d}"


def when(moment: datetime | None) -> str:
    """'11月28日 周六 9:00' or 'Sat 28 Nov, 9:00'."""
    if moment is None:
        return NOTHING
    return f"{day(moment)}{_patterns().joint}{time_of_day(moment)}"


def short_when(moment: datetime | None) -> str:
    """'11.28 周六 9:00', for slips of paper on a desk."""
    if moment is None:
        return NOTHING
    return f"{short_day(moment)}{_patterns().joint}{time_of_day(moment)}"


def when_span(start: datetime | None, end: datetime | None) -> str:
    """'11月28日 周六 9:00–10:00'; the second day is named only when it is another one."""
    if start is None:
        return str(gettext("时间待定"))
    if end is None or end == start:
        return when(start)
    if clock.local_day(start) == clock.local_day(end):
        return f"{when(start)}–{time_of_day(end)}"
    return f"{when(start)} – {when(end)}"


def hours(minutes: int) -> str:
    """Minutes as tables write them: 90 is '1:30'."""
    whole, rest = divmod(abs(minutes), 60)
    return f"{_patterns().minus if minutes < 0 else ''}{whole}:{rest:02d}"


def signed_hours(minutes: int) -> str:
    """Minutes as a passbook line: '＋1:30', '－3:30'; zero has no sign."""
    return f"{_patterns().plus}{hours(minutes)}" if minutes > 0 else hours(minutes)


def hours_words(minutes: int) -> str:
    """Minutes in words: '1 小时 30 分', '2 小时', '45 分钟'."""
    whole, rest = divmod(abs(minutes), 60)
    if whole and rest:
        words = str(gettext("%(hours)s 小时 %(minutes)s 分", hours=whole, minutes=rest))
    elif whole:
        words = str(gettext("%(hours)s 小时", hours=whole))
    else:
        words = str(gettext("%(minutes)s 分钟", minutes=rest))
    return f"{_patterns().minus}{words}" if minutes < 0 else words


def ago_days(moment: date | None) -> str:
    """How many days away here: '今天', '昨天', '3 天前', '明天', '3 天后'."""
    if moment is None:
        return NOTHING
    away = (clock.local_day(clock.now()) - _local_date(moment)) // timedelta(days=1)
    near: dict[int, str] = {0: gettext("今天"), 1: gettext("昨天"), -1: gettext("明天")}
    if away in near:
        return near[away]
    if away > 0:
        return str(gettext("%(days)s 天前", days=away))
    return str(gettext("%(days)s 天后", days=-away))


def listed(words: Iterable[str]) -> str:
    """Words as a list: '扳手、梯子' or 'wrench, ladder'."""
    return str(gettext(LIST_MARK)).join(map(str, words))


def file_size(size: int) -> str:
    """Bytes as people compare them: '640 B', '820 KB', '3.2 MB'."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1000:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024**2:.1f}".removesuffix(".0") + " MB"


def register_labels(app: Flask) -> None:
    """Give templates the filters |when |day |clock |hours … and the function when_span."""
    app.jinja_env.filters.update(
        when=when,
        day=day,
        clock=time_of_day,
        hours=hours,
        signed_hours=signed_hours,
        hours_words=hours_words,
        ago_days=ago_days,
        file_size=file_size,
        listed=listed,
    )
    app.jinja_env.globals.update(when_span=when_span)
