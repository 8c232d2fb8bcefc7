"""Ordering from the menu, inviting, answering: each answer once, places never oversold."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from accounts.models import Area, Organisation, User
from foundation import clock
from foundation.db import db
from tests.makers import (
    make_colleague,
    make_community,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
    tomorrow,
)
from tests.races import at_once
from tests.wishes.menu import make_offer, order, order_words, tells, told, version_of
from wishes.models import Claim, Dispatch, OfferMonth, Place, Wish
from wishes.refusals import TooFewPlacesLeft, WishNotFound
from wishes.refusals.dispatch import (
    AskedAlready,
    DeclineReasonMissing,
    DispatchLapsed,
    DispatchNotFound,
    DispatchOver,
    HoldsPlacesAlready,
    NotAskable,
    OfferIsFull,
    OfferNotFound,
    OfferPaused,
    OfferTooSmall,
    OrderChanged,
    WishNotAskable,
)
from wishes.refusals.publishing import WishIncomplete
from wishes.rules.dispatch import DISPATCH_MOVES, DispatchMove, DispatchState, move_dispatch
from wishes.rules.life import WishState
from wishes.rules.offers import OfferState
from wishes.services.answering import accept, decline
from wishes.services.cancelling import cancel_wish
from wishes.services.claiming import claim_wish
from wishes.services.clocks import run_due
from wishes.services.drafting import edit_wish
from wishes.services.inviting import call_off, invite, order_from
from wishes.services.offers import set_offer_state

pytestmark = pytest.mark.usefixtures("app")


class Desk:
    """A community with its worker, a unit with its coordinator and an offer."""

    def __init__(self, **offer: Any) -> None:
        self.area: Area = make_community()
        self.worker: User = make_worker(community=self.area)
        self.unit: Organisation = make_unit()
        self.boss: User = make_coordinator(unit=self.unit)
        self.offer_id = make_offer(self.boss, area=self.area, unit_id=self.unit.id, **offer)

    def order(self, **more: Any) -> tuple[int, int]:
        """Order: the wish and its invitation."""
        wish_id = order(self.offer_id, area=self.area, worker=self.worker, **more)
        return wish_id, dispatch_of(wish_id)

    def accepts(self, dispatch_id: int, **more: Any) -> int:
        """The unit says yes to what it sees."""
        wish_id = db.session.get_one(Dispatch, dispatch_id).wish_id
        return accept(dispatch_id, actor_id=self.boss.id, version=version_of(wish_id), **more)


def dispatch_of(wish_id: int) -> int:
    query = select(Dispatch.id).where(Dispatch.wish_id == wish_id).order_by(Dispatch.id.desc())
    return db.session.scalars(query).first() or 0


def state_of(dispatch_id: int) -> DispatchState:
    db.session.expire_all()
    return DispatchState(db.session.get_one(Dispatch, dispatch_id).state)


def wish_of(wish_id: int) -> Wish:
    db.session.expire_all()
    return db.session.get_one(Wish, wish_id)


@pytest.mark.parametrize("state", list(DispatchState))
@pytest.mark.parametrize("what", list(DispatchMove))
def test_an_invitation_is_answered_once(state: DispatchState, what: DispatchMove) -> None:
    if (state, what) in DISPATCH_MOVES:
        assert state == DispatchState.WAITING
        assert move_dispatch(state, what) != state
    else:
        with pytest.raises(DispatchOver):
            move_dispatch(state, what)


class TestOrdering:
    def test_an_order_is_a_draft_and_its_owner_is_asked(self) -> None:
        desk = Desk()
        wish_id, asked = desk.order()
        assert wish_of(wish_id).state == WishState.DRAFT
        kept = db.session.get_one(Dispatch, asked)
        assert (kept.state, kept.places, kept.offer_id) == ("waiting", 2, desk.offer_id)
        assert kept.lapses_at == tomorrow(), "never past the start"
        assert told("asked") == {desk.boss.id}

    def test_what_is_ordered_is_said_whole(self) -> None:
        desk = Desk()
        with pytest.raises(WishIncomplete):
            desk.order(public_place="")
        assert db.session.scalars(select(Wish)).all() == []

    def test_a_paused_offer_is_not_ordered(self) -> None:
        desk = Desk()
        set_offer_state(desk.offer_id, actor_id=desk.boss.id, state=OfferState.PAUSED)
        with pytest.raises(OfferPaused):
            desk.order()

    def test_nor_one_that_comes_elsewhere_nor_by_strangers(self) -> None:
        desk, other = Desk(), make_community()
        with pytest.raises(OfferNotFound):
            order(desk.offer_id, area=other, worker=make_worker(community=other))

    def test_more_people_than_it_brings_are_refused(self) -> None:
        with pytest.raises(OfferTooSmall):
            Desk(people=1).order()

    def test_a_month_is_full_and_a_refusal_makes_room(self) -> None:
        desk = Desk(per_month=1)
        _wish, asked = desk.order()
        with pytest.raises(OfferIsFull):
            desk.order()
        decline(asked, actor_id=desk.boss.id, reason="那天盘点")
        desk.order()
        assert db.session.scalars(select(OfferMonth.used)).all() == [1]

    def test_two_workers_order_the_last_one_at_once(self, app: Flask) -> None:
        desk = Desk(per_month=1)
        offer, area, worker = desk.offer_id, desk.area.id, desk.worker.id

        def press() -> None:
            order_from(offer, area_id=area, actor_id=worker, words=order_words())

        answers = at_once(app, [press, press])
        assert sorted(map(str, answers)) == sorted(map(str, [None, OfferIsFull]))
        assert len(db.session.scalars(select(Dispatch)).all()) == 1


class TestAccepting:
    def test_a_unit_takes_the_whole_draft_with_names(self) -> None:
        desk = Desk()
        colleague = make_colleague(unit=desk.unit)
        wish_id, asked = desk.order()
        claim_id = desk.accepts(asked, named=[colleague.id])
        wish = wish_of(wish_id)
        assert (wish.state, wish.places_taken) == (WishState.FILLED, 2)
        assert db.session.get_one(Claim, claim_id).organisation_id == desk.unit.id
        assert db.session.scalars(select(Place.user_id)).all() == [colleague.id]
        assert state_of(asked) == DispatchState.ACCEPTED
        assert desk.worker.id in told("accepted")

    def test_a_volunteer_takes_one_place_of_an_open_wish(self) -> None:
        area = make_community()
        worker, person = make_worker(community=area), make_volunteer(home=area)
        wish = make_wish(community=area, headcount=2)
        asked = invite(wish.id, actor_id=worker.id, user_id=person.id)
        accept(asked, actor_id=person.id, version=version_of(wish.id))
        kept = wish_of(wish.id)
        assert (kept.state, kept.places_taken) == (WishState.OPEN, 1)
        assert db.session.scalars(select(Place.user_id)).all() == [person.id]

    def test_the_first_to_accept_closes_the_others(self) -> None:
        desk, second = Desk(), make_unit()
        boss = make_coordinator(unit=second)
        wish_id, asked = desk.order()
        other = invite(wish_id, actor_id=desk.worker.id, organisation_id=second.id)
        desk.accepts(asked)
        assert state_of(other) == DispatchState.CLOSED
        assert told("not_needed") == {boss.id}
        with pytest.raises(DispatchOver):
            accept(other, actor_id=boss.id, version=version_of(wish_id))

    def test_two_accept_at_once_and_one_gets_it(self, app: Flask) -> None:
        desk, second = Desk(), make_unit()
        boss = make_coordinator(unit=second)
        wish_id, asked = desk.order()
        other = invite(wish_id, actor_id=desk.worker.id, organisation_id=second.id)
        version, people = version_of(wish_id), (desk.boss.id, boss.id)
        answers = at_once(
            app,
            [
                lambda: accept(asked, actor_id=people[0], version=version),
                lambda: accept(other, actor_id=people[1], version=version),
            ],
        )
        assert sorted(map(str, answers)) == sorted(map(str, [None, DispatchOver]))
        assert wish_of(wish_id).places_taken == 2
        assert len(db.session.scalars(select(Claim)).all()) == 1

    def test_the_same_yes_twice_is_refused(self) -> None:
        desk = Desk()
        _wish, asked = desk.order()
        desk.accepts(asked)
        with pytest.raises(DispatchOver):
            desk.accepts(asked)

    def test_strangers_answer_nothing(self) -> None:
        desk = Desk()
        wish_id, asked = desk.order()
        for answer in (
            lambda who: accept(asked, actor_id=who, version=version_of(wish_id)),
            lambda who: decline(asked, actor_id=who, reason="不去"),
            lambda who: call_off(asked, actor_id=who),
        ):
            with pytest.raises(DispatchNotFound):
                answer(make_volunteer().id)

    def test_what_changed_meanwhile_is_read_again(self) -> None:
        desk = Desk()
        wish_id, asked = desk.order()
        seen = version_of(wish_id)
        edit_wish(wish_id, actor_id=desk.worker.id, version=seen, words=order_words(headcount=3))
        with pytest.raises(OrderChanged):
            accept(asked, actor_id=desk.boss.id, version=seen)
        desk.accepts(asked)
        assert wish_of(wish_id).places_taken == 3

    def test_a_full_wish_says_how_many_are_left(self) -> None:
        desk = Desk()
        wish = make_wish(community=desk.area, headcount=2)
        asked = invite(wish.id, actor_id=desk.worker.id, organisation_id=desk.unit.id)
        claim_wish(wish.id, actor_id=make_volunteer().id)
        with pytest.raises(TooFewPlacesLeft):
            desk.accepts(asked)
        desk.accepts(asked, places=1)
        assert wish_of(wish.id).state == WishState.FILLED

    def test_a_cancelled_wish_is_not_taken(self) -> None:
        desk = Desk()
        wish_id, asked = desk.order()
        cancel_wish(wish_id, actor_id=desk.worker.id, why="不办了")
        with pytest.raises(WishNotAskable):
            desk.accepts(asked)


class TestDeclining:
    def test_a_no_says_why_and_the_draft_waits_for_others(self) -> None:
        desk = Desk()
        wish_id, asked = desk.order()
        with pytest.raises(DeclineReasonMissing):
            decline(asked, actor_id=desk.boss.id, reason="  ")
        decline(asked, actor_id=desk.boss.id, reason="那天盘点")
        assert db.session.get_one(Dispatch, asked).reason == "那天盘点"
        assert wish_of(wish_id).state == WishState.DRAFT
        assert desk.worker.id in told("declined")
        invite(wish_id, actor_id=desk.worker.id, organisation_id=make_unit().id)


class TestInviting:
    def test_nobody_is_asked_twice_at_once(self) -> None:
        desk = Desk()
        wish = make_wish(community=desk.area)
        invite(wish.id, actor_id=desk.worker.id, organisation_id=desk.unit.id)
        with pytest.raises(AskedAlready):
            invite(wish.id, actor_id=desk.worker.id, organisation_id=desk.unit.id)

    def test_who_is_on_the_wish_need_not_be_asked(self) -> None:
        desk, wish = Desk(), make_wish(headcount=2)
        worker = make_worker(community=db.session.get_one(Area, wish.community_id))
        person = make_volunteer(home=db.session.get_one(Area, wish.community_id))
        claim_wish(wish.id, actor_id=person.id)
        with pytest.raises(HoldsPlacesAlready):
            invite(wish.id, actor_id=worker.id, user_id=person.id)
        with pytest.raises(WishNotFound):
            invite(wish.id, actor_id=desk.worker.id, organisation_id=desk.unit.id)

    def test_only_people_of_the_street_who_like_to_be_asked(self) -> None:
        desk = Desk()
        wish = make_wish(community=desk.area)
        quiet = make_volunteer(home=desk.area)
        tells(quiet, asks_welcome=False)
        for person in (quiet, make_volunteer(home=make_community()), make_volunteer()):
            with pytest.raises(NotAskable):
                invite(wish.id, actor_id=desk.worker.id, user_id=person.id)

    def test_a_wish_that_is_full_asks_nobody(self) -> None:
        desk = Desk()
        wish = make_wish(community=desk.area, state=WishState.FILLED, places_taken=1)
        with pytest.raises(WishNotAskable):
            invite(wish.id, actor_id=desk.worker.id, organisation_id=desk.unit.id)

    def test_the_community_takes_an_invitation_back(self) -> None:
        desk = Desk()
        _wish, asked = desk.order()
        call_off(asked, actor_id=desk.worker.id)
        assert state_of(asked) == DispatchState.CALLED_OFF
        with pytest.raises(DispatchOver):
            desk.accepts(asked)


class TestClock:
    def test_it_lapses_once_and_both_sides_know(self) -> None:
        desk = Desk()
        wish = make_wish(community=desk.area, starts_at=clock.now() + timedelta(days=9))
        asked = invite(wish.id, actor_id=desk.worker.id, organisation_id=desk.unit.id)
        with time_machine.travel(clock.now() + timedelta(days=3, minutes=-5), tick=False):
            assert run_due().invitations_ended == 0
        with time_machine.travel(clock.now() + timedelta(days=3, minutes=1), tick=False):
            with pytest.raises(DispatchLapsed):
                desk.accepts(asked)
            assert [run_due().invitations_ended for _ in range(2)] == [1, 0]
        assert state_of(asked) == DispatchState.LAPSED
        assert {desk.boss.id, desk.worker.id} <= told("lapsed")

    def test_a_wish_that_needs_nobody_closes_it(self) -> None:
        desk = Desk()
        wish = make_wish(community=desk.area)
        asked = invite(wish.id, actor_id=desk.worker.id, organisation_id=desk.unit.id)
        claim_wish(wish.id, actor_id=make_volunteer().id)
        assert run_due().invitations_ended == 1
        assert state_of(asked) == DispatchState.CLOSED
        assert told("not_needed") == {desk.boss.id}

    def test_two_workers_end_it_once(self, app: Flask) -> None:
        desk = Desk()
        wish = make_wish(community=desk.area)
        invite(wish.id, actor_id=desk.worker.id, organisation_id=desk.unit.id)
        claim_wish(wish.id, actor_id=make_volunteer().id)
        ended: list[int] = []
        at_once(app, [lambda: ended.append(run_due().invitations_ended)] * 2)
        assert sorted(ended) == [0, 1]
