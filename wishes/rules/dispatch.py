"""派单、接单: where an invitation stands, its moves, and when it runs out."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from datetime import datetime, timedelta

from foundation.refusal import N_
from wishes.refusals.dispatch import DispatchOver
from wishes.rules.life import WishState

REASON_LENGTH = 200
ASKABLE = frozenset({WishState.DRAFT, WishState.OPEN})


class DispatchState(enum.StrEnum):
    """Where an invitation stands."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    CALLED_OFF = "called_off"  # the community took it back
    CLOSED = "closed"  # others were faster, or the wish is over


class DispatchMove(enum.StrEnum):
    """What may happen to an invitation."""

    ACCEPT = "accept"
    DECLINE = "decline"
    LAPSE = "lapse"
    CALL_OFF = "call_off"
    CLOSE = "close"


S, M = DispatchState, DispatchMove
DISPATCH_MOVES: Mapping[tuple[DispatchState, DispatchMove], DispatchState] = {
    (S.WAITING, M.ACCEPT): S.ACCEPTED,
    (S.WAITING, M.DECLINE): S.DECLINED,
    (S.WAITING, M.LAPSE): S.LAPSED,
    (S.WAITING, M.CALL_OFF): S.CALLED_OFF,
    (S.WAITING, M.CLOSE): S.CLOSED,
}
del S, M

DISPATCH_LABELS = {
    DispatchState.WAITING: N_("等回复"),
    DispatchState.ACCEPTED: N_("已接单"),
    DispatchState.DECLINED: N_("已婉拒"),
    DispatchState.LAPSED: N_("没有回复，已过期"),
    DispatchState.CALLED_OFF: N_("社区已收回"),
    DispatchState.CLOSED: N_("不用去了"),
}


def move_dispatch(state: DispatchState, what: DispatchMove) -> DispatchState:
    """The state after a move. Raises DispatchOver: an invitation is answered once."""
    try:
        return DISPATCH_MOVES[state, what]
    except KeyError:
        raise DispatchOver(state=DISPATCH_LABELS[state]) from None


def lapses_at(asked_at: datetime, starts_at: datetime | None, *, days: int) -> datetime:
    """Until when an answer counts: so many days, never past the start of the service."""
    until = asked_at + timedelta(days=days)
    return min(until, starts_at) if starts_at else until
