"""What a person can do and when: a fixed list of skills, the week in slots of half a day."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from foundation.refusal import N_

OWN_WORDS_LENGTH = 60
OLDEST_YEAR = 1900
NOON, EVENING = 12, 18  # local hours at which the afternoon and the evening begin


class Skill(enum.StrEnum):
    """What people here ask for; anything else goes into own words."""

    ELECTRICS = "electrics"
    PLUMBING = "plumbing"
    APPLIANCES = "appliances"
    CARPENTRY = "carpentry"
    CLEANING = "cleaning"
    CARRYING = "carrying"
    HAIRCUT = "haircut"
    COOKING = "cooking"
    MEDICINE = "medicine"
    FIRST_AID = "first_aid"
    COUNSELLING = "counselling"
    LAW = "law"
    MEDIATION = "mediation"
    TUTORING = "tutoring"
    PHONES = "phones"
    DRIVING = "driving"
    COMPANY = "company"
    SIGNING = "signing"
    ARTS = "arts"
    SPORT = "sport"
    PHOTOS = "photos"
    GARDEN = "garden"


class Slot(enum.StrEnum):
    """Half a day, or the evening."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


WeekSlot = tuple[int, Slot]  # weekday (0 is Monday) and part of the day

SKILL_LABELS = {
    Skill.ELECTRICS: N_("会电工"),
    Skill.PLUMBING: N_("会修水管"),
    Skill.APPLIANCES: N_("会修家电"),
    Skill.CARPENTRY: N_("会木工"),
    Skill.CLEANING: N_("会保洁"),
    Skill.CARRYING: N_("能搬重物"),
    Skill.HAIRCUT: N_("会理发"),
    Skill.COOKING: N_("会做饭"),
    Skill.MEDICINE: N_("懂医护"),
    Skill.FIRST_AID: N_("会急救"),
    Skill.COUNSELLING: N_("会心理疏导"),
    Skill.LAW: N_("懂法律"),
    Skill.MEDIATION: N_("会调解"),
    Skill.TUTORING: N_("能辅导功课"),
    Skill.PHONES: N_("能教手机电脑"),
    Skill.DRIVING: N_("能开车接送"),
    Skill.COMPANY: N_("会陪伴老人"),
    Skill.SIGNING: N_("会手语"),
    Skill.ARTS: N_("会书画歌舞"),
    Skill.SPORT: N_("会带运动"),
    Skill.PHOTOS: N_("会拍照"),
    Skill.GARDEN: N_("会园艺"),
}
SLOT_LABELS = {Slot.MORNING: N_("上午"), Slot.AFTERNOON: N_("下午"), Slot.EVENING: N_("晚上")}
WEEKDAY_LABELS = (
    N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"),
)  # fmt: skip
WEEK: tuple[WeekSlot, ...] = tuple((day, slot) for day in range(7) for slot in Slot)


@dataclass(frozen=True)
class HelpWords:
    """What a person told about how they can help; no slot at all means "ask me any time"."""

    skills: frozenset[Skill] = frozenset()
    own_words: str = ""
    slots: frozenset[WeekSlot] = frozenset()
    away_from: date | None = None
    away_until: date | None = None
    asks_welcome: bool = True
    birth_year: int | None = None


def write_slot(each: WeekSlot) -> str:
    """A slot as a form sends it."""
    return f"{each[0]}-{each[1]}"


def read_slot(text: str) -> WeekSlot:
    """A slot of a form. Raises ValueError for anything else."""
    day, _line, slot = text.partition("-")
    if not (day.isascii() and day.isdigit() and int(day) < len(WEEKDAY_LABELS)):
        raise ValueError(text)
    return int(day), Slot(slot)


def slots_between(starts: datetime, ends: datetime) -> frozenset[WeekSlot]:
    """The slots that a service touches; both moments in local time."""
    touched: set[WeekSlot] = set()
    moment = starts
    while moment < ends or not touched:
        touched.add((moment.weekday(), _slot_at(moment)))
        moment = _next_slot(moment)
    return frozenset(touched)


def _slot_at(moment: datetime) -> Slot:
    if moment.hour < NOON:
        return Slot.MORNING
    return Slot.AFTERNOON if moment.hour < EVENING else Slot.EVENING


def _next_slot(moment: datetime) -> datetime:
    hour = next((each for each in (NOON, EVENING) if moment.hour < each), 24)
    return moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(hours=hour)


def is_away(away_from: date | None, away_until: date | None, day: date) -> bool:
    """Whether the day lies in the time somebody is away; an open side has no end."""
    if away_from is None and away_until is None:
        return False
    return (away_from or day) <= day <= (away_until or day)


def split_own_words(text: str) -> tuple[str, ...]:
    """Own words, one by one: what anything but letters parts, two letters or more."""
    return tuple(word for word in re.split(r"\W+", text) if len(word) > 1)


def sort_slots(slots: Iterable[WeekSlot]) -> list[WeekSlot]:
    """Slots in the order of the week."""
    return sorted(slots, key=WEEK.index)
