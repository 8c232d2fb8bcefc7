"""抽查: which of a month's services are looked at again; the same seed draws the same ones."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from foundation.refusal import N_


class CallOutcome(enum.StrEnum):
    """What a call-back found."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    CONTRADICTS = "contradicts"


CALL_LABELS = {
    CallOutcome.REACHED: N_("联系上了，属实"),
    CallOutcome.NOT_REACHED: N_("没有联系上"),
    CallOutcome.CONTRADICTS: N_("联系上了，与记录不符"),
}


class CheckRate(NamedTuple):
    """A place's sample of a month: drawn, confirmed, not reached, contradicting."""

    month: date
    drawn: int
    reached: int
    not_reached: int
    contradicts: int

    @property
    def called(self) -> int:
        """How many were called at all."""
        return self.reached + self.not_reached + self.contradicts

    @property
    def share(self) -> int | None:
        """Per cent of the people spoken to who confirmed; None before the first of them."""
        spoken = self.reached + self.contradicts
        return round(100 * self.reached / spoken) if spoken else None


def seed_of(month: date, area_id: int) -> str:
    """The month and the area's number: '2026-10/7'. It is printed, so that anybody can draw."""
    return f"{month:%Y-%m}/{area_id}"


def draw_sample(ids: Iterable[int], *, seed: str, percent: int) -> list[int]:
    """So many per cent of these, rounded up: those whose SHA-256 of 'seed/id' is smallest."""
    ranked = sorted(ids, key=lambda each: hashlib.sha256(f"{seed}/{each}".encode()).hexdigest())
    return ranked[: -(-len(ranked) * percent // 100)]


def month_after(month: date) -> date:
    """The first day of the next month."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def month_before(month: date) -> date:
    """The first day of the month before."""
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)
