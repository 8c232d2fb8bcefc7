"""双报到: the states of a report, and the one table of its moves."""

from __future__ import annotations

import enum

from accounts.refusals.reporting import ReportAnswered
from foundation.refusal import N_


class ReportState(enum.StrEnum):
    """Where a report stands."""

    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    ENDED = "ended"


class ReportMove(enum.StrEnum):
    """What can be done with a report."""

    CONFIRM = "confirm"
    RETURN = "return"
    END = "end"


class EndReason(enum.StrEnum):
    """Why a report ended: taken back with its consent, or the person moved house."""

    WITHDRAWN = "withdrawn"
    MOVED = "moved"


REPORT_LABELS = {
    ReportState.SUBMITTED: N_("等社区确认"),
    ReportState.CONFIRMED: N_("已报到"),
    ReportState.RETURNED: N_("退回"),
    ReportState.ENDED: N_("已结束"),
}
LIVE = frozenset({ReportState.SUBMITTED, ReportState.CONFIRMED})
MOVES = {
    (ReportState.SUBMITTED, ReportMove.CONFIRM): ReportState.CONFIRMED,
    (ReportState.SUBMITTED, ReportMove.RETURN): ReportState.RETURNED,
    (ReportState.SUBMITTED, ReportMove.END): ReportState.ENDED,
    (ReportState.CONFIRMED, ReportMove.END): ReportState.ENDED,
}
BRANCH_LENGTH = 60
REASON_LENGTH = 200


def move(state: ReportState, how: ReportMove) -> ReportState:
    """The state after a move. Raises ReportAnswered for a move that is not in the table."""
    try:
        return MOVES[state, how]
    except KeyError:
        raise ReportAnswered from None
