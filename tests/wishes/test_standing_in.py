"""顶替: a place changes hands with a yes, in one errand, and numbers are not tried out."""

from __future__ import annotations

from functools import partial

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from accounts.models import User
from foundation.db import db
from foundation.outbox import Message
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
from tests.wishes.on_the_day import START, go, now, seated
from wishes.models import Claim, Place, StandIn, ToolPledge, Wish
from wishes.refusals import AlreadyClaimed, BusyThen, NameTwice
from wishes.refusals.attendance import NotOnThisWish
from wishes.refusals.changes import (
    AskedAlready,
    AskedTooOften,
    NotOneself,
    StandInNotFound,
    StandInOver,
    TooLateToSwap,
)
from wishes.rules.kinds import Provision
from wishes.rules.life import WishState
from wishes.services.claiming import claim_for_unit, claim_wish, withdraw
from wishes.services.standing_in import (
    accept_stand_in,
    ask_stand_in,
    decline_stand_in,
    take_stand_in_back,
)

__all__ = ["now"]


def told(kind: str) -> set[int]:
    return set(db.session.scalars(select(Message.user_id).where(Message.kind == kind)))


def holders(wish_id: int) -> list[int]:
    """Who sits on a wish."""
    query = select(Place.user_id).where(Place.wish_id == wish_id, Place.live).order_by(Place.id)
    return list(db.session.scalars(query))


def wish_of(wish_id: int) -> Wish:
    return db.session.get_one(Wish, wish_id)


def number_of(person: User) -> str:
    assert person.volunteer_number is not None
    return person.volunteer_number


@pytest.mark.usefixtures("app", "now")
class TestAsking:
    def test_somebody_is_asked_by_number_or_phone(self) -> None:
        wish_id, person = seated()
        other = make_volunteer(phone="+8613800000142")
        ids = person.id, other.id
        offer = ask_stand_in(wish_id, actor_id=ids[0], who=number_of(other))
        take_stand_in_back(offer, actor_id=ids[0])
        ask_stand_in(wish_id, actor_id=ids[0], who="138 0000 0142")
        assert told("stand_in") == {ids[1]}
        assert holders(wish_id) == [ids[0]]

    @pytest.mark.parametrize("who", ["13911111111", "2026 0000 9999", "老王", "-1", "’; --"])
    def test_a_number_nobody_has_looks_the_same(self, who: str) -> None:
        wish_id, person = seated()
        ask_stand_in(wish_id, actor_id=person.id, who=who)
        assert not told("stand_in")
        assert db.session.scalars(select(StandIn.asked_id)).one() is None

    def test_oneself_is_nobody_else(self) -> None:
        wish_id, person = seated()
        with pytest.raises(NotOneself):
            ask_stand_in(wish_id, actor_id=person.id, who=number_of(person))

    def test_one_at_a_time(self) -> None:
        wish_id, person = seated()
        person_id = person.id
        ask_stand_in(wish_id, actor_id=person_id, who="13911111111")
        with pytest.raises(AskedAlready):
            ask_stand_in(wish_id, actor_id=person_id, who="13911111112")

    def test_five_a_day(self) -> None:
        wish_id, person = seated()
        person_id = person.id
        for _n in range(5):
            offer = ask_stand_in(wish_id, actor_id=person_id, who="13911111111")
            take_stand_in_back(offer, actor_id=person_id)
        with pytest.raises(AskedTooOften):
            ask_stand_in(wish_id, actor_id=person_id, who="13911111111")

    def test_without_a_place_there_is_nothing_to_offer(self) -> None:
        with pytest.raises(NotOnThisWish):
            ask_stand_in(make_wish().id, actor_id=make_volunteer().id, who="13911111111")

    def test_not_once_it_began(self, now: time_machine.Traveller) -> None:
        wish_id, person = seated()
        go(now, 0)
        with pytest.raises(TooLateToSwap):
            ask_stand_in(wish_id, actor_id=person.id, who="13911111111")


