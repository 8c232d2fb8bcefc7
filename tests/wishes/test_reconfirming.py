"""明天还来吗: asked the day before, answered with one tap, or the place goes on."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from foundation.db import db
from tests.makers import (
    make_colleague,
    make_community,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.races import at_once
from tests.wishes.in_line import full_wish, give_terms, in_line, stands, state_of, told
from tests.wishes.on_the_day import START, now
from wishes.models import Claim, Place, Reconfirmation
from wishes.refusals.terms import AnsweredTooLate, NothingAsked
from wishes.rules.kinds import Venue
from wishes.rules.reconfirming import Answer
from wishes.rules.waiting import LineState
from wishes.services.claiming import claim_for_unit, claim_wish
from wishes.services.clocks import run_due
from wishes.services.reconfirming import answer_coming, ask_again, list_askable

__all__ = ["now"]
pytestmark = pytest.mark.usefixtures("app", "now")


def the_day_before(now: time_machine.Traveller, hour: int, minute: int = 0) -> None:
    now.move_to(START.replace(day=27, hour=hour, minute=minute))


def asked_wish(now: time_machine.Traveller, **more: Any) -> tuple[int, int]:
    """A home visit whose one claimant was asked this morning."""
    wish_id, claims = full_wish(venue=Venue.HOME, **more)
    the_day_before(now, 8)
    assert run_due().asked_again == 1
    return wish_id, db.session.get_one(Claim, claims[0]).claimed_by_id


def answers() -> list[Answer | None]:
    return list(db.session.scalars(select(Reconfirmation.answer)))


class TestAsking:
    def test_a_home_visit_asks_the_day_before_and_once(self, now: time_machine.Traveller) -> None:
        wish_id, person = asked_wish(now)
        assert run_due().asked_again == 0
        assert told("reconfirm") == [person]
        assert stands(wish_id) == ("filled", 1, 0)

    @pytest.mark.parametrize(("reconfirm", "asked"), [(None, 0), (True, 1), (False, 0)])
    def test_the_wish_s_own_choice_comes_first(
        self, now: time_machine.Traveller, asked: int, *, reconfirm: bool | None
    ) -> None:
        wish_id, _claims = full_wish()
        give_terms(wish_id, reconfirm=reconfirm)
        the_day_before(now, 9)
        assert run_due().asked_again == asked

    def test_whoever_claimed_today_has_just_said_so(self, now: time_machine.Traveller) -> None:
        the_day_before(now, 8, 1)
        full_wish(venue=Venue.HOME)
        the_day_before(now, 10)
        assert run_due().asked_again == 0

    def test_too_late_to_answer_nobody_is_asked_and_nobody_loses_a_place(
        self, now: time_machine.Traveller
    ) -> None:
        wish_id, _claims = full_wish(venue=Venue.HOME)
        the_day_before(now, 16, 1)
        assert run_due().asked_again == 0
        the_day_before(now, 18)
        assert run_due().unanswered == 0
        assert stands(wish_id) == ("filled", 1, 0)

    @pytest.mark.race
    def test_two_workers_ask_once(self, app: Flask, now: time_machine.Traveller) -> None:
        full_wish(venue=Venue.HOME)
        the_day_before(now, 8)
        (place_id,) = list_askable(START.replace(day=27, hour=8))
        assert at_once(app, [lambda: ask_again(place_id)] * 2) == [None, None]
        assert len(told("reconfirm")) == len(answers()) == 1


class TestAnswering:
    def test_yes_keeps_the_place_and_saying_it_twice_is_fine(
        self, now: time_machine.Traveller
    ) -> None:
        wish_id, person = asked_wish(now)
        answer_coming(wish_id, actor_id=person, is_coming=True)
        answer_coming(wish_id, actor_id=person, is_coming=True)
        the_day_before(now, 18)
        assert run_due().unanswered == 0
        assert (stands(wish_id), answers()) == (("filled", 1, 0), [Answer.COMING])

    def test_no_hands_the_place_to_the_first_in_line(self, now: time_machine.Traveller) -> None:
        community = make_community()
        worker_id = make_worker(community=community).id
        wish_id, person = asked_wish(now, community=community)
        ((_waiting, turn),) = in_line(wish_id)
        answer_coming(wish_id, actor_id=person, is_coming=False)
        assert (state_of(turn), stands(wish_id)) == (LineState.OFFERED, ("filled", 1, 1))
        assert worker_id in told("cannot_come")
        with pytest.raises(AnsweredTooLate):
            answer_coming(wish_id, actor_id=person, is_coming=True)

    def test_who_was_not_asked_has_nothing_to_say(self) -> None:
        wish_id, _claims = full_wish()
        with pytest.raises(NothingAsked):
            answer_coming(wish_id, actor_id=make_volunteer().id, is_coming=True)


class TestNoAnswer:
    def test_at_the_limit_the_place_goes_on_and_the_person_is_told_once(
        self, now: time_machine.Traveller
    ) -> None:
        wish_id, person = asked_wish(now)
        ((_waiting, turn),) = in_line(wish_id)
        the_day_before(now, 17, 59)
        assert run_due().unanswered == 0
        the_day_before(now, 18)
        assert (run_due().unanswered, run_due().unanswered) == (1, 0)
        assert (state_of(turn), answers()) == (LineState.OFFERED, [Answer.NONE])
        assert told("not_reconfirmed")[0] == person
        with pytest.raises(AnsweredTooLate):
            answer_coming(wish_id, actor_id=person, is_coming=True)

    def test_a_unit_loses_the_name_and_keeps_the_place(self, now: time_machine.Traveller) -> None:
        unit = make_unit()
        boss, colleague = make_coordinator(unit=unit).id, make_colleague(unit=unit).id
        wish_id = make_wish(venue=Venue.HOME, starts_at=START).id
        claim_for_unit(wish_id, actor_id=boss, organisation_id=unit.id, places=1, named=[colleague])
        the_day_before(now, 8)
        run_due()
        the_day_before(now, 18)
        assert run_due().unanswered == 1
        assert stands(wish_id) == ("filled", 1, 0)
        assert not db.session.scalars(select(Place.live)).one()
        assert set(told("not_reconfirmed")) >= {colleague, boss}

    def test_a_claim_for_friends_loses_one_place_only(self, now: time_machine.Traveller) -> None:
        wish_id = make_wish(venue=Venue.HOME, headcount=2, starts_at=START).id
        claim_wish(wish_id, actor_id=make_volunteer().id, places=2)
        the_day_before(now, 8)
        run_due()
        the_day_before(now, 18)
        run_due()
        claim = db.session.scalars(select(Claim)).one()
        assert (claim.live, claim.places, stands(wish_id)) == (True, 1, ("open", 1, 0))

    @pytest.mark.race
    def test_yes_and_the_clock_in_the_same_moment(
        self, app: Flask, now: time_machine.Traveller
    ) -> None:
        wish_id, person = asked_wish(now)
        the_day_before(now, 18)
        at_once(app, [run_due, lambda: answer_coming(wish_id, actor_id=person, is_coming=True)])
        assert (answers(), stands(wish_id)) == ([Answer.NONE], ("open", 0, 0))
