"""Claiming: places, refusals, and what is stored."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from foundation.db import db
from foundation.outbox import Message
from tests.makers import (
    make_colleague,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_wish,
    tomorrow,
)
from tests.stored import count
from wishes.models import Claim, Place, Wish
from wishes.refusals import (
    AlreadyClaimed,
    BusyThen,
    NameTwice,
    NotAColleague,
    TooFewPlacesLeft,
    UnitAlreadyClaimed,
    WishIsFull,
)
from wishes.rules.life import WishState
from wishes.services.claiming import claim_for_unit, claim_wish, withdraw


@pytest.mark.usefixtures("app")
class TestClaimWish:
    def test_the_last_place_fills_the_wish(self) -> None:
        wish = make_wish(headcount=1)
        claim_wish(wish.id, actor_id=make_volunteer().id)
        assert db.session.get_one(Wish, wish.id).state == WishState.FILLED

    def test_a_full_wish_refuses_and_stores_nothing(self) -> None:
        wish = make_wish(headcount=1)
        claim_wish(wish.id, actor_id=make_volunteer().id)
        late = make_volunteer().id
        before = count(Claim), count(Message)
        with pytest.raises(WishIsFull):
            claim_wish(wish.id, actor_id=late)
        assert (count(Claim), count(Message)) == before

    def test_fewer_places_than_asked_says_how_many_are_left(self) -> None:
        wish = make_wish(headcount=2)
        with pytest.raises(TooFewPlacesLeft, match="2"):
            claim_wish(wish.id, actor_id=make_volunteer().id, places=3)

    def test_a_person_claims_a_wish_once(self) -> None:
        wish, person = make_wish(headcount=3), make_volunteer()
        claim_wish(wish.id, actor_id=person.id)
        with pytest.raises(AlreadyClaimed):
            claim_wish(wish.id, actor_id=person.id)

    def test_nobody_is_in_two_places_at_once(self) -> None:
        person = make_volunteer(name="王小明")
        first = make_wish(headcount=2, starts_at=tomorrow(9), minutes=90)
        second = make_wish(headcount=2, starts_at=tomorrow(10))
        claim_wish(first.id, actor_id=person.id)
        with pytest.raises(BusyThen, match="王小明"):
            claim_wish(second.id, actor_id=person.id)
        assert db.session.get_one(Wish, second.id).places_taken == 0

    def test_wishes_back_to_back_do_not_overlap(self) -> None:
        person = make_volunteer()
        claim_wish(make_wish(starts_at=tomorrow(9)).id, actor_id=person.id)
        claim_wish(make_wish(starts_at=tomorrow(10)).id, actor_id=person.id)
        assert count(Place) == 2

    def test_withdrawing_opens_a_filled_wish_again(self) -> None:
        wish, person = make_wish(headcount=1), make_volunteer()
        claim_id = claim_wish(wish.id, actor_id=person.id)
        withdraw(claim_id, actor_id=person.id)
        kept = db.session.get_one(Wish, wish.id)
        assert (kept.state, kept.places_taken) == (WishState.OPEN, 0)
        claim_wish(wish.id, actor_id=person.id)


@pytest.mark.usefixtures("app")
class TestClaimForUnit:
    def test_a_named_colleague_sits_on_one_of_the_places(self) -> None:
        unit = make_unit()
        boss, colleague = make_coordinator(unit=unit), make_colleague(unit=unit)
        wish = make_wish(headcount=3)
        claim_for_unit(
            wish.id, actor_id=boss.id, organisation_id=unit.id, places=2, named=[colleague.id]
        )
        assert [p.user_id for p in db.session.scalars(select(Place))] == [colleague.id]
        assert db.session.get_one(Wish, wish.id).places_taken == 2

    def test_a_stranger_cannot_be_named(self) -> None:
        unit = make_unit()
        boss, stranger = make_coordinator(unit=unit), make_volunteer(name="路人甲")
        with pytest.raises(NotAColleague, match="路人甲"):
            claim_for_unit(
                make_wish(headcount=2).id, actor_id=boss.id, organisation_id=unit.id, places=1,
                named=[stranger.id],
            )  # fmt: skip

    def test_a_unit_claims_once(self) -> None:
        unit = make_unit()
        boss, wish = make_coordinator(unit=unit), make_wish(headcount=5)
        claim_for_unit(wish.id, actor_id=boss.id, organisation_id=unit.id, places=1)
        with pytest.raises(UnitAlreadyClaimed):
            claim_for_unit(wish.id, actor_id=boss.id, organisation_id=unit.id, places=1)

    def test_a_name_sits_on_one_place_only(self) -> None:
        unit = make_unit()
        boss, colleague = make_coordinator(unit=unit), make_colleague(unit=unit)
        wish = make_wish(headcount=3)
        claim_wish(wish.id, actor_id=colleague.id)
        with pytest.raises(NameTwice):
            claim_for_unit(
                wish.id, actor_id=boss.id, organisation_id=unit.id, places=1,
                named=[colleague.id],
            )  # fmt: skip
