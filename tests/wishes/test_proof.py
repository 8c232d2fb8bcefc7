"""What counts: minutes, codes, grades."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from foundation import clock
from wishes.rules.proof import (
    Proof,
    Served,
    arrival_window,
    clean_code,
    creditable_minutes,
    grade_of,
    is_current_code,
    rotating_code,
    seconds_left,
    was_code,
)

START = datetime(2026, 11, 28, 1, 0, tzinfo=UTC)
SECRET = b"s" * 32


def minute(number: float) -> datetime:
    return START + timedelta(minutes=number)


@pytest.mark.parametrize(
    ("arrived", "left", "breaks", "minutes"),
    [
        (0, 60, 0, 60),
        (2, 62, 0, 60),  # late by two, stayed two longer
        (0, 90, 0, 60),  # overrun counts only when it is allowed
        (-5, 55, 0, 60),  # early within the quarter hour counts
        (-40, 30, 0, 45),  # earlier than that does not
        (-40, 60, 0, 60),
        (10, 40, 0, 30),
        (0, 60, 15, 45),
        (0, 59.99, 0, 59),  # whole minutes, rounded down
        (0, 0.5, 0, 0),
        (0, 20, 30, 0),  # never below nothing
        (-50, -20, 0, 0),  # gone before it counts
        (0, None, 0, 0),  # no check-out, no minutes
    ],
)
def test_minutes_that_count(arrived: float, left: float | None, breaks: int, minutes: int) -> None:
    out = minute(left) if left is not None else None
    served = Served(minute(arrived), out, START, minute(60), breaks)
    assert creditable_minutes(served) == minutes


def test_overrun_counts_when_it_is_allowed() -> None:
    served = Served(minute(0), minute(95), START, minute(60), 10)
    assert creditable_minutes(served, overrun_allowed=True) == 85


def test_the_code_changes_every_fifteen_seconds() -> None:
    with time_machine.travel(START, tick=False) as now:
        first = rotating_code(SECRET, clock.now())
        now.shift(14.9)
        assert rotating_code(SECRET, clock.now()) == first
        assert seconds_left(clock.now()) == 1
        now.shift(0.2)
        assert rotating_code(SECRET, clock.now()) != first
        assert seconds_left(clock.now()) == 15


def test_a_slow_thumb_has_thirty_seconds_then_the_code_is_stale() -> None:
    code = rotating_code(SECRET, START)
    assert is_current_code(SECRET, code, START + timedelta(seconds=44))
    late = START + timedelta(seconds=46)
    assert not is_current_code(SECRET, code, late)
    assert was_code(SECRET, code, late)
    assert not was_code(SECRET, code, START + timedelta(minutes=11))


def test_a_code_of_the_future_is_not_taken() -> None:
    ahead = rotating_code(SECRET, START + timedelta(seconds=15))
    assert not was_code(SECRET, ahead, START)


def test_two_sites_show_different_codes() -> None:
    assert rotating_code(SECRET, START) != rotating_code(b"t" * 32, START)


@pytest.mark.parametrize("typed", ["704218", " 704 218 ", "７０４２１８", "704-218"])
def test_spaces_and_full_width_digits_are_forgiven(typed: str) -> None:
    assert clean_code(typed) == "704218"


@pytest.mark.parametrize(
    ("arrived", "left", "grade"),
    [
        (Proof.CODE, Proof.CODE, "A"),
        (Proof.SLIP, Proof.CODE, "A"),
        (Proof.CODE, Proof.ROLL_CALL, "B"),
        (Proof.TAP, Proof.TAP, "B"),
        (Proof.CODE, Proof.LATE_ENTRY, "C"),
    ],
)
def test_grades(arrived: Proof, left: Proof, grade: str) -> None:
    assert grade_of(arrived, left) == grade


def test_check_in_is_open_an_hour_around_the_planned_time() -> None:
    assert arrival_window(START, minute(60)) == (minute(-60), minute(120))
