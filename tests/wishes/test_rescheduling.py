"""改时间地点: planned times move together, whoever is elsewhere is named first."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from foundation.db import db
from foundation.outbox import Message
from foundation.refusal import Refusal
from tests.makers import (
    make_colleague,
    make_community,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.wishes.on_the_day import START, at, code_of, go, now, seated
from wishes.models import Claim, Commitment, Place, Wish, WishEvent
from wishes.refusals import TooLateToWithdraw, WishNotFound
from wishes.refusals.asks import ReasonMissing
from wishes.refusals.changes import AttendanceNoted, NothingChanged, SomeAreBusy
from wishes.refusals.publishing import (
    DoorInPublicPlace,
    EndBeforeStart,
    InThePast,
    NoLongerEditable,
    StaleForm,
)
from wishes.rules.changes import Plan
from wishes.rules.deadlines import may_withdraw, withdraw_until
from wishes.rules.kinds import Venue, WishKind
from wishes.rules.life import WishState
from wishes.services.attending import arrive
from wishes.services.cancelling import cancel_wish
from wishes.services.claiming import claim_for_unit, claim_wish, withdraw
from wishes.services.rescheduling import reschedule

__all__ = ["now"]
LATER = timedelta(hours=5)
MOVED = Plan(START + LATER, START + LATER + timedelta(hours=1), "一网格")


class TestTheRule:
    @pytest.mark.parametrize(
        ("minutes", "claimed", "moved", "answer"),
        [
            (-15 * 60 - 1, -3000, None, True),
            (-15 * 60 + 1, -3000, None, False),
            (-60, -3000, -120, True),  # the time was changed under the claim
            (-60, -100, -120, False),  # claimed with the new time in sight
            (0, -3000, -120, False),
        ],
    )
    def test_until_when_a_claim_is_given_back(
        self, minutes: int, claimed: int, moved: int | None, answer: bool
    ) -> None:
        said = may_withdraw(
            at(minutes), starts_at=START, claimed_at=at(claimed),
            rescheduled_at=at(moved) if moved is not None else None,
        )  # fmt: skip
        assert said is answer
        assert withdraw_until(START) == at(-15 * 60)


def told(kind: str) -> set[int]:
    return set(db.session.scalars(select(Message.user_id).where(Message.kind == kind)))


def author(wish_id: int) -> int:
    return db.session.get_one(Wish, wish_id).created_by_id


def move_to(wish_id: int, plan: Plan = MOVED, *, leaving: list[int] | None = None) -> int:
    """By its author, with the version as it stands."""
    wish = db.session.get_one(Wish, wish_id, populate_existing=True)
    by, version = wish.created_by_id, wish.version
    return reschedule(wish_id, actor_id=by, version=version, plan=plan, why="下雨", leaving=leaving)


@pytest.mark.usefixtures("app", "now")
class TestMoving:
    def test_the_planned_time_of_everybody_moves_and_they_are_told(self) -> None:
        wish_id, person = seated(headcount=2)
        friend = make_volunteer()
        claim_wish(wish_id, actor_id=friend.id)
        move_to(wish_id)
        wish = db.session.get_one(Wish, wish_id)
        assert (wish.starts_at, wish.places_taken) == (START + LATER, 2)
        times = db.session.execute(select(Commitment.starts_at, Commitment.ends_at).distinct())
        assert times.all() == [(MOVED.starts_at, MOVED.ends_at)]
        assert told("rescheduled") == {person.id, friend.id}
        why = db.session.scalars(select(WishEvent.why).where(WishEvent.what == "reschedule")).one()
        assert why is not None
        assert "下雨" in why

    def test_only_the_place_may_move(self) -> None:
        wish_id, person = seated()
        move_to(wish_id, Plan(START, START + timedelta(hours=1), "二号院门口"))
        assert db.session.get_one(Wish, wish_id).public_place == "二号院门口"
        assert told("rescheduled") == {person.id}

    def test_the_unit_s_coordinators_are_told(self) -> None:
        unit = make_unit()
        boss, colleague = make_coordinator(unit=unit).id, make_colleague(unit=unit).id
        wish_id = make_wish(headcount=3, starts_at=START).id
        claim_for_unit(wish_id, actor_id=boss, organisation_id=unit.id, places=2, named=[colleague])
        move_to(wish_id)
        assert told("rescheduled") == {boss, colleague}

    def test_a_thing_has_a_new_day_and_no_calendar(self) -> None:
        giver = make_volunteer()
        wish_id = make_wish(kind=WishKind.ITEM, starts_at=START).id
        claim_wish(wish_id, actor_id=giver.id)
        move_to(wish_id, Plan(START + LATER, START + LATER, "一网格"))
        assert told("rescheduled") == {giver.id}


@pytest.mark.usefixtures("app", "now")
class TestElsewhere:
    def other(self, person_id: int) -> int:
        """Another wish of the person at the new time."""
        other = make_wish(starts_at=START + LATER, title="陪老人聊天").id
        claim_wish(other, actor_id=person_id)
        return other

    def test_who_is_elsewhere_is_named_and_nothing_changes(self) -> None:
        wish_id, person = seated(name="韩冰")
        self.other(person.id)
        with pytest.raises(SomeAreBusy, match="韩冰") as refused:
            move_to(wish_id)
        assert refused.value.user_ids == (person.id,)
        wish = db.session.get_one(Wish, wish_id)
        assert (wish.starts_at, wish.places_taken) == (START, 1)
        assert not told("rescheduled")

    def test_after_a_yes_they_lose_the_place_and_hear_of_it(self) -> None:
        wish_id, person = seated()
        other = self.other(person.id)
        person_id = person.id
        move_to(wish_id, leaving=[person_id])
        wish = db.session.get_one(Wish, wish_id)
        assert (wish.state, wish.places_taken) == (WishState.OPEN, 0)
        assert told("lost_place") == {person_id}
        assert not told("rescheduled")
        live = db.session.scalars(select(Place.wish_id).where(Place.live)).all()
        assert live == [other]

    def test_a_unit_keeps_the_place_and_names_somebody_else(self) -> None:
        unit = make_unit()
        boss, colleague = make_coordinator(unit=unit).id, make_colleague(unit=unit).id
        wish_id = make_wish(headcount=2, starts_at=START).id
        claim_for_unit(wish_id, actor_id=boss, organisation_id=unit.id, places=1, named=[colleague])
        self.other(colleague)
        move_to(wish_id, leaving=[colleague])
        assert db.session.get_one(Wish, wish_id).places_taken == 1
        assert (told("lost_place"), told("lost_name")) == ({colleague}, {boss})

    def test_a_yes_for_others_is_no_yes(self) -> None:
        wish_id, person = seated()
        self.other(person.id)
        with pytest.raises(SomeAreBusy):
            move_to(wish_id, leaving=[person.id + 1000])


@pytest.mark.usefixtures("app", "now")
class TestLeavingAfterwards:
    def test_who_cannot_at_the_new_time_withdraws_after_the_deadline(
        self, now: time_machine.Traveller
    ) -> None:
        wish_id, person = seated()
        claim_id = db.session.scalars(select(Claim.id)).one()
        go(now, -30)
        with pytest.raises(TooLateToWithdraw):
            withdraw(claim_id, actor_id=person.id)
        move_to(wish_id)
        withdraw(claim_id, actor_id=person.id)
        assert db.session.get_one(Wish, wish_id).places_taken == 0

    def test_who_claims_the_new_time_has_the_usual_deadline(
        self, now: time_machine.Traveller
    ) -> None:
        wish_id, _person = seated(headcount=2)
        go(now, -30)
        move_to(wish_id)
        go(now, -20)
        late = make_volunteer().id
        claim_id = claim_wish(wish_id, actor_id=late)
        with pytest.raises(TooLateToWithdraw):
            withdraw(claim_id, actor_id=late)


@pytest.mark.usefixtures("app", "now")
class TestRefused:
    @pytest.mark.parametrize(
        ("plan", "refusal"),
        [
            (Plan(START, START + timedelta(hours=1), "一网格"), NothingChanged),
            (Plan(at(-5000), at(-4900), "一网格"), InThePast),
            (Plan(at(60), at(50), "一网格"), EndBeforeStart),
            (Plan(at(60), at(90), "3号楼2单元501"), DoorInPublicPlace),
        ],
    )
    def test_a_plan_that_cannot_be(self, plan: Plan, refusal: type[Refusal]) -> None:
        wish_id, _person = seated(Venue.HOME)
        with pytest.raises(refusal):
            move_to(wish_id, plan)

    def test_without_a_reason(self) -> None:
        wish_id, _person = seated()
        with pytest.raises(ReasonMissing):
            reschedule(wish_id, actor_id=author(wish_id), version=1, plan=MOVED, why=" ")

    def test_from_an_old_tab(self) -> None:
        wish_id, _person = seated()
        by = author(wish_id)
        move_to(wish_id)
        again = Plan(at(600), at(660), "一网格")
        with pytest.raises(StaleForm):
            reschedule(wish_id, actor_id=by, version=1, plan=again, why="又下雨")

    def test_by_a_stranger(self) -> None:
        wish_id, _person = seated()
        other = make_worker(community=make_community())
        with pytest.raises(WishNotFound):
            reschedule(wish_id, actor_id=other.id, version=1, plan=MOVED, why="下雨")

    def test_once_it_began(self, now: time_machine.Traveller) -> None:
        wish_id, person = seated(headcount=2)
        go(now, -5)
        arrive(wish_id, actor_id=person.id, code=code_of(wish_id))
        with pytest.raises((NoLongerEditable, AttendanceNoted)):
            move_to(wish_id)

    def test_once_it_is_cancelled(self) -> None:
        wish_id, _person = seated()
        cancel_wish(wish_id, actor_id=author(wish_id), why="老人搬走了")
        with pytest.raises(NoLongerEditable):
            move_to(wish_id)
