"""The service menu: what a standing offer says, where it applies, how often it may be ordered."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from accounts.rules.skills import WeekSlot
from foundation.refusal import N_
from wishes.refusals.dispatch import OfferIncomplete
from wishes.rules.kinds import Category

WORDS_LENGTH = 1000
WHEN_LENGTH = 60
MOST_A_MONTH = 99
MOST_PEOPLE = 200
MOST_SERVED = 2000


class OfferState(enum.StrEnum):
    """A draft is seen by its owner only; only an active offer can be ordered."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"


OFFER_LABELS = {
    OfferState.DRAFT: N_("草稿"),
    OfferState.ACTIVE: N_("可以点"),
    OfferState.PAUSED: N_("暂停"),
}


@dataclass(frozen=True)
class OfferWords:
    """An offer as its owner wrote it.

    `people` come, `minutes` is the usual length, `per_month` how many orders a month are taken,
    `serves` how many residents one visit reaches (None: not said). No slot means any time.
    """

    category: Category
    title: str
    text: str = ""
    when_words: str = ""
    people: int = 1
    minutes: int = 60
    per_month: int = 4
    serves: int | None = None
    area_ids: frozenset[int] = frozenset()
    slots: frozenset[WeekSlot] = frozenset()


def ensure_orderable_words(words: OfferWords) -> None:
    """Raises OfferIncomplete: an offer on the menu says what and where."""
    missing = []
    if not words.title.strip():
        missing.append(("title", N_("请写一句话，说清能做什么。")))
    if not words.area_ids:
        missing.append(("areas", N_("请勾选至少一个社区或街道。")))
    if missing:
        raise OfferIncomplete(tuple(missing))


def month_of(day: date) -> str:
    """The month an order counts in: that of the service's local day."""
    return f"{day:%Y-%m}"
