"""The rules of an inspection folder: its days, its names, what it hides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from foundation.refusal import Refusal
from wishes.refusals.folders import (
    NothingThen,
    PeriodBackwards,
    PeriodInFuture,
    PeriodTooLong,
)
from wishes.rules.folders import LONGEST_NAME, Mask, ensure_period, mask_name, safe_name

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        (date(2026, 10, 1), date(2026, 10, 31), None),
        (TODAY, TODAY, None),
        (TODAY - timedelta(days=365), TODAY, None),
        (TODAY - timedelta(days=366), TODAY, PeriodTooLong),
        (date(2026, 10, 31), date(2026, 10, 1), PeriodBackwards),
        (TODAY, TODAY + timedelta(days=1), PeriodInFuture),
        (date.min, date(1, 2, 1), NothingThen),
    ],
)
def test_a_period_ends_after_it_began_by_today_within_a_year(
    first: date, last: date, refused: type[Refusal] | None
) -> None:
    if refused is None:
        ensure_period(first, last, today=TODAY)
        return
    with pytest.raises(refused):
        ensure_period(first, last, today=TODAY)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("0412 给3号楼换灯泡", "0412 给3号楼换灯泡"),
        ('换灯/泡\\: "急" <今天>|?*', "换灯 泡 急 今天"),
        ("换\n灯\t泡", "换 灯 泡"),
        ("../../etc/passwd", "etc passwd"),
        ("灯泡...", "灯泡"),
        ("\u202e反着写", "反着写"),
        ("con", "_con"),
        ("NUL.txt", "_NUL.txt"),
        ("", "_"),
        ("灯" * 200, "灯" * LONGEST_NAME),
    ],
)
def test_a_file_has_a_name_that_every_desktop_takes(words: str, name: str) -> None:
    assert safe_name(words) == name


@pytest.mark.parametrize(
    ("name", "masked"), [("王小明", "王**"), ("欧阳翠花", "欧**"), ("Ann Lee", "A**"), ("", "")]
)
def test_a_name_keeps_its_first_sign(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("王小明和李芳换了灯泡", "王**和李**换了灯泡"),
        ("电话13812345678，或 138 1234 5678", "电话138****，或 138****"),
        ("打0433-3220000", "打043****"),
        ("证号 222401199001011234", "证号 222****"),
        ("3号楼2单元501室的灯", "3号楼**的灯"),
        ("用了 60 分钟，花了 120 元", "用了 60 分钟，花了 120 元"),
    ],
)
def test_free_words_lose_names_numbers_and_doors(said: str, told: str) -> None:
    assert Mask({"王小明", "李芳"}, on=True).words(said) == told
    assert Mask({"王小明", "李芳"}, on=False).words(said) == said
