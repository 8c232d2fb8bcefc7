"""即办: one after the other is asked, a clock in minutes, and whoever says yes sets out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from accounts.rules.skills import Skill
from foundation import clock
from foundation.db import db
from tests.makers import make_community, make_volunteer, make_wish, make_worker
from tests.races import at_once
from tests.wishes.menu import tells, told
from tests.wishes.on_call import ALWAYS, call, open_turn, team, turns
from tests.wishes.on_the_day import now
from wishes.models import Claim, QuickCall, Wish
from wishes.policies.private import may_look
from wishes.queries.quick import list_team
from wishes.refusals.quick import (
    CalledAlready,
    CallIsOver,
    DutyBackwards,
    MemberNotConfirmed,
    MemberTwice,
    MemberUnknown,
    NobodyOnDuty,
    OnlyUrgentService,
    TurnIsOver,
    TurnNotFound,
)
from wishes.rules.life import WishState
from wishes.rules.quick import (
    CALL_MOVES,
    CallMove,
    CallState,
    Duty,
    Mate,
    move_call,
    next_in_turn,
)
from wishes.services.cancelling import cancel_wish
from wishes.services.clocks import run_due
from wishes.services.quick import accept_turn, call_out_draft, decline_turn
from wishes.services.team import add_member, end_member

__all__ = ["now"]

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class TestRules:
    @pytest.mark.parametrize("state", list(CallState))
    @pytest.mark.parametrize("what", list(CallMove))
    def test_every_state_and_every_move(self, state: CallState, what: CallMove) -> None:
        if (state, what) in CALL_MOVES:
            assert move_call(state, what) == CALL_MOVES[state, what]
        else:
            with pytest.raises(CallIsOver):
                move_call(state, what)

    @pytest.mark.parametrize(
        ("days", "starts", "ends", "on"),
        [({0}, 540, 600, True), ({0}, 541, 600, False), ({0}, 480, 540, False),
         ({1}, 0, 1440, False), ({0, 1}, 0, 1440, True)],
    )  # fmt: skip
    def test_on_duty(self, days: set[int], starts: int, ends: int, on: bool) -> None:
        assert Duty(frozenset(days), starts, ends).covers(MONDAY) == on

    def test_whoever_was_asked_longest_ago_is_next(self) -> None:
        early, late = MONDAY - timedelta(days=2), MONDAY - timedelta(days=1)
        mates = [Mate(1, ALWAYS, late), Mate(2, ALWAYS, early), Mate(3, ALWAYS)]
        assert next_in_turn(mates, local=MONDAY) == mates[2]
        assert next_in_turn(mates[:2], local=MONDAY) == mates[1]
        assert next_in_turn([], local=MONDAY) is None


@pytest.mark.usefixtures("app")
class TestTheTeam:
    def test_bad_members_get_a_sentence(self) -> None:
        home, worker, (member,) = team(1)
        ids = {"area_id": home.id, "actor_id": worker.id, "duty": ALWAYS}
        unsure, phone = make_volunteer(confirmed=False).phone, member.phone
        with pytest.raises(MemberTwice):
            add_member(**ids, person=phone)  # type: ignore[arg-type]
        with pytest.raises(MemberNotConfirmed):
            add_member(**ids, person=unsure)  # type: ignore[arg-type]
        with pytest.raises(MemberUnknown):
            add_member(**ids, person="13900000000")  # type: ignore[arg-type]
        nobody = {**ids, "duty": Duty(frozenset(), 0, 60)}
        with pytest.raises(DutyBackwards):
            add_member(**nobody, person=phone)  # type: ignore[arg-type]

    def test_without_anybody_on_duty_nothing_is_stored(self) -> None:
        now = clock.local(clock.now())
        tomorrow = Duty(frozenset({(now.weekday() + 1) % 7}), 0, 1440)
        home, worker, _people = team(1, duty=tomorrow)
        with pytest.raises(NobodyOnDuty):
            call(home, worker)
        assert db.session.query(Wish).count() == 0

    def test_the_skill_decides(self) -> None:
        home, worker, (_first, second) = team()
        tells(second, Skill.PLUMBING)
        wish_id = call(home, worker, skill=Skill.PLUMBING)
        assert turns(wish_id) == [(second.id, None)]

    def test_who_left_is_not_asked(self) -> None:
        home, worker, (_first, second) = team()
        member = list_team(home.id)[0].id
        end_member(home.id, member, actor_id=worker.id)
        assert turns(call(home, worker)) == [(second.id, None)]


@pytest.mark.usefixtures("app")
class TestACall:
    def test_yes_fills_the_wish_and_opens_the_door(self) -> None:
        home, worker, (first, _second) = team()
        wish_id = call(home, worker)
        assert told("quick_turn") == {first.id}
        accept_turn(open_turn(wish_id), actor_id=first.id)
        wish = db.session.get_one(Wish, wish_id)
        assert (wish.state, wish.places_taken, wish.headcount) == (WishState.FILLED, 1, 1)
        assert may_look(first.id, wish, at=clock.now())
        assert told("quick_taken") == {worker.id}

    def test_no_asks_the_next_at_once(self) -> None:
        home, worker, (first, second) = team()
        wish_id = call(home, worker)
        decline_turn(open_turn(wish_id), actor_id=first.id)
        assert turns(wish_id) == [(first.id, "declined"), (second.id, None)]

    def test_no_answer_asks_the_next_once_each(self, now: time_machine.Traveller) -> None:
        home, worker, (first, second) = team()
        wish_id = call(home, worker)
        late = open_turn(wish_id)
        now.shift(timedelta(minutes=5))
        assert run_due().turns_lapsed == 1
        assert run_due().turns_lapsed == 0
        assert turns(wish_id) == [(first.id, "lapsed"), (second.id, None)]
        with pytest.raises(TurnIsOver):
            accept_turn(late, actor_id=first.id)
        now.shift(timedelta(minutes=5))
        assert run_due().turns_lapsed == 1
        assert db.session.get_one(QuickCall, wish_id).state == CallState.NOBODY
        assert told("quick_nobody") == {worker.id}
        assert run_due().turns_lapsed == 0

    def test_a_yes_after_its_minutes_is_too_late_before_the_sweep(
        self, now: time_machine.Traveller
    ) -> None:
        home, worker, (first, _second) = team()
        wish_id = call(home, worker)
        now.shift(timedelta(minutes=6))
        with pytest.raises(TurnIsOver):
            accept_turn(open_turn(wish_id), actor_id=first.id)

    def test_not_there_in_time_is_told_once(self, now: time_machine.Traveller) -> None:
        home, worker, (first, _second) = team()
        wish_id = call(home, worker)
        accept_turn(open_turn(wish_id), actor_id=first.id)
        now.shift(timedelta(minutes=19))
        assert run_due().late_arrivals == 0
        now.shift(timedelta(minutes=1))
        assert run_due().late_arrivals == 1
        assert run_due().late_arrivals == 0
        assert told("quick_late") == {worker.id}

    def test_a_draft_is_called_out_once(self) -> None:
        home, worker, _people = team()
        draft = make_wish(community=home, created_by=worker, state=WishState.DRAFT, headcount=3).id
        call_out_draft(draft, actor_id=worker.id)
        with pytest.raises(CalledAlready):
            call_out_draft(draft, actor_id=worker.id)
        with pytest.raises(OnlyUrgentService):
            call_out_draft(make_wish(community=home, created_by=worker).id, actor_id=worker.id)

    def test_a_discarded_draft_asks_nobody_more(self, now: time_machine.Traveller) -> None:
        home, worker, (first, _second) = team()
        wish_id = call(home, worker)
        cancel_wish(wish_id, actor_id=worker.id, why="")
        now.shift(timedelta(minutes=5))
        run_due()
        assert turns(wish_id) == [(first.id, "lapsed")]
        assert db.session.get_one(QuickCall, wish_id).state == CallState.CALLED_OFF

    def test_another_persons_turn_is_not_there(self) -> None:
        home, worker, (_first, second) = team()
        turn = open_turn(call(home, worker))
        with pytest.raises(TurnNotFound):
            accept_turn(turn, actor_id=second.id)
        with pytest.raises(TurnNotFound):
            decline_turn(turn, actor_id=make_worker(community=make_community()).id)

    def test_yes_twice_at_once_is_one_place(self, app: Flask) -> None:
        home, worker, (first, _second) = team()
        wish_id = call(home, worker)
        turn, person = open_turn(wish_id), first.id
        answers = at_once(app, [lambda: accept_turn(turn, actor_id=person)] * 2)
        assert sorted(answers, key=str) == sorted([None, TurnIsOver], key=str)
        assert db.session.query(Claim).filter_by(wish_id=wish_id).count() == 1
