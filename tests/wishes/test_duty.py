"""轮值: turns follow each other; a swap, a stand-in, a clash."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from foundation.db import db
from tests.makers import (
    make_community,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.wishes.recurring_days import MONDAY, NOON, WEEKLY, monday, rows, told, wishes_of, words
from wishes.models import Claim, Commitment, Wish
from wishes.queries.series import name_members
from wishes.refusals.series import (
    DayIsFixed,
    HeldForTheLine,
    MemberNotFound,
    MemberUnclear,
    NobodyOnDuty,
    OnDutyElsewhere,
    SameDay,
)
from wishes.rules.life import WishState
from wishes.services.claiming import claim_wish, withdraw
from wishes.services.duty import put_on_duty, swap_days
from wishes.services.series_starting import Turn, find_turns, start_series
from wishes.services.waiting import accept_offer, join_line

__all__ = ["monday"]
pytestmark = pytest.mark.usefixtures("app", "monday")


def rota(*names: str) -> tuple[int, int, dict[str, int]]:
    """A rota of three Wednesdays; returns its id, the worker's and the people's by name."""
    community = make_community()
    worker = make_worker(community=community).id
    people = {name: make_volunteer(name=name, home=community).id for name in names}
    turns = [Turn(name, user_id=person) for name, person in people.items()]
    series_id = start_series(
        community.id, actor_id=worker, words=words(), hours=NOON, rule=WEEKLY, turns=turns,
        is_rota=True,
    )  # fmt: skip
    return series_id, worker, people


def on_duty(series_id: int) -> list[str]:
    found = rows(series_id)
    names = name_members(row.member for row in found if row.member)
    return [names[row.member_id or 0] for row in found]


def seated(series_id: int) -> list[set[int]]:
    """Who holds a live claim on each day."""
    return [
        set(
            db.session.scalars(
                select(Claim.claimed_by_id).where(Claim.wish_id == wish.id, Claim.live)
            )
        )
        for wish in wishes_of(series_id)
    ]


def test_turns_follow_each_other_and_fill_their_days() -> None:
    series_id, _worker, people = rota("甲", "乙")
    assert on_duty(series_id) == ["甲", "乙", "甲"]
    assert {wish.state for wish in wishes_of(series_id)} == {WishState.FILLED}
    assert seated(series_id) == [{people["甲"]}, {people["乙"]}, {people["甲"]}]
    assert sorted(told("on_duty"), key=str) == sorted(people.values(), key=str)


def test_two_days_are_swapped_with_their_people() -> None:
    series_id, worker, people = rota("甲", "乙")
    first, second = rows(series_id)[:2]
    swap_days(series_id, first.id, other_id=second.id, actor_id=worker)
    assert on_duty(series_id) == ["乙", "甲", "甲"]
    assert seated(series_id)[:2] == [{people["乙"]}, {people["甲"]}]
    live = db.session.scalars(select(Commitment).where(Commitment.live)).all()
    assert len(live) == 3
    with pytest.raises(SameDay):
        swap_days(series_id, first.id, other_id=first.id, actor_id=worker)


def test_a_stand_in_comes_on_one_day_and_takes_no_more_turns() -> None:
    series_id, worker, people = rota("甲", "乙")
    other = make_volunteer(name="丙").id
    put_on_duty(series_id, rows(series_id)[0].id, actor_id=worker, turn=Turn("丙", user_id=other))
    assert on_duty(series_id) == ["丙", "乙", "甲"]
    assert seated(series_id)[0] == {other}
    wish = db.session.get_one(Wish, wishes_of(series_id)[0].id)
    assert (wish.state, wish.places_taken) == (WishState.FILLED, 1)
    assert told("off_duty") == [people["甲"]]


def test_after_a_withdrawal_a_stand_in_fills_the_day_again() -> None:
    series_id, worker, _people = rota("甲")
    day = rows(series_id)[2]
    claim = db.session.scalars(select(Claim.id).where(Claim.wish_id == day.wish_id)).one()
    withdraw(claim, actor_id=_people["甲"])
    put_on_duty(series_id, day.id, actor_id=worker, turn=Turn("丙", user_id=make_volunteer().id))
    assert wishes_of(series_id)[2].state == WishState.FILLED


def test_a_neighbour_who_claimed_the_day_is_not_pushed_out() -> None:
    series_id, worker, people = rota("甲")
    day = rows(series_id)[2]
    claim = db.session.scalars(select(Claim.id).where(Claim.wish_id == day.wish_id)).one()
    withdraw(claim, actor_id=people["甲"])
    claim_wish(day.wish_id or 0, actor_id=make_volunteer().id)
    with pytest.raises(DayIsFixed):
        put_on_duty(
            series_id, day.id, actor_id=worker, turn=Turn("丙", user_id=make_volunteer().id)
        )


def test_a_place_that_is_offered_to_the_line_is_not_given_a_second_time() -> None:
    series_id, worker, people = rota("甲")
    day = rows(series_id)[2]
    wish_id, day_id = day.wish_id or 0, day.id
    turn = join_line(wish_id, actor_id=(waiting := make_volunteer().id))
    claim = db.session.scalars(select(Claim.id).where(Claim.wish_id == wish_id)).one()
    withdraw(claim, actor_id=people["甲"])
    other = Turn("丙", user_id=make_volunteer(name="丙").id)
    with pytest.raises(HeldForTheLine):
        put_on_duty(series_id, day_id, actor_id=worker, turn=other)
    accept_offer(turn, actor_id=waiting)
    assert seated(series_id)[2] == {waiting}


def test_who_is_busy_is_not_put_on_duty_and_nothing_changes() -> None:
    series_id, worker, people = rota("甲")
    busy = make_volunteer(name="忙").id
    claim_wish(make_wish(starts_at=wishes_of(series_id)[0].starts_at).id, actor_id=busy)
    with pytest.raises(OnDutyElsewhere):
        put_on_duty(
            series_id, rows(series_id)[0].id, actor_id=worker, turn=Turn("忙", user_id=busy)
        )
    assert seated(series_id)[0] == {people["甲"]}


def test_a_busy_day_stays_open_and_the_worker_is_told() -> None:
    community = make_community()
    worker, person = make_worker(community=community).id, make_volunteer(name="甲").id
    wednesday = MONDAY + timedelta(days=2, hours=4)
    claim_wish(make_wish(starts_at=wednesday).id, actor_id=person)
    series_id = start_series(
        community.id, actor_id=worker, words=words(), hours=NOON, rule=WEEKLY,
        turns=[Turn("甲", user_id=person)], is_rota=True,
    )  # fmt: skip
    states = [wish.state for wish in wishes_of(series_id)]
    assert states == [WishState.OPEN, WishState.FILLED, WishState.FILLED]
    assert told("duty_uncovered") == [worker]


def test_a_unit_takes_its_turn_with_the_whole_block() -> None:
    community = make_community()
    worker, unit = make_worker(community=community).id, make_unit(name="二供电")
    turn, boss = Turn("二供电", organisation_id=unit.id), make_coordinator(unit=unit).id
    series_id = start_series(
        community.id, actor_id=worker, words=words(headcount=4), hours=NOON, rule=WEEKLY,
        turns=[turn], is_rota=True,
    )  # fmt: skip
    assert on_duty(series_id) == ["二供电"] * 3
    assert seated(series_id) == [{boss}] * 3
    assert told("on_duty") == [boss]


def test_lines_are_matched_to_people_and_units() -> None:
    community = make_community()
    make_unit(name="市图书馆")
    one = make_volunteer(name="王喆", home=community)
    make_volunteer(name="王喆")  # lives elsewhere
    twin = make_volunteer(name="李梅", home=community)
    make_volunteer(name="李梅", home=community)
    found = find_turns(["王喆", "", " 市图书馆 ", twin.volunteer_number or ""], community)
    assert [turn.name for turn in found] == ["王喆", "市图书馆", "李梅"]
    assert found[0].user_id == one.id
    with pytest.raises(MemberUnclear):
        find_turns(["李梅"], community)
    with pytest.raises(MemberNotFound):
        find_turns(["没有这个人"], community)


def test_a_rota_needs_somebody() -> None:
    community = make_community()
    with pytest.raises(NobodyOnDuty):
        start_series(
            community.id, actor_id=make_worker(community=community).id, words=words(), hours=NOON,
            rule=WEEKLY, is_rota=True,
        )  # fmt: skip
