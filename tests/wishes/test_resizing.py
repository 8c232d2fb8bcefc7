"""改人数: raising opens, lowering never takes a place from anybody, not even in a race."""

from __future__ import annotations

from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from foundation.db import db
from tests.makers import make_volunteer, make_wish
from tests.races import at_once
from wishes.models import Claim, Wish
from wishes.refusals import TooFewPlacesLeft, WishIsFull
from wishes.refusals.changes import BelowTaken, NumberUnchanged
from wishes.refusals.publishing import NoLongerEditable
from wishes.rules.life import WishState
from wishes.services.claiming import claim_wish
from wishes.services.resizing import change_headcount


def taken_wish(headcount: int, names: tuple[str, ...]) -> tuple[int, int]:
    """A wish with these people on it, and its author."""
    wish = make_wish(headcount=headcount)
    ids = wish.id, wish.created_by_id
    for name in names:
        claim_wish(ids[0], actor_id=make_volunteer(name=name).id)
    return ids


@pytest.mark.usefixtures("app")
class TestResizing:
    def test_a_full_wish_with_more_places_opens_again(self) -> None:
        wish_id, by = taken_wish(1, ("韩冰",))
        change_headcount(wish_id, actor_id=by, headcount=3)
        wish = db.session.get_one(Wish, wish_id)
        assert (wish.state, wish.headcount, wish.places_taken) == (WishState.OPEN, 3, 1)
        claim_wish(wish_id, actor_id=make_volunteer().id, places=2)

    def test_down_to_who_is_on_it_the_wish_is_full(self) -> None:
        wish_id, by = taken_wish(4, ("韩冰", "王喆"))
        change_headcount(wish_id, actor_id=by, headcount=2)
        assert db.session.get_one(Wish, wish_id).state == WishState.FILLED

    def test_below_that_is_refused_with_the_names(self) -> None:
        wish_id, by = taken_wish(4, ("韩冰", "王喆"))
        with pytest.raises(BelowTaken, match="韩冰、王喆"):
            change_headcount(wish_id, actor_id=by, headcount=1)
        assert db.session.get_one(Wish, wish_id).headcount == 4

    def test_the_same_number_is_no_change(self) -> None:
        wish_id, by = taken_wish(4, ())
        with pytest.raises(NumberUnchanged):
            change_headcount(wish_id, actor_id=by, headcount=4)

    def test_what_is_over_has_no_new_number(self) -> None:
        wish = make_wish(state=WishState.VERIFIED)
        with pytest.raises(NoLongerEditable):
            change_headcount(wish.id, actor_id=wish.created_by_id, headcount=4)


@pytest.mark.race
@pytest.mark.parametrize(("before", "after"), [(4, 2), (2, 4), (3, 2)])
def test_a_change_against_claims_keeps_number_and_state_true(
    app: Flask, before: int, after: int
) -> None:
    for _round in range(3):
        wish = make_wish(headcount=before)
        wish_id, by = wish.id, wish.created_by_id
        claimants = [make_volunteer().id for _n in range(4)]
        errands = [partial(claim_wish, wish_id, actor_id=who) for who in claimants]
        resize = partial(change_headcount, wish_id, actor_id=by, headcount=after)
        answers = at_once(app, [*errands[:2], resize, *errands[2:]])
        assert set(answers) <= {None, WishIsFull, TooFewPlacesLeft, BelowTaken}
        held = db.session.execute(
            select(func.coalesce(func.sum(Claim.places), 0)).where(
                Claim.wish_id == wish_id, Claim.live
            )
        ).scalar_one()
        wish = db.session.get_one(Wish, wish_id)
        assert wish.places_taken == held
        assert held <= (wish.headcount or 0)
        full = wish.places_taken == wish.headcount
        assert wish.state == (WishState.FILLED if full else WishState.OPEN)
