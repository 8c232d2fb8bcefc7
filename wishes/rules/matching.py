"""Who fits a wish and why, said in words: the same rules for the desk and for the volunteer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from accounts.rules.skills import (
    SKILL_LABELS,
    SLOT_LABELS,
    WEEKDAY_LABELS,
    Skill,
    WeekSlot,
    is_away,
    sort_slots,
    split_own_words,
)
from foundation.refusal import N_, MessageId
from wishes.rules.kinds import CATEGORY_LABELS, Category

C, K = Category, Skill
SKILLS_FOR: Mapping[Category, frozenset[Skill]] = {
    C.ELDERLY: frozenset({K.COMPANY, K.HAIRCUT, K.COOKING, K.CLEANING, K.PHONES, K.DRIVING}),
    C.REPAIR: frozenset({K.ELECTRICS, K.PLUMBING, K.APPLIANCES, K.CARPENTRY, K.CLEANING}),
    C.ENVIRONMENT: frozenset({K.CLEANING, K.CARRYING, K.GARDEN}),
    C.LECTURE: frozenset({K.LAW, K.MEDICINE, K.FIRST_AID, K.PHOTOS}),
    C.HEALTH: frozenset({K.MEDICINE, K.FIRST_AID, K.SPORT}),
    C.PSYCHOLOGY: frozenset({K.COUNSELLING}),
    C.STUDY: frozenset({K.TUTORING}),
    C.DISABILITY: frozenset({K.SIGNING, K.DRIVING, K.CARRYING, K.COMPANY}),
    C.HARDSHIP: frozenset({K.CARRYING, K.DRIVING}),
    C.TRAINING: frozenset({K.PHONES, K.ARTS, K.COOKING, K.FIRST_AID}),
    C.CULTURE: frozenset({K.ARTS, K.SPORT, K.PHOTOS}),
    C.ADAPTATION: frozenset({K.ELECTRICS, K.PLUMBING, K.CARPENTRY}),
    C.MEDIATION: frozenset({K.MEDIATION, K.LAW}),
    C.ORDER: frozenset({K.SPORT}),
    C.FACILITIES: frozenset({K.ELECTRICS, K.PLUMBING, K.CARPENTRY}),
    C.OTHER: frozenset(),
}
del C, K
MOST_DONE = 5  # what somebody did more often than this says nothing more


class Reason(NamedTuple):
    """One reason, worded by the page; `weight` orders, `is_strong` alone is worth a suggestion."""

    sentence: MessageId
    params: dict[str, object]
    weight: int
    is_strong: bool = True


class WishNeed(NamedTuple):
    """What matching looks at; `slots` are those it touches (none for an item), local."""

    category: Category
    words: str
    community_id: int
    day: date | None
    slots: frozenset[WeekSlot]


class Helper(NamedTuple):
    """What is known of a person: never party membership. `done` counts verified services."""

    home_area_id: int | None
    skills: frozenset[Skill]
    own_words: str
    slots: frozenset[WeekSlot]
    away_from: date | None
    away_until: date | None
    done: int


class UnitFacts(NamedTuple):
    """What is known of a unit: its agreement, its home, its offers, what it did before."""

    has_agreement: bool
    is_here: bool
    offer_title: str | None
    offer_slots: frozenset[WeekSlot]
    done: int


def fits_in_time(person: Helper, wish: WishNeed) -> bool:
    """Whether the person's week and days away allow it; a week without ticks allows all."""
    if wish.day is not None and is_away(person.away_from, person.away_until, wish.day):
        return False
    return not person.slots or wish.slots <= person.slots


def why_person(person: Helper, wish: WishNeed) -> tuple[Reason, ...]:
    """The reasons to suggest these two to each other, the best first."""
    fitting = sorted(person.skills & SKILLS_FOR[wish.category])
    found = [Reason(SKILL_LABELS[skill], {}, 4) for skill in fitting]
    said = [word for word in split_own_words(person.own_words) if word in wish.words]
    found += [Reason(N_("自己写了“%(word)s”"), {"word": word}, 4) for word in said]
    if person.slots and wish.slots:
        found.append(_free(wish.slots))
    if person.home_area_id == wish.community_id:
        found.append(Reason(N_("住在本社区"), {}, 2, is_strong=False))
    if person.done:
        found.append(_done(person.done, wish.category))
    return tuple(found)


def why_unit(unit: UnitFacts, wish: WishNeed) -> tuple[Reason, ...]:
    """The reasons to suggest a unit for a wish."""
    found: list[Reason] = []
    if unit.offer_title is not None:
        found.append(Reason(N_("服务菜单里有“%(title)s”"), {"title": unit.offer_title}, 4))
        if unit.offer_slots and wish.slots and wish.slots <= unit.offer_slots:
            found.append(_free(wish.slots))
    if unit.has_agreement:
        found.append(Reason(N_("和本社区共建"), {}, 2))
    if unit.is_here:
        found.append(Reason(N_("就在本社区"), {}, 2))
    if unit.done:
        found.append(_done(unit.done, wish.category))
    return tuple(found)


def score(reasons: tuple[Reason, ...]) -> int:
    """How well it fits, to order suggestions; the number itself is never shown."""
    return sum(reason.weight for reason in reasons)


def is_worth_it(reasons: tuple[Reason, ...]) -> bool:
    """Living near is no reason by itself."""
    return any(reason.is_strong for reason in reasons)


def _free(slots: frozenset[WeekSlot]) -> Reason:
    day, slot = sort_slots(slots)[0]
    words: dict[str, object] = {"day": WEEKDAY_LABELS[day], "slot": SLOT_LABELS[slot]}
    return Reason(N_("%(day)s%(slot)s有空"), words, 1)


def _done(times: int, category: Category) -> Reason:
    words: dict[str, object] = {"n": times, "what": CATEGORY_LABELS[category]}
    return Reason(N_("做过 %(n)s 次%(what)s"), words, 1 + min(times, MOST_DONE))
