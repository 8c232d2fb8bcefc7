"""What a leader may note on the sheet, and which times are possible."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.refusal import N_, Refusal
from wishes.refusals.attendance import (
    ArrivalMissing,
    ArrivedAfterEnd,
    BreaksTooLong,
    LeftBeforeArrived,
    TimeBeforeOpening,
    TimeInFuture,
)
from wishes.rules.life import WishState
from wishes.rules.proof import Absence, Proof, arrival_window

BEFORE_SERVICE = frozenset({WishState.OPEN, WishState.FILLED})
TAKES_ATTENDANCE = BEFORE_SERVICE | {WishState.IN_SERVICE, WishState.REPORTED}
NOW_UNTIL = timedelta(minutes=15)  # after the end; later a time must be typed
MOST_BREAK = 12 * 60


class Mark(enum.StrEnum):
    """One stroke of a roll call, for everybody ticked."""

    HERE = "here"
    LEFT = "left"
    NO_SHOW = "no_show"
    EXCUSED = "excused"
    CONFIRMED = "confirmed"


ABSENCES = {Mark.NO_SHOW: Absence.NO_SHOW, Mark.EXCUSED: Absence.EXCUSED}
ABSENCE_LABELS = {Absence.NO_SHOW: N_("没来"), Absence.EXCUSED: N_("请假")}
NO_CHECK_OUT = "no_check_out"
OWN_PROOFS = frozenset({Proof.CODE, Proof.SLIP, Proof.TAP})


@dataclass(frozen=True)
class Times:
    """What stands in one line of the sheet: UTC times, breaks in minutes."""

    arrived_at: datetime | None = None
    left_at: datetime | None = None
    break_minutes: int = 0

    def to_the_minute(self) -> Times:
        """As a page shows them: seconds cut off."""
        return Times(_cut(self.arrived_at), _cut(self.left_at), self.break_minutes)


def _cut(moment: datetime | None) -> datetime | None:
    return moment.replace(second=0, microsecond=0) if moment else None


@dataclass(frozen=True)
class SheetLine:
    """One person's line: what the page showed and what was typed."""

    user_id: int
    seen: Times
    typed: Times


def find_wrong(
    times: Times, *, starts_at: datetime, ends_at: datetime, at: datetime
) -> type[Refusal] | None:
    """What is impossible about these times, None when nothing is."""
    arrived, left = times.arrived_at, times.left_at
    opens, closes = arrival_window(starts_at, ends_at)
    if arrived is None:
        return ArrivalMissing if left or times.break_minutes else None
    checks: list[tuple[bool, type[Refusal]]] = [
        (max(arrived, left or arrived) > at, TimeInFuture),
        (arrived < opens, TimeBeforeOpening),
        (arrived > closes, ArrivedAfterEnd),
        (left is not None and left < arrived, LeftBeforeArrived),
        (not 0 <= times.break_minutes <= most_break(times), BreaksTooLong),
    ]
    return next((refusal for wrong, refusal in checks if wrong), None)


def most_break(times: Times) -> int:
    """The longest break that fits, in minutes."""
    if times.arrived_at is None or times.left_at is None:
        return MOST_BREAK
    return min(MOST_BREAK, int((times.left_at - times.arrived_at).total_seconds() // 60))


def was_forgotten(arrived_by: Proof | None, *, ends_at: datetime, at: datetime) -> bool:
    """Whether a check-out entered now stands for one that a phone holder forgot."""
    return arrived_by in OWN_PROOFS and at > ends_at
