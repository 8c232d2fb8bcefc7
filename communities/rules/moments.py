"""When it shall happen, in a register's own words: 长期, 春节前, 10月1日上午9点, 2021-01-26上午.

What is not a day on the calendar is left to the original words; nothing here ever refuses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta

from communities.rules.numerals import plain, with_digits

LOOK_BACK = timedelta(days=60)  # a day without its year lies at most so far back
EXCEL_BEGINS = date(1899, 12, 30)
PARTS = {
    "凌晨": time(5), "清晨": time(7), "早上": time(8), "早晨": time(8), "上午": time(9),
    "中午": time(12), "下午": time(14), "傍晚": time(17), "晚上": time(19), "晚": time(19),
}  # fmt: skip
LATER = ("下午", "傍晚", "晚上", "晚")
_PART = "|".join(PARTS)
_DAY = re.compile(
    r"(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*"
    r"(?:[日号]|(?!\d))"
)
_TIME = re.compile(
    rf"(?P<part>{_PART})?\s*(?P<hour>\d{{1,2}})\s*(?::\s*(?P<minute>\d{{2}})(?::\d{{2}})?|"
    r"[点时]\s*(?:(?P<past>\d{1,2})\s*分?|(?P<half>半)|(?P<quarter>[一三])刻)?)(?:整|钟)?"
)
_VAGUE = re.compile(f"(?P<part>{_PART})")
_REPEATS = re.compile("每|长期|常年|全年|定期|不定|随时|轮流|前后|左右|以后|之后|起")
_BEFORE = re.compile(r"^\s*(?:之前|以前|前)")
_FILLERS = re.compile(
    r"(?:周|星期|礼拜)[一二三四五六日天1-7]|开始|结束|时间|当天|当日|[\s,，。;；:()（）\-—~～至到、/]"
)
_SERIAL = re.compile(r"(?P<day>[34]\d{4}|5[0-5]\d{3})(?:\.\d+)?")


@dataclass(frozen=True)
class When:
    """What was understood: a local day, and local times when they were said.

    `guessed_year` and `guessed_hour` mark what was not written; `until` is a deadline (…前).
    """

    day: date | None = None
    start: time | None = None
    end: time | None = None
    guessed_year: bool = False
    guessed_hour: bool = False
    until: bool = False


def read_when(text: str, *, today: date) -> When:
    """Read a time as it stands in a cell; an empty When is what cannot be read."""
    words = with_digits(plain(text), before="[年月日号点时]")
    if _SERIAL.fullmatch(words):
        return When(EXCEL_BEGINS + timedelta(days=int(float(words))))
    found = _DAY.search(words)
    if found is None or _REPEATS.search(words):
        return When()
    day = _day(found, today)
    if day is None:
        return When()
    guessed = found["year"] is None
    rest = words[: found.start()] + " " + words[found.end() :]
    if _BEFORE.match(words[found.end() :]):
        return When(day, guessed_year=guessed, until=True)
    start, end, vague, rest = _hours(rest)
    if _FILLERS.sub("", rest):
        return When()
    return When(day, start, end, guessed_year=guessed, guessed_hour=vague)


def read_hour(text: str) -> time | None:
    """A time of the day by itself (9点半, 14:00, 下午3点), None when there is none."""
    start, end, vague, rest = _hours(with_digits(plain(text), before="[点时]"))
    return start if start and not end and not vague and not _FILLERS.sub("", rest) else None


def _day(found: re.Match[str], today: date) -> date | None:
    month, day = int(found["month"]), int(found["day"])
    years = [int(found["year"])] if found["year"] else [today.year - 1, today.year, today.year + 1]
    for year in years:
        try:
            read = date(year, month, day)
        except ValueError:
            continue
        if found["year"] or read >= today - LOOK_BACK:
            return read
    return None


def _hours(text: str) -> tuple[time | None, time | None, bool, str]:
    """Start, end, whether the hour is only a part of the day, and the words that are left."""
    found = list(_TIME.finditer(text))
    if not found:
        part = _VAGUE.search(text)
        return (PARTS[part["part"]], None, True, _VAGUE.sub(" ", text)) if part else (
            None, None, False, text,
        )  # fmt: skip
    times = [_clock(each) for each in found[:2]]
    if len(times) == 2 and times[0] and times[1] and found[1]["part"] is None:
        times[1] = _same_half(times[0], times[1])
    rest = _TIME.sub(" ", text) if len(found) <= 2 and None not in times else text
    return times[0], times[1] if len(times) == 2 else None, False, rest


def _clock(found: re.Match[str]) -> time | None:
    hour = int(found["hour"])
    if found["part"] in LATER and 1 <= hour < 12:
        hour += 12
    quarter = {"一": 15, "三": 45}.get(found["quarter"] or "", 0)
    minute = 30 if found["half"] else int(found["minute"] or found["past"] or 0) + quarter
    try:
        return time(hour, minute)
    except ValueError:
        return None


def _same_half(start: time, end: time) -> time:
    """下午2点-4点: the end lies in the half of the day that the start named."""
    if end <= start and end.hour < 12 <= start.hour:
        return end.replace(hour=end.hour + 12)
    return end