@pytest.mark.usefixtures("app", "now")
class TestAccepting:
    def test_the_place_changes_hands_and_is_never_free(self) -> None:
        wish_id, person = seated()
        other = make_volunteer()
        ids = person.id, other.id
        offer = ask_stand_in(wish_id, actor_id=ids[0], who=number_of(other))
        assert accept_stand_in(offer, actor_id=ids[1]) == wish_id
        assert holders(wish_id) == [ids[1]]
        wish = wish_of(wish_id)
        assert (wish.state, wish.places_taken) == (WishState.FILLED, 1)
        owners = db.session.scalars(select(Claim.claimed_by_id).where(Claim.live)).all()
        assert owners == [ids[1]]
        assert told("stood_in") == {ids[0]}
        withdraw(db.session.scalars(select(Claim.id).where(Claim.live)).one(), actor_id=ids[1])

    def test_promised_tools_go_along(self) -> None:
        wish = make_wish(starts_at=START, tools=[("梯子", Provision.BRING)])
        wish_id, tool = wish.id, wish.tools[0].id
        person, other = make_volunteer(), make_volunteer()
        ids = person.id, other.id
        claim_wish(wish_id, actor_id=ids[0], tools=[tool])
        offer = ask_stand_in(wish_id, actor_id=ids[0], who=number_of(other))
        accept_stand_in(offer, actor_id=ids[1])
        live = db.session.scalars(select(ToolPledge.claim_id).where(ToolPledge.live)).one()
        assert db.session.get_one(Claim, live).claimed_by_id == ids[1]

    def test_friends_stay_where_they_were(self) -> None:
        wish_id = make_wish(starts_at=START, headcount=3).id
        person, other = make_volunteer(), make_volunteer()
        ids = person.id, other.id
        claim_wish(wish_id, actor_id=ids[0], places=3)
        accept_stand_in(
            ask_stand_in(wish_id, actor_id=ids[0], who=number_of(other)), actor_id=ids[1]
        )
        claims = db.session.execute(
            select(Claim.claimed_by_id, Claim.places).where(Claim.live).order_by(Claim.id)
        ).all()
        assert claims == [(ids[0], 2), (ids[1], 1)]
        assert wish_of(wish_id).places_taken == 3

    def test_after_the_deadline_the_community_is_told(self, now: time_machine.Traveller) -> None:
        community = make_community()
        worker = make_worker(community=community)
        wish_id, person = seated(community=community)
        other = make_volunteer()
        ids = worker.id, person.id, other.id
        go(now, -30)
        offer = ask_stand_in(wish_id, actor_id=ids[1], who=number_of(other))
        accept_stand_in(offer, actor_id=ids[2])
        assert ids[0] in told("stand_in_done")

    def test_a_unit_s_place_goes_to_a_colleague_only(self) -> None:
        unit = make_unit()
        boss, first = make_coordinator(unit=unit).id, make_colleague(unit=unit).id
        second, stranger = make_colleague(unit=unit), make_volunteer()
        ids = second.id, stranger.id
        numbers = number_of(second), number_of(stranger)
        wish_id = make_wish(starts_at=START, headcount=3).id
        claim_for_unit(wish_id, actor_id=boss, organisation_id=unit.id, places=2, named=[first])
        offer = ask_stand_in(wish_id, actor_id=first, who=numbers[1])
        assert not told("stand_in")
        with pytest.raises(StandInNotFound):
            accept_stand_in(offer, actor_id=ids[1])
        take_stand_in_back(offer, actor_id=first)
        accept_stand_in(ask_stand_in(wish_id, actor_id=first, who=numbers[0]), actor_id=ids[0])
        assert holders(wish_id) == [ids[0]]
        assert told("stand_in_done") == {boss}
        assert wish_of(wish_id).places_taken == 2

    def test_who_is_elsewhere_or_already_on_it_cannot(self) -> None:
        wish_id, person = seated(headcount=3)
        person_id = person.id
        busy, there = make_volunteer(), make_volunteer()
        ids = busy.id, there.id
        numbers = number_of(busy), number_of(there)
        claim_wish(make_wish(starts_at=START).id, actor_id=ids[0])
        claim_wish(wish_id, actor_id=ids[1])
        offer = ask_stand_in(wish_id, actor_id=person_id, who=numbers[0])
        with pytest.raises(BusyThen):
            accept_stand_in(offer, actor_id=ids[0])
        take_stand_in_back(offer, actor_id=person_id)
        offer = ask_stand_in(wish_id, actor_id=person_id, who=numbers[1])
        with pytest.raises((AlreadyClaimed, NameTwice)):
            accept_stand_in(offer, actor_id=ids[1])
        assert holders(wish_id) == [person_id, ids[1]]

    def test_a_no_leaves_the_place_where_it_was(self) -> None:
        wish_id, person = seated()
        other = make_volunteer()
        ids = person.id, other.id
        offer = ask_stand_in(wish_id, actor_id=ids[0], who=number_of(other))
        decline_stand_in(offer, actor_id=ids[1])
        assert told("stand_in_declined") == {ids[0]}
        assert holders(wish_id) == [ids[0]]
        with pytest.raises(StandInOver):
            accept_stand_in(offer, actor_id=ids[1])

    def test_after_the_asker_withdrew_it_is_over(self) -> None:
        wish_id, person = seated()
        other = make_volunteer()
        ids = person.id, other.id
        offer = ask_stand_in(wish_id, actor_id=ids[0], who=number_of(other))
        withdraw(db.session.scalars(select(Claim.id)).one(), actor_id=ids[0])
        with pytest.raises(StandInOver):
            accept_stand_in(offer, actor_id=ids[1])

    def test_only_who_was_asked_answers(self) -> None:
        wish_id, person = seated()
        offer = ask_stand_in(wish_id, actor_id=person.id, who=number_of(make_volunteer()))
        stranger = make_volunteer().id
        for answer in (accept_stand_in, decline_stand_in, take_stand_in_back):
            with pytest.raises(StandInNotFound):
                answer(offer, actor_id=stranger)


@pytest.mark.race
def test_a_yes_and_a_withdrawal_at_once_leave_one_of_them(app: Flask) -> None:
    for _round in range(3):
        wish_id = make_wish().id
        person, other = make_volunteer(), make_volunteer()
        ids = person.id, other.id
        claim_id = claim_wish(wish_id, actor_id=ids[0])
        offer = ask_stand_in(wish_id, actor_id=ids[0], who=number_of(other))
        answers = at_once(
            app,
            [
                partial(accept_stand_in, offer, actor_id=ids[1]),
                partial(withdraw, claim_id, actor_id=ids[0]),
                partial(accept_stand_in, offer, actor_id=ids[1]),
            ],
        )
        assert answers.count(None) == 1
        wish = wish_of(wish_id)
        assert wish.places_taken == len(holders(wish_id))
        full = wish.places_taken == 1
        assert wish.state == (WishState.FILLED if full else WishState.OPEN)
