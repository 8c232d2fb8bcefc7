"""即办: a standing team, one asked after the other, a clock in minutes."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.rules.skills import WEEKDAY_LABELS
from foundation.refusal import N_
from wishes.refusals.quick import CallIsOver

LEAVES = timedelta(minutes=1)  # a service begins in the future: whoever accepts sets out now
DAY = 24 * 60  # minutes


class CallState(enum.StrEnum):
    """Where a call to the team stands."""

    ASKING = "asking"
    TAKEN = "taken"
    NOBODY = "nobody"
    CALLED_OFF = "called_off"


class CallMove(enum.StrEnum):
    """What may come of it."""

    TAKE = "take"
    RUN_OUT = "run_out"
    CALL_OFF = "call_off"


class TurnAnswer(enum.StrEnum):
    """How one member's turn ended."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    CALLED_OFF = "called_off"


S, M = CallState, CallMove
CALL_MOVES: Mapping[tuple[CallState, CallMove], CallState] = {
    (S.ASKING, M.TAKE): S.TAKEN,
    (S.ASKING, M.RUN_OUT): S.NOBODY,
    (S.ASKING, M.CALL_OFF): S.CALLED_OFF,
}
del S, M
CALL_LABELS = {
    CallState.ASKING: N_("正在问"),
    CallState.TAKEN: N_("有人去了"),
    CallState.NOBODY: N_("都问过了，没人能去"),
    CallState.CALLED_OFF: N_("不用去了"),
}
TURN_LABELS = {
    TurnAnswer.ACCEPTED: N_("接了"),
    TurnAnswer.DECLINED: N_("去不了"),
    TurnAnswer.LAPSED: N_("没有回话"),
    TurnAnswer.CALLED_OFF: N_("不用去了"),
}


def move_call(state: CallState, what: CallMove) -> CallState:
    """The state after a move. Raises CallIsOver for a move that is not in the table."""
    try:
        return CALL_MOVES[state, what]
    except KeyError:
        raise CallIsOver(state=CALL_LABELS[state]) from None


@dataclass(frozen=True)
class Duty:
    """When a member is on duty: weekdays (0 is Monday) and minutes of the local day."""

    days: frozenset[int]
    starts: int
    ends: int

    @property
    def mask(self) -> int:
        """The weekdays as one number, for the table."""
        return sum(1 << day for day in self.days)

    def covers(self, moment: datetime) -> bool:
        """Whether the local moment lies in it."""
        minute = moment.hour * 60 + moment.minute
        return moment.weekday() in self.days and self.starts <= minute < self.ends


def read_days(mask: int) -> frozenset[int]:
    """The weekdays of a stored number."""
    return frozenset(day for day in range(len(WEEKDAY_LABELS)) if mask >> day & 1)


@dataclass(frozen=True)
class Mate:
    """A member who could be asked; `asked_at` is when they were asked last, UTC."""

    user_id: int
    duty: Duty
    asked_at: datetime | None = None


def next_in_turn(mates: Iterable[Mate], *, local: datetime) -> Mate | None:
    """Whose turn it is: on duty now, the one longest not asked; None when nobody is left."""
    ready = [mate for mate in mates if mate.duty.covers(local)]
    rested = [mate for mate in ready if mate.asked_at is None]
    if rested:
        return min(rested, key=lambda mate: mate.user_id)
    return min(ready, key=lambda mate: (mate.asked_at, mate.user_id), default=None)


def plan_of(at: datetime, *, arrive: int, work: int) -> tuple[datetime, datetime]:
    """Start and end of an urgent service that is accepted at `at`; way and work in minutes."""
    starts = at + LEAVES
    return starts, starts + timedelta(minutes=arrive + work)
