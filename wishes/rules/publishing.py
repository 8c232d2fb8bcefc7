"""When a wish is complete: what, when, where, how many people, which tools."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.refusal import N_
from wishes.refusals.publishing import (
    EndBeforeStart,
    InThePast,
    ServiceTooLong,
    WishIncomplete,
)
from wishes.rules.kinds import Category, Provision, Venue, WishKind
from wishes.rules.wording import ensure_no_medicine, ensure_wording

TITLE_LENGTH = 60
PLACE_LENGTH = 80
TEXT_LENGTH = 2000
TOOL_LENGTH = 30
MOST_PEOPLE = 2000
MOST_TOOLS = 999
LONGEST = timedelta(hours=12)


@dataclass(frozen=True)
class ToolWords:
    """One tool line."""

    name: str
    quantity: int = 1
    provision: Provision = Provision.COMMUNITY


@dataclass(frozen=True)
class WishWords:
    """A wish as somebody wrote it, perhaps not finished. Times are UTC.

    `tools_answered` is true when there are tool lines, or when somebody said that none are
    needed ("无" is an answer). For an item `starts_at` equals `ends_at`, the day it is needed by.
    """

    kind: WishKind
    category: Category
    title: str
    text: str = ""
    venue: Venue = Venue.CENTRE
    grid_id: int | None = None
    public_place: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    headcount: int | None = None
    tools: tuple[ToolWords, ...] = ()
    tools_answered: bool = False
    contact_id: int | None = None


def find_missing(words: WishWords) -> tuple[tuple[str, str], ...]:
    """What a wish still lacks: pairs of form field and the sentence that asks for it."""
    item = words.kind == WishKind.ITEM
    asked = (
        (bool(words.title.strip()), "title", N_("请写一句话，说清要做什么。")),
        (item or bool(words.starts_at), "day", N_("请选日期和开始时间。")),
        (item or bool(words.ends_at), "ends", N_("请选结束时间。")),
        (not item or bool(words.ends_at), "needed_by", N_("请选最晚哪天要。")),
        (
            bool(words.public_place.strip()),
            "public_place",
            N_("请写送到哪里。") if item else N_("请写集合点，或者只写网格。"),
        ),
        (
            words.headcount is not None,
            "headcount",
            N_("请填要几件。") if item else N_("请填要几个人。"),
        ),
        (
            item or words.tools_answered,
            "no_tools",
            N_("请写要带的工具；什么都不用带，就勾“不需要工具”。"),
        ),
    )
    return tuple((field, sentence) for there, field, sentence in asked if not there)


def ensure_times(words: WishWords) -> None:
    """Raises EndBeforeStart, ServiceTooLong (12 h)."""
    starts, ends = words.starts_at, words.ends_at
    if words.kind == WishKind.ITEM or starts is None or ends is None:
        return
    if ends <= starts:
        raise EndBeforeStart
    if ends - starts > LONGEST:
        raise ServiceTooLong


def ensure_publishable(words: WishWords, *, at: datetime) -> None:
    """Raises WishIncomplete, EndBeforeStart, ServiceTooLong, InThePast, or a wording refusal."""
    missing = find_missing(words)
    if missing:
        raise WishIncomplete(missing)
    ensure_times(words)
    if words.starts_at is None or words.starts_at <= at:
        raise InThePast
    ensure_public_words(words)


def ensure_public_words(words: WishWords) -> None:
    """Raises WordsPointAtADoor, DoorInPublicPlace, MedicineRefused."""
    at_home = words.kind == WishKind.SERVICE and words.venue == Venue.HOME
    ensure_wording(words.title, words.text, words.public_place, at_home=at_home)
    if words.kind == WishKind.ITEM:
        ensure_no_medicine(words.title, words.text)


PLANNED_BY = ("kind", "venue", "starts_at", "ends_at", "headcount")
DECIDED_BY = ("category", "title", "text", "grid_id", "public_place", "tools", "tools_answered")


def find_changes(before: WishWords, after: WishWords) -> frozenset[str]:
    """Which of the public words differ."""
    names = (*PLANNED_BY, *DECIDED_BY)
    return frozenset(name for name in names if getattr(before, name) != getattr(after, name))
