"""Which days a rule gives: weeks, months, holidays, make-up workdays, and its end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from foundation.refusal import Refusal
from wishes.refusals.series import (
    FirstDayPast,
    LastBeforeFirst,
    NeverEnds,
    NoDays,
    NoWeekday,
    SeriesCannotMove,
    TooManyDays,
)
from wishes.rules.recurring import LAST, Freq, Holidays, MakeUp, Rule, ensure_rule, preview
from wishes.rules.series_life import SERIES_MOVES, SeriesMove, SeriesState, move_series

MON, WED, SAT = 0, 2, 5
TODAY = date(2026, 9, 1)
HELD = date(2026, 10, 1)  # Thursday, the first day of the autumn holiday; 10-10 is a make-up day


def days(**more: object) -> list[str]:
    words: dict[str, object] = {"freq": Freq.WEEKLY, "first": date(2026, 9, 2), **more}
    return [f"{each.day:%m-%d}" for each in preview(Rule(**words), most=50).days]  # type: ignore[arg-type]  # words of a test


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"weekdays": (WED,), "times": 3}, ["09-02", "09-09", "09-16"]),
        ({"weekdays": (WED,), "every": 2, "times": 3}, ["09-02", "09-16", "09-30"]),
        ({"weekdays": (MON, WED), "last": date(2026, 9, 9)}, ["09-02", "09-07", "09-09"]),
        ({"freq": Freq.DAILY, "times": 3}, ["09-02", "09-03", "09-04"]),
        ({"freq": Freq.DAILY, "every": 3, "times": 3}, ["09-02", "09-05", "09-08"]),
        ({"freq": Freq.MONTHLY, "weekdays": (WED,), "nth": 2, "times": 2}, ["09-09", "10-14"]),
        ({"freq": Freq.MONTHLY, "weekdays": (WED,), "nth": LAST, "times": 2}, ["09-30", "10-28"]),
        (
            {"freq": Freq.MONTHLY, "weekdays": (SAT,), "every": 2, "times": 2},
            ["09-05", "11-07"],
        ),
    ],
)
def test_a_rule_gives_its_days(more: dict[str, object], expected: list[str]) -> None:
    assert days(**more) == expected


@pytest.mark.parametrize(
    ("holidays", "expected"),
    [
        (Holidays.SKIP, ["09-24", "10-08"]),
        (Holidays.KEEP, ["09-24", "10-01", "10-08"]),
        (Holidays.MOVE, ["09-24", "10-08", "10-09"]),
    ],
)
def test_a_holiday_is_skipped_kept_or_put_off(holidays: Holidays, expected: list[str]) -> None:
    found = days(first=date(2026, 9, 24), weekdays=(3,), last=date(2026, 10, 14), holidays=holidays)
    assert found == expected


def test_what_was_left_out_is_said() -> None:
    rule = Rule(Freq.WEEKLY, HELD, weekdays=(3,), last=date(2026, 10, 8))
    assert preview(rule, most=9).left_out == (HELD,)


@pytest.mark.parametrize(
    ("make_up", "expected"),
    [
        (MakeUp.SAME, ["10-08", "10-09"]),
        (MakeUp.ADD, ["10-08", "10-09", "10-10"]),
    ],
)
def test_a_make_up_workday_is_worked_where_the_rule_says_so(
    make_up: MakeUp, expected: list[str]
) -> None:
    first, last = date(2026, 10, 8), date(2026, 10, 11)
    assert days(first=first, last=last, weekdays=(0, 1, 2, 3, 4), make_up=make_up) == expected


def test_a_saturday_on_which_people_work_can_be_left_out() -> None:
    first, last = date(2026, 10, 10), date(2026, 10, 17)
    assert days(first=first, last=last, weekdays=(SAT,), make_up=MakeUp.SKIP) == ["10-17"]


def test_a_year_without_calendar_is_named_and_goes_by_weekdays() -> None:
    found = preview(Rule(Freq.WEEKLY, date(2031, 1, 1), weekdays=(WED,), times=2), most=9)
    assert (len(found.days), found.years_unknown) == (2, (2031,))


@pytest.mark.parametrize(
    ("rule", "refusal"),
    [
        (Rule(Freq.WEEKLY, TODAY, weekdays=(MON,)), NeverEnds),
        (Rule(Freq.WEEKLY, TODAY, weekdays=(MON,), times=10_000), TooManyDays),
        (Rule(Freq.WEEKLY, TODAY, times=3), NoWeekday),
        (Rule(Freq.DAILY, TODAY - timedelta(days=1), times=3), FirstDayPast),
        (Rule(Freq.DAILY, TODAY, last=TODAY - timedelta(days=1)), LastBeforeFirst),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(rule: Rule, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        ensure_rule(rule, today=TODAY, most=120)


def test_ten_thousand_days_by_their_dates_are_refused_too() -> None:
    rule = Rule(Freq.DAILY, TODAY, last=TODAY + timedelta(days=10_000))
    with pytest.raises(TooManyDays):
        preview(rule, most=120)


def test_a_rule_that_only_meets_holidays_gives_nothing() -> None:
    with pytest.raises(NoDays):
        preview(Rule(Freq.DAILY, HELD, last=HELD), most=9)


@pytest.mark.parametrize("state", list(SeriesState))
@pytest.mark.parametrize("what", list(SeriesMove))
def test_every_move_is_in_the_table_or_speaks(state: SeriesState, what: SeriesMove) -> None:
    if (state, what) in SERIES_MOVES:
        assert move_series(state, what) is SERIES_MOVES[state, what]
    else:
        with pytest.raises(SeriesCannotMove):
            move_series(state, what)
