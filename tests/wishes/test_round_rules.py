"""Who is due today, in which order doors are walked: without a database."""

from __future__ import annotations

from datetime import date

import pytest

from wishes.rules.residents import (
    BestTime,
    best_time_at,
    door_order,
    fits,
    join_tags,
    split_tags,
)
from wishes.rules.rounds import Standing, is_due, is_overdue, times_wanted, visits_expected

MADE = date(2026, 10, 1)


def standing(wanted: int = 2, met: int = 0, last: date | None = None) -> Standing:
    return Standing(1, wanted, met, since=MADE, last_met=last)


@pytest.mark.parametrize(
    ("wanted", "day", "expected"),
    [(0, 15, 0), (1, 1, 1), (1, 30, 1), (2, 1, 1), (2, 15, 1), (2, 16, 2), (2, 30, 2),
     (4, 8, 1), (4, 9, 2), (30, 1, 1), (30, 30, 30), (31, 30, 30)],
)  # fmt: skip
def test_each_part_of_the_month_asks_for_its_visit(wanted: int, day: int, expected: int) -> None:
    assert visits_expected(wanted, date(2026, 11, day)) == expected


@pytest.mark.parametrize(
    ("met", "last", "today", "due", "overdue"),
    [
        (0, None, date(2026, 11, 3), True, True),  # never met since October
        (0, date(2026, 10, 28), date(2026, 11, 3), True, False),
        (0, date(2026, 10, 17), date(2026, 11, 2), True, False),  # sixteen days are a half
        (0, date(2026, 10, 17), date(2026, 11, 3), True, True),
        (1, date(2026, 11, 2), date(2026, 11, 15), False, False),
        (1, date(2026, 11, 2), date(2026, 11, 16), True, False),
        (1, date(2026, 11, 2), date(2026, 11, 19), True, True),
        (2, date(2026, 11, 2), date(2026, 11, 30), False, False),
        (1, date(2026, 11, 16), date(2026, 11, 16), False, False),  # met today: come another day
    ],
)
def test_who_is_due_and_who_is_overdue(
    met: int, last: date | None, today: date, due: bool, overdue: bool
) -> None:
    found = standing(met=met, last=last)
    assert (is_due(found, today), is_overdue(found, today)) == (due, overdue)


def test_nobody_is_due_without_a_rule() -> None:
    assert not is_due(standing(wanted=0), date(2026, 11, 30))
    assert not is_overdue(standing(wanted=0), date(2026, 11, 30))


def test_the_most_frequent_rule_counts() -> None:
    assert times_wanted(("残疾人", "独居老人"), {"独居老人": 4, "残疾人": 1}) == 4
    assert times_wanted(("低保户",), {"独居老人": 4}) == 0
    assert times_wanted((), {"独居老人": 4}) == 0


def test_doors_are_in_the_order_of_a_walk() -> None:
    doors = ["3-1-1", "10号楼1单元101", "2号楼1单元1001", "2号楼1单元９01", "2号楼2单元101"]
    assert sorted(doors, key=door_order) == [
        "2号楼1单元９01", "2号楼1单元1001", "2号楼2单元101", "3-1-1", "10号楼1单元101",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "found"),
    [("张奶", True), ("张 奶奶", True), ("3号楼", True), ("0142", True), ("142", False),
     ("号楼2单元", True), ("李", False), ("01", False), ("５01", True), ("２单元501", True)],
)  # fmt: skip
def test_a_part_of_name_door_or_number_finds(words: str, found: bool) -> None:
    assert fits(words, name="张奶奶", door="3号楼2单元501", phone="+8613800000142") is found


def test_building_3_is_not_building_13() -> None:
    assert not fits("3号楼", name="李", door="13号楼1单元101", phone=None)


@pytest.mark.parametrize(
    ("hour", "time"),
    [(6, BestTime.MORNING), (11, BestTime.MORNING), (12, BestTime.AFTERNOON),
     (16, BestTime.AFTERNOON), (17, BestTime.EVENING)],
)  # fmt: skip
def test_an_hour_has_its_part_of_the_day(hour: int, time: BestTime) -> None:
    assert best_time_at(hour) is time


def test_tags_come_back_as_they_were_kept() -> None:
    assert split_tags(join_tags(["独居老人", "低保户", "独居老人"])) == ("独居老人", "低保户")
    assert split_tags(None) == split_tags("") == ()
