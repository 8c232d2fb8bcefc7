"""Care before publishing, without a database: risks, what they ask for, the moves of a look."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from wishes.refusals.caring import ReviewIsOver
from wishes.rules.caring import Care, Risk, find_risks, find_uncared, is_old_enough
from wishes.rules.kinds import Category, Venue, WishKind
from wishes.rules.publishing import ToolWords, WishWords
from wishes.rules.reviewing import REVIEW_MOVES, ReviewMove, ReviewState, move_review

NINE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # stands for a local hour


def words(title: str = "陪聊天", **more: object) -> WishWords:
    usual = {"kind": WishKind.SERVICE, "category": Category.OTHER, "title": title}
    return WishWords(**(usual | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "risks"),
    [
        (words(), ()),
        (words("换卧室灯泡"), ()),
        (words("擦玻璃"), (Risk.HEIGHTS,)),
        (words("修屋顶"), (Risk.HEIGHTS,)),
        (words("换插座"), (Risk.ELECTRICITY,)),
        (words("登高改电线"), (Risk.HEIGHTS, Risk.ELECTRICITY)),
        (words(text="老是跳闸"), (Risk.ELECTRICITY,)),
        (words(tools=(ToolWords("脚手架"),)), (Risk.HEIGHTS,)),
        (words("擦玻璃", venue=Venue.ONLINE), ()),
        (words("插座", kind=WishKind.ITEM), ()),
    ],
)
def test_risks_by_words(said: WishWords, risks: tuple[Risk, ...]) -> None:
    assert find_risks(said) == risks


@pytest.mark.parametrize(
    ("hour", "hours", "night"),
    [(9, 2, False), (19, 2, False), (20, 1, False), (20, 2, True), (21, 1, True),
     (23, 2, True), (5, 2, True), (6, 2, False)],
)  # fmt: skip
def test_night_is_between_nine_and_six(hour: int, hours: int, night: bool) -> None:
    starts = NINE + timedelta(hours=hour - 9)
    found = find_risks(words(), (starts, starts + timedelta(hours=hours)))
    assert (Risk.NIGHT in found) == night


@pytest.mark.parametrize(
    ("risks", "care", "fields"),
    [
        ((), Care(), ()),
        ((Risk.NIGHT,), Care(), ("risk_note", "insurance_note")),
        ((Risk.NIGHT,), Care(risk_note="结伴"), ("insurance_note",)),
        ((Risk.NIGHT,), Care(insurance_note="意外险"), ("risk_note",)),
        ((Risk.NIGHT,), Care("结伴", "意外险"), ()),
        ((Risk.NIGHT,), Care("  ", "意外险"), ("risk_note",)),
    ],
)
def test_a_risk_asks_for_two_notes(
    risks: tuple[Risk, ...], care: Care, fields: tuple[str, ...]
) -> None:
    assert tuple(name for name, _sentence in find_uncared(risks, care)) == fields


def test_only_a_year_is_known_so_the_year_itself_is_not_enough() -> None:
    assert is_old_enough(2007, 18, year=2026)
    assert not is_old_enough(2008, 18, year=2026)


@pytest.mark.parametrize("state", list(ReviewState))
@pytest.mark.parametrize("what", list(ReviewMove))
def test_every_state_and_every_move(state: ReviewState, what: ReviewMove) -> None:
    if (state, what) in REVIEW_MOVES:
        assert move_review(state, what) == REVIEW_MOVES[state, what]
    else:
        with pytest.raises(ReviewIsOver):
            move_review(state, what)
    assert {state for state, _what in REVIEW_MOVES} == {ReviewState.WAITING}
