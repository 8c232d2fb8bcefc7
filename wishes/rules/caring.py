"""Care before publishing: what is risky, what must then be said, who may come."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.rules.skills import Skill
from foundation.refusal import N_
from wishes.rules.kinds import Venue, WishKind
from wishes.rules.publishing import WishWords

NOTE_LENGTH = 200
YOUNGEST, OLDEST = 10, 80  # a least age lies between them, in years
NIGHT_FROM, NIGHT_UNTIL = 21, 6  # local hours


class Risk(enum.StrEnum):
    """What may go badly wrong."""

    HEIGHTS = "heights"
    ELECTRICITY = "electricity"
    NIGHT = "night"


# A bulb on a kitchen chair is everybody's work; these words are not.
_WORDS = {
    Risk.HEIGHTS: re.compile(
        "登高|爬高|高空|高处|房顶|屋顶|楼顶|外墙|外窗|擦窗|擦玻璃|脚手架|修树"
    ),
    Risk.ELECTRICITY: re.compile(
        "电线|电路|接电|改电|带电|插座|漏电|跳闸|电闸|空气开关|电箱|配电|电表"
    ),
}
_ASKS = {
    Risk.HEIGHTS: N_("这件事要登高，请写清危险和怎么防护。"),
    Risk.ELECTRICITY: N_("这件事要碰电，请写清危险和怎么防护。"),
    Risk.NIGHT: N_("这件事在夜里做，请写清危险和怎么防护。"),
}


@dataclass(frozen=True)
class Care:
    """The care of a wish in plain values; an ordinary wish has none of it. Ages in years."""

    risk_note: str = ""
    insurance_note: str = ""
    min_age: int | None = None
    skill: Skill | None = None

    @property
    def is_ordinary(self) -> bool:
        """Whether nothing is said and nothing is asked."""
        return self == Care()

    @property
    def is_gate(self) -> bool:
        """Whether not everybody may come."""
        return self.min_age is not None or self.skill is not None


def find_risks(
    words: WishWords, hours: tuple[datetime, datetime] | None = None
) -> tuple[Risk, ...]:
    """The risks of a service, by its words, its tools and its local hours; things have none."""
    if words.kind == WishKind.ITEM or words.venue == Venue.ONLINE:
        return ()
    text = " ".join([words.title, words.text, *(tool.name for tool in words.tools)])
    found = [risk for risk, pattern in _WORDS.items() if pattern.search(text)]
    if hours is not None and is_by_night(*hours):
        found.append(Risk.NIGHT)
    return tuple(found)


def is_by_night(starts: datetime, ends: datetime) -> bool:
    """Whether any of it lies between 21:00 and 06:00; both moments in local time."""
    over_midnight = starts.date() != ends.date()
    late = (ends.hour, ends.minute) > (NIGHT_FROM, 0)
    return over_midnight or late or starts.hour >= NIGHT_FROM or starts.hour < NIGHT_UNTIL


def find_uncared(risks: Iterable[Risk], care: Care) -> tuple[tuple[str, str], ...]:
    """What a risky wish still lacks: pairs of form field and the sentence that asks for it."""
    found = tuple(risks)
    if not found:
        return ()
    asked: tuple[tuple[str, str], ...] = ()
    if not care.risk_note.strip():
        asked = tuple(("risk_note", _ASKS[risk]) for risk in found)
    if care.insurance_note.strip():
        return asked
    return (*asked, ("insurance_note", N_("请写参加的人有什么保险；还没有，先到社区投保。")))


def is_old_enough(birth_year: int, min_age: int, *, year: int) -> bool:
    """Whether somebody born in that year has the age for sure: only the year is known."""
    return year - birth_year > min_age
