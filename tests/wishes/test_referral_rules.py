"""Referrals without a database: every state × move, every way, every clock."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from wishes.refusals.referrals import (
    InACircle,
    LegCannotMove,
    PressCannotMove,
    SkipsALevel,
    ToOneself,
    UnitIsClosed,
)
from wishes.rules.lateness import Span, days_over, days_run
from wishes.rules.pressing import PressMove, PressState, move_press
from wishes.rules.referrals import LegMove, LegState, Spot, Way, move_leg, way_between

S, M, P, Q = LegState, LegMove, PressState, PressMove
LEGS = {
    (S.SENT, M.ACCEPT): S.ACCEPTED,
    (S.SENT, M.RETURN): S.RETURNED,
    (S.ACCEPTED, M.RETURN): S.RETURNED,
    (S.ACCEPTED, M.PASS_ON): S.PASSED_ON,
    (S.ACCEPTED, M.REPORT): S.REPORTED,
    (S.PASSED_ON, M.RELAY): S.REPORTED,
    (S.PASSED_ON, M.TAKE_BACK): S.ACCEPTED,
    (S.REPORTED, M.CONFIRM): S.CONFIRMED,
    (S.REPORTED, M.AGAIN): S.ACCEPTED,
}
PRESSES = {(P.PRESSED, Q.ACKNOWLEDGE): P.ACKNOWLEDGED, (P.ACKNOWLEDGED, Q.END): P.ENDED}


@pytest.mark.parametrize(("state", "what"), list(product(LegState, LegMove)))
def test_every_state_and_move_of_a_hand_over(state: LegState, what: LegMove) -> None:
    if (state, what) in LEGS:
        assert move_leg(state, what) is LEGS[state, what]
    else:
        with pytest.raises(LegCannotMove):
            move_leg(state, what)


@pytest.mark.parametrize(("state", "what"), list(product(PressState, PressMove)))
def test_every_state_and_move_of_a_press(state: PressState, what: PressMove) -> None:
    if (state, what) in PRESSES:
        assert move_press(state, what) is PRESSES[state, what]
    else:
        with pytest.raises(PressCannotMove):
            move_press(state, what)


CITY = Spot("市", "/1/", area_id=1, may_send_over=True)
STREET = Spot("街道", "/1/2/", area_id=2, parent_id=1, may_send_over=True)
HOME = Spot("社区", "/1/2/3/", area_id=3, parent_id=2)
NEXT = Spot("邻社区", "/1/2/4/", area_id=4, parent_id=2)
AWAY = Spot("别处社区", "/1/9/5/", area_id=5, parent_id=9)
OFFICE = Spot("城管办", "/1/2/3/", unit_id=7, is_department=True)
FARM = Spot("果园", "/1/2/3/", unit_id=8)
SHUT = Spot("旧所", "/1/2/3/", unit_id=9, is_department=True, is_closed=True)
FAR = Spot("别街的所", "/1/9/5/", unit_id=10, is_department=True)


@pytest.mark.parametrize(
    ("sender", "receiver", "way"),
    [
        (HOME, STREET, Way.UP), (STREET, CITY, Way.UP), (STREET, NEXT, Way.DOWN),
        (CITY, STREET, Way.DOWN), (STREET, OFFICE, Way.OVER), (CITY, OFFICE, Way.OVER),
    ],
)  # fmt: skip
def test_a_level_up_a_level_down_or_over_to_a_department(
    sender: Spot, receiver: Spot, way: Way
) -> None:
    assert way_between(sender, receiver) is way


@pytest.mark.parametrize(
    ("sender", "receiver", "refused"),
    [
        (STREET, STREET, ToOneself), (HOME, CITY, SkipsALevel), (CITY, HOME, SkipsALevel),
        (STREET, AWAY, SkipsALevel), (HOME, NEXT, SkipsALevel), (HOME, OFFICE, SkipsALevel),
        (STREET, FARM, SkipsALevel), (STREET, FAR, SkipsALevel), (OFFICE, STREET, SkipsALevel),
        (STREET, SHUT, UnitIsClosed),
    ],
)  # fmt: skip
def test_where_it_may_not_go(sender: Spot, receiver: Spot, refused: type[Exception]) -> None:
    with pytest.raises(refused):
        way_between(sender, receiver)


def test_a_holder_that_passed_it_on_does_not_get_it_again() -> None:
    with pytest.raises(InACircle):
        way_between(STREET, HOME, holders=[HOME.key, STREET.key])


FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("today", "pauses", "days"),
    [
        (FRIDAY, [], 0),  # the day it came in
        (date(2026, 11, 22), [], 0),  # the weekend
        (date(2026, 11, 23), [], 1),
        (date(2026, 11, 27), [], 5),
        (date(2026, 11, 27), [Span(date(2026, 11, 23), date(2026, 11, 25))], 3),
        (date(2026, 11, 27), [Span(date(2026, 11, 24))], 2),  # still paused
        (date(2026, 11, 27), [Span(FRIDAY, date(2026, 11, 24)), Span(FRIDAY)], 0),
        (date(2026, 11, 19), [], 0),  # a clock that was put back
    ],
)
def test_working_days_run_and_paused_days_do_not(
    today: date, pauses: list[Span], days: int
) -> None:
    assert days_run(FRIDAY, today, pauses) == days


def test_a_make_up_saturday_counts_and_the_holiday_does_not() -> None:
    assert days_run(date(2026, 9, 30), date(2026, 10, 10)) == 3  # Thu, Fri, the worked Saturday


@pytest.mark.parametrize(("allowed", "over"), [(1, 4), (5, 0), (7, 0)])
def test_late_is_what_is_over_the_allowed(allowed: int, over: int) -> None:
    assert days_over(FRIDAY, date(2026, 11, 27), allowed=allowed) == over
