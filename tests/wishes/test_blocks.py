"""A unit's block of places: more, fewer, none."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from accounts.models import Organisation, User
from foundation import clock
from foundation.db import db, transaction
from tests.makers import (
    make_colleague,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_wish,
    tomorrow,
)
from wishes.models import Claim, ItemDelivery, Wish
from wishes.refusals import BadPlaces, ClaimNotFound, TooLateToWithdraw, WishHasStarted
from wishes.refusals.blocks import AlreadyReceived, BelowNamed, FewerMorePlaces, NoMorePlaces
from wishes.rules.kinds import WishKind
from wishes.rules.life import WishState
from wishes.services.blocks import change_number
from wishes.services.claiming import claim_for_unit, claim_wish, withdraw

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def unit() -> Organisation:
    return make_unit()


@pytest.fixture
def boss(unit: Organisation) -> User:
    return make_coordinator(unit=unit)


def block(wish: Wish, boss: User, unit: Organisation, places: int, *named: User) -> int:
    return claim_for_unit(
        wish.id, actor_id=boss.id, organisation_id=unit.id, places=places,
        named=[each.id for each in named],
    )  # fmt: skip


def places_of(claim_id: int) -> tuple[int, int, WishState]:
    claim = db.session.get_one(Claim, claim_id)
    return claim.places, claim.wish.places_taken, WishState(claim.wish.state)


def test_more_places_fill_the_wish(unit: Organisation, boss: User) -> None:
    claim_id = block(make_wish(headcount=3), boss, unit, 1)
    change_number(claim_id, actor_id=boss.id, places=3)
    assert places_of(claim_id) == (3, 3, WishState.FILLED)


def test_fewer_places_open_a_filled_wish_again(unit: Organisation, boss: User) -> None:
    claim_id = block(make_wish(headcount=3), boss, unit, 3)
    change_number(claim_id, actor_id=boss.id, places=1)
    assert places_of(claim_id) == (1, 1, WishState.OPEN)


def test_more_than_is_left_says_how_far_it_goes(unit: Organisation, boss: User) -> None:
    wish = make_wish(headcount=5)
    claim_id = block(wish, boss, unit, 2)
    claim_wish(wish.id, actor_id=make_volunteer().id)
    with pytest.raises(FewerMorePlaces, match="4"):
        change_number(claim_id, actor_id=boss.id, places=5)
    assert places_of(claim_id) == (2, 3, WishState.OPEN)


def test_a_full_wish_gives_no_more(unit: Organisation, boss: User) -> None:
    wish = make_wish(headcount=2)
    claim_id = block(wish, boss, unit, 1)
    claim_wish(wish.id, actor_id=make_volunteer().id)
    with pytest.raises(NoMorePlaces):
        change_number(claim_id, actor_id=boss.id, places=2)


def test_below_the_named_is_refused_with_their_names(unit: Organisation, boss: User) -> None:
    people = [make_colleague(unit=unit, name=name) for name in ("王小明", "李喆")]
    claim_id = block(make_wish(headcount=3), boss, unit, 3, *people)
    with pytest.raises(BelowNamed, match="王小明、李喆"):
        change_number(claim_id, actor_id=boss.id, places=1)
    change_number(claim_id, actor_id=boss.id, places=2)


@pytest.mark.parametrize("places", [0, -1])
def test_a_block_has_one_place_at_least(places: int, unit: Organisation, boss: User) -> None:
    claim_id = block(make_wish(headcount=3), boss, unit, 2)
    with pytest.raises(BadPlaces):
        change_number(claim_id, actor_id=boss.id, places=places)


def test_a_foreign_coordinator_changes_nothing(unit: Organisation, boss: User) -> None:
    claim_id = block(make_wish(headcount=3), boss, unit, 2)
    with pytest.raises(ClaimNotFound):
        change_number(claim_id, actor_id=make_coordinator(unit=make_unit()).id, places=1)


def test_after_the_start_the_number_stays(unit: Organisation, boss: User) -> None:
    claim_id = block(make_wish(headcount=3), boss, unit, 2)
    with time_machine.travel(tomorrow() + timedelta(minutes=1)), pytest.raises(WishHasStarted):
        change_number(claim_id, actor_id=boss.id, places=1)


def test_places_without_names_go_back_even_after_the_deadline(
    unit: Organisation, boss: User
) -> None:
    claim_id = block(make_wish(headcount=3), boss, unit, 2)
    with time_machine.travel(tomorrow() - timedelta(hours=13)):
        with pytest.raises(TooLateToWithdraw):
            withdraw(claim_id, actor_id=boss.id)
        change_number(claim_id, actor_id=boss.id, places=1)


def test_what_the_community_holds_is_not_taken_back(unit: Organisation, boss: User) -> None:
    wish_id = make_wish(kind=WishKind.ITEM, headcount=3).id
    claim_id = block(db.session.get_one(Wish, wish_id), boss, unit, 2)
    with transaction() as session:
        session.add(
            ItemDelivery(wish_id=wish_id, claim_id=claim_id, pieces=2, received_at=clock.now())
        )
    with pytest.raises(AlreadyReceived):
        change_number(claim_id, actor_id=boss.id, places=1)
    with pytest.raises(AlreadyReceived):
        withdraw(claim_id, actor_id=boss.id)
