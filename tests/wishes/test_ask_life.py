"""The table of an ask's moves: every state and move, and what a rating may do."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from foundation.clock import zone
from wishes.refusals import AskCannotMove
from wishes.refusals.rating import TooEarlyToRate
from wishes.rules.life import ASK_LABELS, ASK_LIGHTS, AskMove, AskState, move_ask
from wishes.rules.rating import Grade, rating_move
from wishes.rules.supporting import ReplyTime, Unit, reply_time

A = AskState
ALLOWED = {
    AskMove.ACCEPT: {A.SUBMITTED: A.ACCEPTED},
    AskMove.ANSWER: {A.SUBMITTED: A.ANSWERED},
    AskMove.RETURN: {A.SUBMITTED: A.RETURNED},
    AskMove.PASS_ON: {A.SUBMITTED: A.PASSED_ON},
    AskMove.SUBMIT_AGAIN: {A.RETURNED: A.SUBMITTED},
    AskMove.FINISH: {A.ACCEPTED: A.DONE, A.PASSED_ON: A.DONE},
    AskMove.RATE: {A.ANSWERED: A.RATED, A.DONE: A.RATED},
    AskMove.RATE_BAD: {A.ANSWERED: A.REOPENED, A.DONE: A.REOPENED},
    AskMove.ANSWER_AGAIN: {A.REOPENED: A.FOLLOWED_UP},
    AskMove.CLOSE: {A.FOLLOWED_UP: A.RATED},
}
ASKED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)  # a Friday, 17:00 here


@pytest.mark.parametrize(("state", "move"), list(itertools.product(AskState, AskMove)))
def test_every_state_and_move(state: AskState, move: AskMove) -> None:
    after = ALLOWED[move].get(state)
    if after is None:
        with pytest.raises(AskCannotMove):
            move_ask(state, move)
    else:
        assert move_ask(state, move) == after


def test_every_state_has_a_word_and_a_lit_one_a_light() -> None:
    assert set(ASK_LABELS) == set(AskState)
    assert set(AskState) - set(ASK_LIGHTS) == {AskState.RETURNED}
    assert max(len(state) for state in AskState) <= 12  # the column


@pytest.mark.parametrize(
    ("state", "grade", "move"),
    [
        (A.DONE, Grade.GOOD, AskMove.RATE),
        (A.ANSWERED, Grade.FAIR, AskMove.RATE),
        (A.DONE, Grade.BAD, AskMove.RATE_BAD),
    ],
)
def test_only_a_bad_rating_reopens(state: AskState, grade: Grade, move: AskMove) -> None:
    assert rating_move(state, grade) is move


@pytest.mark.parametrize("state", [A.SUBMITTED, A.ACCEPTED, A.PASSED_ON, A.RETURNED])
def test_what_is_not_done_is_not_rated(state: AskState) -> None:
    with pytest.raises(TooEarlyToRate):
        rating_move(state, Grade.BAD)


@pytest.mark.parametrize(
    ("waited", "told"),
    [
        (timedelta(seconds=5), ReplyTime(1, Unit.MINUTES)),
        (timedelta(minutes=58, seconds=30), ReplyTime(59, Unit.MINUTES)),
        (timedelta(minutes=60), ReplyTime(1, Unit.HOURS)),
        (timedelta(hours=23, minutes=1), ReplyTime(24, Unit.HOURS)),
        (timedelta(hours=30), ReplyTime(1, Unit.WORKING_DAYS)),  # Saturday night
        (timedelta(days=3), ReplyTime(1, Unit.WORKING_DAYS)),  # Monday
        (timedelta(days=5), ReplyTime(3, Unit.WORKING_DAYS)),  # Wednesday
    ],
)
def test_the_time_to_a_reply_leaves_out_days_off(waited: timedelta, told: ReplyTime) -> None:
    assert reply_time(ASKED, ASKED + waited, zone=zone()) == told
