"""The line, the offer, the question and the least number, without a database."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from foundation import clock
from wishes.refusals.terms import LeastTooLarge
from wishes.rules.kinds import Venue
from wishes.rules.reconfirming import answer_until, ask_from, asks_again, may_ask
from wishes.rules.terms import (
    BelowLeast,
    FirstCircle,
    Outcome,
    Terms,
    ensure_terms,
    judged_at,
    opens_to_all,
    outcome_of,
)
from wishes.rules.waiting import Turn, offer_until, whose_turn

ZONE = clock.zone()
START = datetime(2026, 11, 28, 9, 0, tzinfo=ZONE)


def on(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("offered", "until"),
    [
        (on(25, 9), on(25, 21)),  # twelve hours
        (on(25, 11), on(26, 8)),  # an end at night waits for the morning
        (on(27, 9), on(27, 21)),
        (on(27, 13), on(28, 8)),  # the half of the time left ends at eleven at night
        (on(27, 23), on(28, 8)),
        (on(28, 7, 50), on(28, 8, 25)),  # near the start: half of what is left
        (on(28, 8, 10), None),  # too late to hold anything
        (on(28, 9, 10), None),
    ],
)
def test_an_offer_is_held_as_long_as_the_start_allows(
    offered: datetime, until: datetime | None
) -> None:
    assert offer_until(offered, START, hours=12, zone=ZONE) == until


@pytest.mark.parametrize(
    ("line", "free", "chosen"),
    [
        ([(1, 1), (2, 1)], 1, [1]),
        ([(1, 5), (2, 1)], 1, [2]),
        ([(1, 5), (2, 1)], 6, [1, 2]),
        ([(1, 2), (2, 2), (3, 1)], 3, [1, 3]),
        ([], 3, []),
        ([(1, 1)], 0, []),
    ],
)
def test_the_line_keeps_its_order_and_nobody_gets_half(
    line: list[tuple[int, int]], free: int, chosen: list[int]
) -> None:
    turns = whose_turn((Turn(*turn) for turn in line), free)
    assert [turn.id for turn in turns] == chosen


@pytest.mark.parametrize(
    ("choice", "venue", "headcount", "asks"),
    [
        (None, Venue.CENTRE, 9, False),
        (None, Venue.CENTRE, 10, True),
        (None, Venue.HOME, 1, True),
        (False, Venue.HOME, 30, False),
        (True, Venue.ONLINE, 1, True),
    ],
)
def test_who_asks_again(choice: bool | None, venue: Venue, headcount: int, *, asks: bool) -> None:
    found = asks_again(choice, venue=venue, headcount=headcount, people=10, homes=True)
    assert found is asks
    assert not asks_again(None, venue=Venue.HOME, headcount=99, people=0, homes=False)


def test_the_question_is_asked_the_day_before_with_two_hours_to_answer() -> None:
    assert ask_from(START) == on(27, 8)
    assert answer_until(START) == on(27, 18)
    asked = [on(27, 7, 59), on(27, 8), on(27, 16), on(27, 16, 1), on(28, 8)]
    assert [may_ask(START, at) for at in asked] == [False, True, True, False, False]


@pytest.mark.parametrize(
    ("published", "opens"),
    [
        (START - timedelta(days=10), START - timedelta(days=9)),
        (START - timedelta(hours=10), START - timedelta(hours=5)),  # at most half of the time
        (START, None),
    ],
)
def test_the_first_circle_has_its_hours(published: datetime, opens: datetime | None) -> None:
    assert opens_to_all(published, START, 24) == opens


def test_the_least_number_is_judged_at_the_deadline_or_two_hours_before() -> None:
    assert judged_at(START, on(20, 9)) == on(27, 18)
    assert judged_at(START, on(27, 20)) == on(28, 7)


@pytest.mark.parametrize("below", list(BelowLeast))
def test_below_the_least_the_wish_s_own_choice_decides(below: BelowLeast) -> None:
    assert outcome_of(4, 5, below) == Outcome(below)
    assert outcome_of(5, 5, below) is Outcome.ENOUGH


def test_the_least_number_is_not_more_than_the_places() -> None:
    ensure_terms(Terms(least=5), 5)
    ensure_terms(Terms(least=5), None)
    with pytest.raises(LeastTooLarge):
        ensure_terms(Terms(least=6), 5)


def test_an_ordinary_wish_has_no_terms() -> None:
    assert Terms().is_ordinary
    assert not Terms(reconfirm=False).is_ordinary
    assert not Terms(first_to=FirstCircle.HOME, first_hours=2).is_ordinary
