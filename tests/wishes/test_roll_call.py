"""Roll call and the sheet: what staff may note, and the trail it leaves."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from accounts.models import User
from foundation.db import db
from foundation.refusal import Refusal
from tests.makers import make_community, make_grid, make_grid_worker, make_volunteer, make_worker
from tests.wishes.on_the_day import at, code_of, go, kept, now, seated
from wishes.models import AttendanceEvent, Wish
from wishes.policies.verifying import had_a_hand_in
from wishes.refusals import WishNotFound
from wishes.refusals.attendance import (
    AbsenceTooEarly,
    CannotMarkSelf,
    NobodyTicked,
    NothingToMark,
    NotSeatedHere,
    SheetStale,
    TimeBeforeOpening,
    TimeInFuture,
    TimeNeeded,
    WhyNeeded,
)
from wishes.rules.kinds import Venue
from wishes.rules.life import WishState
from wishes.rules.proof import Absence, Proof
from wishes.rules.roll_call import Mark, SheetLine, Times
from wishes.services.attending import arrive
from wishes.services.claiming import claim_wish
from wishes.services.roll_call import call_roll
from wishes.services.sheet import enter_sheet

__all__ = ["now"]
pytestmark = pytest.mark.usefixtures("app", "now")


def staffed(**more: Any) -> tuple[int, int, User]:
    """A wish with one seated person, and a worker of its community."""
    community = make_community()
    wish_id, person = seated(community=community, **more)
    return wish_id, make_worker(community=community).id, person


def test_people_without_a_phone_are_marked_by_hand(now: time_machine.Traveller) -> None:
    wish_id, worker, person = staffed(headcount=2)
    other = make_volunteer()
    claim_wish(wish_id, actor_id=other.id)
    go(now, -10)
    both = [person.id, other.id]
    assert call_roll(wish_id, actor_id=worker, mark=Mark.HERE, user_ids=both) == both
    go(now, 60)
    call_roll(wish_id, actor_id=worker, mark=Mark.LEFT, user_ids=[other.id], moment=at(30))
    rows = {event.after for event in db.session.scalars(select(AttendanceEvent))}
    assert rows == {
        "2026-11-28T00:50:00+00:00 roll_call",
        "2026-11-28T01:30:00+00:00 roll_call",
    }
    assert db.session.get_one(Wish, wish_id).state == WishState.IN_SERVICE
    assert had_a_hand_in(worker, wish_id)


def test_a_scanned_arrival_is_not_written_over_by_a_roll_call(
    now: time_machine.Traveller,
) -> None:
    wish_id, worker, person = staffed()
    go(now, 0)
    arrive(wish_id, actor_id=person.id, code=code_of(wish_id))
    with pytest.raises(NothingToMark):
        call_roll(wish_id, actor_id=worker, mark=Mark.HERE, user_ids=[person.id])
    assert kept(wish_id).arrived_proof == Proof.CODE


def test_a_forgotten_check_out_is_entered_with_its_time_and_flagged(
    now: time_machine.Traveller,
) -> None:
    wish_id, worker, person = staffed()
    go(now, 0)
    arrive(wish_id, actor_id=person.id, code=code_of(wish_id))
    go(now, 300)
    with pytest.raises(TimeNeeded):
        call_roll(wish_id, actor_id=worker, mark=Mark.LEFT, user_ids=[person.id])
    call_roll(wish_id, actor_id=worker, mark=Mark.LEFT, user_ids=[person.id], moment=at(45))
    row = kept(wish_id)
    assert (row.left_at, row.left_proof, row.flagged) == (at(45), Proof.ROLL_CALL, "no_check_out")


def test_nobody_is_missing_before_the_start(now: time_machine.Traveller) -> None:
    wish_id, worker, person = staffed()
    go(now, -5)
    with pytest.raises(AbsenceTooEarly):
        call_roll(wish_id, actor_id=worker, mark=Mark.NO_SHOW, user_ids=[person.id])


def test_who_comes_after_all_is_no_longer_absent(now: time_machine.Traveller) -> None:
    wish_id, worker, person = staffed()
    go(now, 20)
    call_roll(wish_id, actor_id=worker, mark=Mark.NO_SHOW, user_ids=[person.id])
    assert kept(wish_id).absence == Absence.NO_SHOW
    arrive(wish_id, actor_id=person.id, code=code_of(wish_id))
    assert kept(wish_id).absence is None


def test_the_resident_s_word_is_noted_and_is_no_hand_in_the_service(
    now: time_machine.Traveller,
) -> None:
    wish_id, worker, person = staffed(venue=Venue.HOME)
    go(now, 0)
    arrive(wish_id, actor_id=person.id)
    go(now, 600)
    call_roll(wish_id, actor_id=worker, mark=Mark.CONFIRMED, user_ids=[person.id], why="换好了")
    assert kept(wish_id).resident_confirmed_at == at(600)
    assert not had_a_hand_in(worker, wish_id)


@pytest.mark.parametrize(("moment", "refusal"), [(-61, TimeBeforeOpening), (40, TimeInFuture)])
def test_typed_times_must_be_possible(
    now: time_machine.Traveller, moment: int, refusal: type[Refusal]
) -> None:
    wish_id, worker, person = staffed()
    go(now, 30)
    with pytest.raises(refusal, match=person.name):
        call_roll(wish_id, actor_id=worker, mark=Mark.HERE, user_ids=[person.id], moment=at(moment))


def test_who_may_call_the_roll(now: time_machine.Traveller) -> None:
    community = make_community()
    wish_id, _person = seated(community=community)
    stranger = make_worker(community=make_community())
    grid_worker = make_grid_worker(grid=make_grid(community=community))
    go(now, 0)
    with pytest.raises(WishNotFound):
        call_roll(wish_id, actor_id=stranger.id, mark=Mark.HERE, user_ids=[1])
    with pytest.raises(NobodyTicked):
        call_roll(wish_id, actor_id=grid_worker.id, mark=Mark.HERE, user_ids=[])
    with pytest.raises(NotSeatedHere):
        call_roll(wish_id, actor_id=grid_worker.id, mark=Mark.HERE, user_ids=[stranger.id])


def test_nobody_calls_their_own_name(now: time_machine.Traveller) -> None:
    wish_id, worker, _person = staffed(headcount=2)
    claim_wish(wish_id, actor_id=worker)
    go(now, 0)
    with pytest.raises(CannotMarkSelf):
        call_roll(wish_id, actor_id=worker, mark=Mark.HERE, user_ids=[worker])


class TestSheet:
    def test_paper_is_typed_in_afterwards(self, now: time_machine.Traveller) -> None:
        wish_id, worker, person = staffed()
        go(now, 500)
        line = SheetLine(person.id, Times(), Times(at(0), at(55), 10))
        assert enter_sheet(wish_id, actor_id=worker, lines=[line]) == [person.id]
        row = kept(wish_id)
        assert (row.arrived_at, row.left_at, row.break_minutes) == (at(0), at(55), 10)
        assert row.flagged is None

    def test_a_correction_says_why_and_keeps_what_was(self, now: time_machine.Traveller) -> None:
        wish_id, worker, person = staffed()
        go(now, 0.5)
        arrive(wish_id, actor_id=person.id, code=code_of(wish_id))
        go(now, 100)
        line = SheetLine(person.id, Times(at(0)), Times(at(10), at(60)))
        with pytest.raises(WhyNeeded):
            enter_sheet(wish_id, actor_id=worker, lines=[line])
        enter_sheet(wish_id, actor_id=worker, lines=[line], why="扫码时人还在路上")
        event = db.session.scalars(
            select(AttendanceEvent).where(AttendanceEvent.before.is_not(None))
        ).one()
        assert (event.before, event.why) == ("2026-11-28T01:00:30+00:00 code", "扫码时人还在路上")
        assert kept(wish_id).arrived_proof == Proof.ROLL_CALL

    def test_an_old_page_does_not_write_over_a_newer_record(
        self, now: time_machine.Traveller
    ) -> None:
        wish_id, worker, person = staffed()
        go(now, 0)
        arrive(wish_id, actor_id=person.id, code=code_of(wish_id))
        go(now, 30)
        line = SheetLine(person.id, Times(), Times(at(-10)))
        with pytest.raises(SheetStale, match=person.name):
            enter_sheet(wish_id, actor_id=worker, lines=[line])

    def test_an_arrival_that_never_was_is_taken_back(self, now: time_machine.Traveller) -> None:
        wish_id, worker, person = staffed()
        go(now, 0)
        call_roll(wish_id, actor_id=worker, mark=Mark.HERE, user_ids=[person.id])
        line = SheetLine(person.id, Times(at(0)), Times())
        enter_sheet(wish_id, actor_id=worker, lines=[line], why="点错了人")
        assert kept(wish_id).arrived_at is None
