"""A draft that goes straight to whoever takes it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from tests.makers import make_coordinator, make_unit, make_volunteer, make_wish
from wishes.models import Claim, Commitment, Place, Wish, WishEvent
from wishes.refusals import BusyThen, WishCannotMove
from wishes.refusals.publishing import WishIncomplete
from wishes.rules.life import WishMove, WishState
from wishes.services.claiming import claim_wish
from wishes.services.dispatching import dispatch_draft

pytestmark = pytest.mark.usefixtures("app")


@errand
def give(wish_id: int, user_id: int, organisation_id: int | None = None) -> int:
    return dispatch_draft(
        wish_id, claimed_by_id=user_id, organisation_id=organisation_id, actor_id=user_id,
        at=clock.now(),
    )  # fmt: skip


def test_a_person_takes_a_whole_draft_and_sits_on_it() -> None:
    person, wish = make_volunteer(), make_wish(state=WishState.DRAFT, headcount=2)
    claim_id = give(wish.id, person.id)
    kept = db.session.get_one(Wish, wish.id)
    assert (kept.state, kept.places_taken) == (WishState.FILLED, 2)
    assert db.session.get_one(Claim, claim_id).places == 2
    assert db.session.scalars(select(Place.user_id)).all() == [person.id]
    assert db.session.scalars(select(Commitment.user_id)).all() == [person.id]
    event = db.session.scalars(select(WishEvent)).one()
    assert (event.what, event.from_state, event.to_state) == (
        WishMove.DISPATCH, WishState.DRAFT, WishState.FILLED,
    )  # fmt: skip


def test_a_unit_takes_it_and_names_its_people_later() -> None:
    unit = make_unit()
    boss, wish = make_coordinator(unit=unit), make_wish(state=WishState.DRAFT, headcount=3)
    claim_id = give(wish.id, boss.id, unit.id)
    assert db.session.get_one(Claim, claim_id).organisation_id == unit.id
    assert db.session.scalars(select(Place)).all() == []


def test_what_is_on_the_wall_is_not_dispatched() -> None:
    wish = make_wish()
    with pytest.raises(WishCannotMove):
        give(wish.id, make_volunteer().id)
    assert db.session.get_one(Wish, wish.id).places_taken == 0


def test_an_unfinished_draft_stays_a_draft() -> None:
    wish = make_wish(state=WishState.DRAFT, public_place="")
    with pytest.raises(WishIncomplete):
        give(wish.id, make_volunteer().id)
    assert db.session.get_one(Wish, wish.id).state == WishState.DRAFT


def test_nobody_is_sent_to_two_places_at_once() -> None:
    person = make_volunteer()
    claim_wish(make_wish().id, actor_id=person.id)
    draft = make_wish(state=WishState.DRAFT)
    with pytest.raises(BusyThen):
        give(draft.id, person.id)
    kept = db.session.get_one(Wish, draft.id)
    assert (kept.state, kept.places_taken) == (WishState.DRAFT, 0)
