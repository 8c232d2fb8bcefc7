"""A second look before publishing: its states, and the one table of its moves."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from foundation.refusal import N_
from wishes.refusals.caring import ReviewIsOver

REASON_LENGTH = 200


class ReviewState(enum.StrEnum):
    """Where a second look stands."""

    WAITING = "waiting"
    PASSED = "passed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class ReviewMove(enum.StrEnum):
    """What may come of it."""

    PUBLISH = "publish"
    RETURN = "return"
    WITHDRAW = "withdraw"


S, M = ReviewState, ReviewMove
REVIEW_MOVES: Mapping[tuple[ReviewState, ReviewMove], ReviewState] = {
    (S.WAITING, M.PUBLISH): S.PASSED,
    (S.WAITING, M.RETURN): S.RETURNED,
    (S.WAITING, M.WITHDRAW): S.WITHDRAWN,
}
del S, M
REVIEW_LABELS = {
    ReviewState.WAITING: N_("等另一位同事看"),
    ReviewState.PASSED: N_("看过，已发布"),
    ReviewState.RETURNED: N_("退回修改"),
    ReviewState.WITHDRAWN: N_("改过了，要重新提交"),
}


def move_review(state: ReviewState, what: ReviewMove) -> ReviewState:
    """The state after a move. Raises ReviewIsOver for a move that is not in the table."""
    try:
        return REVIEW_MOVES[state, what]
    except KeyError:
        raise ReviewIsOver(state=REVIEW_LABELS[state]) from None
