"""A resident's card in plain values: tags, best time, the order of doors."""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from foundation.refusal import N_

NAME_LENGTH, DOOR_LENGTH, NOTE_LENGTH = 40, 120, 300
TAG_LENGTH = 20
FEWEST_DIGITS = 4  # of a number that is looked for
# Taken where the setting RESIDENT_TAGS is empty.
DEFAULT_TAGS = (
    N_("独居老人"), N_("空巢老人"), N_("高龄老人"), N_("残疾人"), N_("低保户"), N_("困境儿童"),
)  # fmt: skip
TAG_MARK = "\n"
AFTERNOON_BEGINS, EVENING_BEGINS = 12, 17  # local hours


class BestTime(enum.StrEnum):
    """When a person likes to be called on."""

    ANY = "any"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


BEST_TIME_LABELS = {
    BestTime.ANY: N_("都行"),
    BestTime.MORNING: N_("上午"),
    BestTime.AFTERNOON: N_("下午"),
    BestTime.EVENING: N_("傍晚"),
}


class Look(enum.StrEnum):
    """As what somebody looked at a card."""

    STAFF = "staff"
    VISITOR = "visitor"
    EXPORT = "export"


LOOK_LABELS = {
    Look.STAFF: N_("查看"),
    Look.VISITOR: N_("走访查看"),
    Look.EXPORT: N_("导出"),
}


@dataclass(frozen=True)
class ResidentWords:
    """What is kept of a resident; the phone as E.164 or empty, nothing more than is needed."""

    name: str
    door: str
    phone: str = ""
    tags: tuple[str, ...] = ()
    best_time: BestTime = BestTime.ANY
    note: str = ""
    grid_id: int | None = None


def name_at_door(name: str, door: str) -> str:
    """The text whose mark is one person behind one door."""
    return f"{name}@{door}"


def join_tags(tags: Iterable[str]) -> str:
    """Tags as one text, each once."""
    return TAG_MARK.join(dict.fromkeys(tags))


def split_tags(text: str | None) -> tuple[str, ...]:
    """The tags of a stored text."""
    return tuple(text.split(TAG_MARK)) if text else ()


def best_time_at(hour: int) -> BestTime:
    """The part of the day that a local hour belongs to."""
    if hour < AFTERNOON_BEGINS:
        return BestTime.MORNING
    return BestTime.AFTERNOON if hour < EVENING_BEGINS else BestTime.EVENING


def door_order(door: str) -> tuple[str, tuple[int, ...], str]:
    """A key that puts doors in the order of a walk: 2-1-9 before 2-1-10 before 10-1-1."""
    plain = unicodedata.normalize("NFKC", door)
    numbers = tuple(int(found) for found in re.findall(r"[0-9]{1,9}", plain))
    return re.split(r"[0-9]", plain, maxsplit=1)[0].strip(), numbers, plain


def fits(words: str, *, name: str, door: str, phone: str | None) -> bool:
    """Whether somebody looks for this person: a part of name, door or number, spaces aside.

    "3号楼" is not a part of 13号楼.
    """
    wanted = _bare(words)
    if wanted in _bare(name) or (len(wanted) >= FEWEST_DIGITS and wanted in (phone or "")):
        return True
    begins = r"(?<!\d)" if wanted[:1].isdigit() else ""
    return re.search(begins + re.escape(wanted), _bare(door)) is not None


def _bare(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()
