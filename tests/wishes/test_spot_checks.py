"""抽查: the same seed draws the same, a call is kept, a contradiction is the street's, once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from accounts.models import Area, User
from accounts.rules import Role
from foundation.db import db, transaction
from love_bank.models import Entry
from tests.makers import give_role, make_community, make_street, make_supervisor, make_worker
from tests.races import at_once
from tests.served import kinds_told, make_reported_wish
from wishes.models import PrivateLook, SpotCheck, Verification, Wish
from wishes.queries.spot_checks import (
    count_contradictions,
    get_check,
    list_checks,
    list_lines,
    list_pool,
    list_rates,
)
from wishes.refusals.spot_checks import (
    AlreadyCalled,
    AlreadyDrawn,
    CheckedByOwnHand,
    MonthNotOver,
    NothingToSettle,
    SpotCheckNotFound,
    WhatContradicts,
)
from wishes.rules.asking import PrivateWords
from wishes.rules.life import WishState
from wishes.rules.proof import Decision
from wishes.rules.spot_checks import (
    CallOutcome,
    CheckRate,
    draw_sample,
    month_after,
    month_before,
    seed_of,
)
from wishes.services.completing import verify
from wishes.services.private import keep_private
from wishes.services.spot_checking import (
    draw_spot_check,
    look_for_call,
    record_call,
    run_draws,
    settle_contradiction,
)

OCTOBER = date(2026, 10, 1)
IN_OCTOBER = datetime(2026, 10, 14, 2, tzinfo=UTC)
IN_NOVEMBER = datetime(2026, 11, 2, 2, tzinfo=UTC)


@pytest.mark.parametrize(("many", "percent", "drawn"), [(0, 5, 0), (1, 5, 1), (20, 5, 1),
                                                        (21, 5, 2), (40, 100, 40)])  # fmt: skip
def test_the_share_is_rounded_up(many: int, percent: int, drawn: int) -> None:
    assert len(draw_sample(range(many), seed="2026-10/7", percent=percent)) == drawn


def test_anybody_draws_the_same_by_the_seed() -> None:
    assert seed_of(OCTOBER, 7) == "2026-10/7"
    ids = list(range(1, 101))
    first = draw_sample(ids, seed="2026-10/7", percent=5)
    assert first == draw_sample(reversed(ids), seed="2026-10/7", percent=5)
    assert first != draw_sample(ids, seed="2026-11/7", percent=5)
    assert set(first) <= set(draw_sample([*ids, 101], seed="2026-10/7", percent=6))


def test_months_roll_over_the_year() -> None:
    assert month_before(date(2026, 1, 31)) == date(2025, 12, 1)
    assert month_after(date(2026, 12, 5)) == date(2027, 1, 1)


def test_the_rate_counts_those_spoken_to() -> None:
    assert CheckRate(OCTOBER, 5, 3, 1, 1).share == 75
    assert CheckRate(OCTOBER, 5, 0, 1, 0).share is None


@dataclass
class Street:
    """A street whose one community verified some services in October."""

    area: Area
    community: Area
    boss: User
    verifier: User


def make_checked_street(services: int = 3) -> Street:
    """Their hours are in the book."""
    area = make_street()
    community = make_community(street=area)
    street = Street(area, community, make_supervisor(street=area), make_worker(community=community))
    with time_machine.travel(IN_OCTOBER, tick=False):
        for _each in range(services):
            wish = make_reported_wish(community=community)
            verify(wish.id, actor_id=street.verifier.id, decision=Decision.ACCEPTED)
    return street


def drawn(street: Street, services: int = 3) -> list[int]:
    """October drawn in November; the ids of its lines."""
    check_id = draw_spot_check(street.area.id, actor_id=street.boss.id, month=OCTOBER)
    return [line.id for line in list_lines(check_id)]


@pytest.fixture(autouse=True)
def november(app: Flask) -> Iterator[None]:
    with time_machine.travel(IN_NOVEMBER, tick=False):
        yield


def test_what_was_verified_in_the_month_can_be_drawn_registers_apart() -> None:
    street = make_checked_street(3)
    pool = list_pool(street.area, OCTOBER)
    assert len(pool) == 3
    with transaction() as session:
        session.get_one(Wish, min(pool)).original = {"心愿": "换灯泡"}
    assert sorted(list_pool(street.area, OCTOBER).values()) == [False, False, True]
    assert list_pool(street.area, date(2026, 9, 1)) == {}
    lines = list_lines(draw_spot_check(street.area.id, actor_id=street.boss.id, month=OCTOBER))
    assert [line.from_register for line in lines] == [False, True]


def test_a_month_that_runs_is_not_drawn() -> None:
    street = make_checked_street(1)
    for month in (date(2026, 11, 1), date(2027, 3, 1)):
        with pytest.raises(MonthNotOver):
            draw_spot_check(street.area.id, actor_id=street.boss.id, month=month)


def test_nobody_draws_twice() -> None:
    street = make_checked_street(1)
    drawn(street)
    with pytest.raises(AlreadyDrawn):
        drawn(street)


@pytest.mark.race
def test_two_who_draw_at_once_get_one_sample(app: Flask) -> None:
    street = make_checked_street(1)
    area_id, boss = street.area.id, street.boss.id
    draw = partial(draw_spot_check, area_id, actor_id=boss, month=OCTOBER)
    assert set(at_once(app, [draw, draw])) == {None, AlreadyDrawn}
    assert len(list_checks(area_id)) == 1


def test_the_clock_draws_once_and_tells_the_street() -> None:
    street = make_checked_street(2)
    assert run_draws() >= 1
    assert run_draws() == 0
    assert "spot_check_drawn" in kinds_told(street.boss)
    ((check, rate),) = list_checks(street.area.id)
    assert (check.pool, rate.drawn, check.seed) == (2, 1, seed_of(OCTOBER, street.area.id))


def test_a_contradiction_is_the_streets_to_settle_and_leaves_the_book_alone() -> None:
    street = make_checked_street(1)
    other = make_supervisor(street=street.area)
    (line,) = drawn(street)
    where = {"area_id": street.area.id, "actor_id": street.boss.id}
    before = db.session.execute(select(func.count(), func.sum(Entry.minutes))).one()
    with pytest.raises(WhatContradicts):
        record_call(line, outcome=CallOutcome.CONTRADICTS, words=" ", **where)
    record_call(line, outcome=CallOutcome.CONTRADICTS, words="没有人来过", **where)
    assert count_contradictions(street.area.id) == 1
    assert "spot_check_contradicts" in kinds_told(other)
    assert db.session.execute(select(func.count(), func.sum(Entry.minutes))).one() == before
    with pytest.raises(AlreadyCalled):
        record_call(line, outcome=CallOutcome.REACHED, words="", **where)
    settle_contradiction(line, words="社区已冲正", **where)
    assert count_contradictions(street.area.id) == 0
    with pytest.raises(NothingToSettle):
        settle_contradiction(line, words="再来一次", **where)
    (rate,) = list_rates([street.community.id])[street.community.id]
    assert (rate.drawn, rate.contradicts, rate.share) == (1, 1, 0)


def test_who_was_not_reached_is_called_again() -> None:
    street = make_checked_street(1)
    (line,) = drawn(street)
    where = {"area_id": street.area.id, "actor_id": street.boss.id}
    record_call(line, outcome=CallOutcome.NOT_REACHED, words="", **where)
    record_call(line, outcome=CallOutcome.REACHED, words="修得好", **where)
    (rate,) = list_rates([street.community.id])[street.community.id]
    assert (rate.reached, rate.not_reached, rate.share) == (1, 0, 100)


def test_whoever_verified_it_does_not_check_it() -> None:
    street = make_checked_street(1)
    (line,) = drawn(street)
    query = select(Verification.verified_by_id)
    assert db.session.scalars(query).one() == street.verifier.id
    give_role(street.verifier, Role.SUPERVISOR, area=street.area)
    with pytest.raises(CheckedByOwnHand):
        record_call(
            line, area_id=street.area.id, actor_id=street.verifier.id,
            outcome=CallOutcome.REACHED, words="",
        )  # fmt: skip


def test_another_street_finds_no_such_line() -> None:
    street, elsewhere = make_checked_street(1), make_street()
    (line,) = drawn(street)
    boss = make_supervisor(street=elsewhere)
    with pytest.raises(SpotCheckNotFound):
        record_call(
            line, area_id=elsewhere.id, actor_id=boss.id, outcome=CallOutcome.REACHED, words=""
        )
    with pytest.raises(SpotCheckNotFound):
        get_check(db.session.scalars(select(SpotCheck.id)).one(), area_id=elsewhere.id)


def test_the_phone_is_shown_for_the_call_and_each_look_is_written_down() -> None:
    street = make_checked_street(1)
    wish_id = next(iter(list_pool(street.area, OCTOBER)))
    with transaction():
        keep_private(PrivateWords("张奶奶", "13800000142", "3号楼501"), wish_id=wish_id)
    (line,) = drawn(street)
    told = look_for_call(line, area_id=street.area.id, actor_id=street.boss.id)
    assert (told.name, told.phone, told.door) == ("张奶奶", "+8613800000142", "")
    (look,) = db.session.scalars(select(PrivateLook)).all()
    assert (look.user_id, look.looked_as) == (street.boss.id, "spot_check")
    assert db.session.get_one(Wish, wish_id).state == WishState.VERIFIED
