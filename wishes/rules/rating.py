"""评单: what a resident says of what was done, how it reached us, and what follows from it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from foundation.refusal import N_
from wishes.refusals.rating import TooEarlyToRate
from wishes.rules.life import ASK_LABELS, ASK_MOVES, AskMove, AskState

WORDS_LENGTH = 500


class Grade(enum.StrEnum):
    """How content the resident is."""

    GOOD = "good"
    FAIR = "fair"
    BAD = "bad"


class RatedBy(enum.StrEnum):
    """How the rating reached us; the last two were entered by staff and stay marked so."""

    ACCOUNT = "account"
    FOLLOW_CODE = "follow_code"
    SLIP_CODE = "slip_code"
    CALL_BACK = "call_back"
    PAPER = "paper"


ENTERED = frozenset({RatedBy.CALL_BACK, RatedBy.PAPER})
GRADE_LABELS = {
    Grade.GOOD: N_("满意"),
    Grade.FAIR: N_("基本满意"),
    Grade.BAD: N_("不满意"),
}
RATED_BY_LABELS = {
    RatedBy.ACCOUNT: N_("本人登录评价"),
    RatedBy.FOLLOW_CODE: N_("凭查询码评价"),
    RatedBy.SLIP_CODE: N_("凭居民单评价"),
    RatedBy.CALL_BACK: N_("回访电话，工作人员代录"),
    RatedBy.PAPER: N_("纸质居民单，工作人员代录"),
}


@dataclass(frozen=True)
class RatingWords:
    """The grade and the resident's own words."""

    grade: Grade
    words: str = ""


def rating_move(state: AskState, grade: Grade) -> AskMove:
    """Which move a rating makes: a bad one reopens the question. Raises TooEarlyToRate."""
    what = AskMove.RATE_BAD if grade is Grade.BAD else AskMove.RATE
    if (state, what) not in ASK_MOVES:
        raise TooEarlyToRate(state=ASK_LABELS[state])
    return what
