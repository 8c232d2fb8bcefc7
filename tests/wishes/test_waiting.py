"""候补: the line, the offer that is held, and every way by which a place gets free."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from tests.makers import (
    make_community,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.statements import counted
from tests.wishes.in_line import full_wish, in_line, stands, state_of, told
from tests.wishes.on_the_day import START, at, go, now
from wishes.models import Claim, Place, Waiting, Wish
from wishes.queries.places import get_claim_facts
from wishes.queries.waiting import count_before, list_my_turns
from wishes.refusals import BadPlaces, BusyThen, WishHasStarted, WishIsFull
from wishes.refusals.waiting import (
    AlreadyInLine,
    MoreThanThereAre,
    NotInLine,
    OfferIsOver,
    OnItAlready,
    PlaceIsHeld,
    PlacesAreFree,
)
from wishes.rules.waiting import LineState
from wishes.services.absence import cannot_come
from wishes.services.blocks import change_number
from wishes.services.cancelling import cancel_wish
from wishes.services.claiming import claim_for_unit, claim_wish, withdraw
from wishes.services.clocks import run_due
from wishes.services.freeing import free_places
from wishes.services.waiting import accept_offer, join_line, leave_line

__all__ = ["now"]
pytestmark = pytest.mark.usefixtures("app", "now")


def step_back(claim_id: int) -> None:
    withdraw(claim_id, actor_id=db.session.get_one(Claim, claim_id).claimed_by_id)


class TestJoining:
    def test_nobody_waits_where_there_is_a_place(self) -> None:
        with pytest.raises(PlacesAreFree):
            join_line(make_wish(starts_at=START).id, actor_id=make_volunteer().id)

    def test_a_person_stands_in_line_once_and_not_when_on_it(self) -> None:
        wish_id, claims = full_wish()
        ((person, _turn),) = in_line(wish_id)
        with pytest.raises(AlreadyInLine):
            join_line(wish_id, actor_id=person.id)
        claimant = db.session.get_one(Claim, claims[0]).claimed_by_id
        with pytest.raises(OnItAlready):
            join_line(wish_id, actor_id=claimant)
        assert stands(wish_id) == ("filled", 1, 1)

    def test_a_number_that_makes_no_sense_is_refused(self) -> None:
        wish_id, _claims = full_wish(2)
        person_id = make_volunteer().id
        with pytest.raises(BadPlaces):
            join_line(wish_id, actor_id=person_id, places=0)
        with pytest.raises(MoreThanThereAre):
            join_line(wish_id, actor_id=person_id, places=3)

    def test_after_the_start_there_is_no_line(self, now: time_machine.Traveller) -> None:
        wish_id, _claims = full_wish()
        go(now, 1)
        with pytest.raises(WishHasStarted):
            join_line(wish_id, actor_id=make_volunteer().id)

    def test_one_s_position_counts_those_before(self) -> None:
        wish_id, _claims = full_wish()
        people = in_line(wish_id, people=3)
        assert [count_before(db.session.get_one(Waiting, turn)) for _p, turn in people] == [0, 1, 2]
        leave_line(people[0][1], actor_id=people[0][0].id)
        assert list_my_turns(user_id=people[2][0].id)[0].before == 1
        assert stands(wish_id) == ("filled", 1, 2)

    def test_somebody_else_s_turn_is_not_found(self) -> None:
        wish_id, _claims = full_wish()
        ((_person, turn),) = in_line(wish_id)
        with pytest.raises(NotInLine):
            leave_line(turn, actor_id=make_volunteer().id)


class TestOffers:
    def test_a_freed_place_is_held_for_the_first_and_nobody_else_gets_it(self) -> None:
        wish_id, claims = full_wish()
        (first, turn), (_second, other) = in_line(wish_id, people=2)
        step_back(claims[0])
        assert stands(wish_id) == ("filled", 1, 2)
        assert (state_of(turn), state_of(other)) == (LineState.OFFERED, LineState.WAITING)
        assert told("place_offered") == [first.id]
        with pytest.raises(WishIsFull):
            claim_wish(wish_id, actor_id=make_volunteer().id)

    def test_accepting_makes_a_claim_with_a_seat(self) -> None:
        wish_id, claims = full_wish()
        ((person, turn),) = in_line(wish_id)
        step_back(claims[0])
        claim_id = accept_offer(turn, actor_id=person.id)
        claim = db.session.get_one(Claim, claim_id)
        assert (claim.claimed_by_id, claim.places, claim.live) == (person.id, 1, True)
        assert [place.user_id for place in claim.named] == [person.id]
        assert (state_of(turn), stands(wish_id)) == (LineState.ACCEPTED, ("filled", 1, 0))
        with pytest.raises(OfferIsOver):
            accept_offer(turn, actor_id=person.id)

    def test_declining_hands_it_to_the_next_and_the_last_no_opens_the_wish(self) -> None:
        wish_id, claims = full_wish()
        (first, turn), (second, other) = in_line(wish_id, people=2)
        step_back(claims[0])
        leave_line(turn, actor_id=first.id)
        assert (state_of(turn), state_of(other)) == (LineState.DECLINED, LineState.OFFERED)
        leave_line(other, actor_id=second.id)
        assert stands(wish_id) == ("open", 0, 0)

    def test_an_offer_lapses_once_and_goes_on(self, now: time_machine.Traveller) -> None:
        wish_id, claims = full_wish()
        (first, turn), (_second, other) = in_line(wish_id, people=2)
        step_back(claims[0])
        now.move_to(db.session.get_one(Waiting, turn).offer_until or START)
        assert run_due().offers_lapsed == 1
        assert run_due().offers_lapsed == 0
        assert (state_of(turn), state_of(other)) == (LineState.LAPSED, LineState.OFFERED)
        assert told("offer_lapsed") == [first.id]
        with pytest.raises(OfferIsOver):
            accept_offer(turn, actor_id=first.id)
        assert stands(wish_id) == ("filled", 1, 1)

    def test_whoever_is_busy_then_keeps_the_offer(self) -> None:
        wish_id, claims = full_wish()
        ((person, turn),) = in_line(wish_id)
        person_id = person.id
        claim_wish(make_wish(starts_at=START).id, actor_id=person_id)
        step_back(claims[0])
        with pytest.raises(BusyThen):
            accept_offer(turn, actor_id=person_id)
        assert (state_of(turn), stands(wish_id)) == (LineState.OFFERED, ("filled", 1, 1))

    def test_a_unit_is_offered_all_its_places_or_none(self) -> None:
        wish_id, claims = full_wish(3)
        unit = make_unit()
        unit_id, boss_id = unit.id, make_coordinator(unit=unit).id
        turn = join_line(wish_id, actor_id=boss_id, places=2, organisation_id=unit_id)
        ((_person, other),) = in_line(wish_id)
        step_back(claims[0])
        assert (state_of(turn), state_of(other)) == (LineState.WAITING, LineState.OFFERED)
        step_back(claims[1])
        assert stands(wish_id) == ("open", 2, 2)  # one is free for anybody, two are needed
        step_back(claims[2])
        assert state_of(turn) == LineState.OFFERED
        claim = db.session.get_one(Claim, accept_offer(turn, actor_id=boss_id))
        assert (claim.organisation_id, claim.places, claim.named) == (unit_id, 2, [])
        assert stands(wish_id) == ("filled", 3, 1)

    def test_whoever_claims_a_free_place_waits_no_longer(self) -> None:
        wish_id, claims = full_wish(2)
        unit = make_unit()
        unit_id, boss_id = unit.id, make_coordinator(unit=unit).id
        turn = join_line(wish_id, actor_id=boss_id, places=2, organisation_id=unit_id)
        step_back(claims[0])
        claim_for_unit(wish_id, actor_id=boss_id, organisation_id=unit_id, places=1)
        assert (state_of(turn), stands(wish_id)) == (LineState.LEFT, ("filled", 2, 0))

    def test_whoever_has_a_place_held_accepts_it(self) -> None:
        wish_id, claims = full_wish(2)
        ((person, _turn),) = in_line(wish_id)
        step_back(claims[0])
        step_back(claims[1])
        with pytest.raises(PlaceIsHeld):
            claim_wish(wish_id, actor_id=person.id)


class TestWhereverPlacesAreFreed:
    def test_who_cannot_come(self, now: time_machine.Traveller) -> None:
        wish_id, claims = full_wish()
        ((_person, turn),) = in_line(wish_id)
        go(now, -5 * 60)
        cannot_come(wish_id, actor_id=db.session.get_one(Claim, claims[0]).claimed_by_id)
        assert state_of(turn) == LineState.OFFERED

    def test_a_unit_that_needs_fewer(self) -> None:
        wish_id, unit = make_wish(headcount=2, starts_at=START).id, make_unit()
        unit_id, boss_id = unit.id, make_coordinator(unit=unit).id
        claim_id = claim_for_unit(wish_id, actor_id=boss_id, organisation_id=unit_id, places=2)
        ((_person, turn),) = in_line(wish_id)
        change_number(claim_id, actor_id=boss_id, places=1)
        assert (state_of(turn), stands(wish_id)) == (LineState.OFFERED, ("filled", 2, 1))

    def test_places_without_names(self, now: time_machine.Traveller) -> None:
        wish_id, unit = make_wish(headcount=2, starts_at=START).id, make_unit()
        unit_id, boss_id = unit.id, make_coordinator(unit=unit).id
        claim_for_unit(wish_id, actor_id=boss_id, organisation_id=unit_id, places=2)
        ((_person, turn),) = in_line(wish_id)
        go(now, -12 * 60)
        run_due()
        assert (state_of(turn), stands(wish_id)) == (LineState.OFFERED, ("open", 1, 1))

    def test_a_raised_headcount(self) -> None:
        wish_id, _claims = full_wish()
        (_first, turn), (_second, other) = in_line(wish_id, people=2)

        @errand
        def raise_headcount() -> None:
            db.session.get_one(Wish, wish_id).headcount = 2
            free_places(get_claim_facts(wish_id), 0, actor_id=None, at=clock.now())

        raise_headcount()
        assert (state_of(turn), state_of(other)) == (LineState.OFFERED, LineState.WAITING)
        assert stands(wish_id) == ("filled", 2, 2)

    def test_too_near_the_start_it_is_first_come(self, now: time_machine.Traveller) -> None:
        wish_id, claims = full_wish()
        ((person, turn),) = in_line(wish_id)
        person_id = person.id
        go(now, -30)
        cannot_come(wish_id, actor_id=db.session.get_one(Claim, claims[0]).claimed_by_id)
        assert (state_of(turn), stands(wish_id)) == (LineState.WAITING, ("open", 0, 1))
        assert told("place_free") == [person_id]
        claim_wish(wish_id, actor_id=person_id)
        assert (state_of(turn), stands(wish_id)) == (LineState.LEFT, ("filled", 1, 0))


class TestTheEndOfTheLine:
    def test_at_the_start_the_line_goes_home(self, now: time_machine.Traveller) -> None:
        wish_id, claims = full_wish(2)
        (_first, turn), (second, other) = in_line(wish_id, people=2)
        second_id = second.id
        go(now, -65)
        cannot_come(wish_id, actor_id=db.session.get_one(Claim, claims[0]).claimed_by_id)
        go(now, 0)
        done = run_due()
        assert (done.offers_lapsed, done.lines_closed) == (1, 1)
        assert (state_of(turn), state_of(other)) == (LineState.LAPSED, LineState.CLOSED)
        assert stands(wish_id) == ("open", 1, 0)
        assert told("line_closed") == [second_id]

    def test_a_cancelled_wish_has_no_line_and_everybody_knows(self) -> None:
        community = make_community()
        worker_id = make_worker(community=community).id
        wish_id, claims = full_wish(community=community)
        (first, turn), (second, other) = in_line(wish_id, people=2)
        step_back(claims[0])
        cancel_wish(wish_id, actor_id=worker_id, why="停电")
        assert (state_of(turn), state_of(other)) == (LineState.CLOSED, LineState.CLOSED)
        assert stands(wish_id) == ("cancelled", 0, 0)
        assert set(told("cancelled")) == {first.id, second.id}


def test_an_ordinary_claim_costs_what_it_did() -> None:
    wish_id, person_id = make_wish(headcount=3, starts_at=START).id, make_volunteer().id
    with counted() as plain:
        claim_wish(wish_id, actor_id=person_id)
    assert not [each for each in plain if "waiting" in each or "wish_terms" in each]
    assert len(plain) == 8, plain


def test_the_held_place_is_nobody_s_yet() -> None:
    wish_id, claims = full_wish()
    ((_person, turn),) = in_line(wish_id)
    step_back(claims[0])
    assert db.session.get_one(Waiting, turn).offer_until == at(-2 * 24 * 60) + timedelta(hours=12)
    assert not db.session.query(Place).filter(Place.live).count()
