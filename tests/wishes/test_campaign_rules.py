"""The rules of a campaign: moves, days, prices in words, fair shares. No database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from wishes.refusals.campaigns import CampaignCannotMove, CampaignDays, OverPriceCap
from wishes.rules.campaigns import (
    CAMPAIGN_MOVES,
    CampaignMove,
    CampaignState,
    CampaignWords,
    ensure_days,
    move_campaign,
    share_out,
)
from wishes.rules.wording import ensure_under_cap, find_price

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.mark.parametrize("state", CampaignState)
@pytest.mark.parametrize("what", CampaignMove)
def test_every_move_is_in_the_table_or_refused(state: CampaignState, what: CampaignMove) -> None:
    after = CAMPAIGN_MOVES.get((state, what))
    if after is not None:
        assert move_campaign(state, what) == after
        return
    with pytest.raises(CampaignCannotMove):
        move_campaign(state, what)


def test_what_is_out_does_not_move_any_more() -> None:
    assert {state for state, _what in CAMPAIGN_MOVES} == {
        CampaignState.PROPOSED, CampaignState.RETURNED
    }  # fmt: skip


@pytest.mark.parametrize(("begins", "ends"), [(2, 1), (1, 1), (-9, -1), (0, 400)])
def test_days_that_make_no_sense_are_refused(begins: int, ends: int) -> None:
    opens, closes = NOW + timedelta(days=begins), NOW + timedelta(days=ends)
    with pytest.raises(CampaignDays):
        ensure_days(CampaignWords("新年", "", opens, closes, "", 300), at=NOW)


@pytest.mark.parametrize(
    ("said", "price"),
    [
        ("一件羽绒服", None), ("300元以内的书包", 300), ("５００元", 500), ("约 1,200 元", 1200),
        ("¥88 的文具", 88), ("二百元", None), ("99.5元", 100), ("10元和 20 块", 20),
    ],
)  # fmt: skip
def test_a_price_is_found_in_the_words(said: str, price: int | None) -> None:
    assert find_price(said) == price


def test_dearer_than_the_cap_is_refused_and_says_the_cap() -> None:
    ensure_under_cap("一辆 300 元的滑板车", cap=300)
    with pytest.raises(OverPriceCap, match=r"301 元.*300 元"):
        ensure_under_cap("滑板车", "大概301元", cap=300)


@pytest.mark.parametrize(
    ("held", "count", "turns"),
    [
        ({}, 5, [7, 8, 9, 7, 8]),
        ({7: 2}, 4, [8, 9, 8, 9]),
        ({7: 1, 8: 1, 9: 1}, 3, [7, 8, 9]),
        ({}, 0, []),
    ],
)
def test_backup_units_take_turns_in_fair_shares(
    held: dict[int, int], count: int, turns: list[int]
) -> None:
    assert share_out(held, [7, 8, 9], count) == turns
    assert share_out(held, [], count) == []
