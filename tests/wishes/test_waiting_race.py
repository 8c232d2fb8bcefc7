"""The line under two clicks at once, on both databases."""

from __future__ import annotations

from functools import partial

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from foundation.db import db
from tests.makers import make_volunteer, make_wish
from tests.races import at_once
from tests.wishes.in_line import full_wish, in_line, stands, state_of
from tests.wishes.on_the_day import START, now
from wishes.models import Claim, Waiting
from wishes.refusals import WishIsFull
from wishes.refusals.terms import QuotaReached
from wishes.refusals.waiting import OfferIsOver, PlacesAreFree
from wishes.rules.waiting import LineState
from wishes.services.claiming import claim_wish, withdraw
from wishes.services.waiting import accept_offer, join_line, lapse_offer, leave_line

__all__ = ["now"]
pytestmark = [pytest.mark.race, pytest.mark.usefixtures("now")]


def live_claims(wish_id: int) -> int:
    query = select(func.count()).where(Claim.wish_id == wish_id, Claim.live)
    return db.session.execute(query).scalar_one()


def claimant(claim_id: int) -> int:
    return db.session.get_one(Claim, claim_id).claimed_by_id


def test_two_places_two_offers_two_accept(app: Flask) -> None:
    wish_id, claims = full_wish(2)
    people = [(person.id, turn) for person, turn in in_line(wish_id, people=3)]
    for claim_id in claims:
        withdraw(claim_id, actor_id=claimant(claim_id))
    answers = at_once(
        app, [partial(accept_offer, turn, actor_id=person) for person, turn in people]
    )
    assert answers == [None, None, OfferIsOver]
    assert (live_claims(wish_id), stands(wish_id)) == (2, ("filled", 2, 1))


def test_one_person_accepts_twice(app: Flask) -> None:
    wish_id, claims = full_wish()
    ((person, turn),) = in_line(wish_id)
    person_id = person.id
    withdraw(claims[0], actor_id=claimant(claims[0]))
    answers = at_once(app, [lambda: accept_offer(turn, actor_id=person_id)] * 2)
    assert sorted(answers, key=str) == [OfferIsOver, None]
    assert (live_claims(wish_id), stands(wish_id)) == (1, ("filled", 1, 0))


def test_the_clock_and_the_person_at_the_last_moment(
    app: Flask, now: time_machine.Traveller
) -> None:
    wish_id, claims = full_wish()
    (person, turn), (_next, other) = in_line(wish_id, people=2)
    person_id = person.id
    withdraw(claims[0], actor_id=claimant(claims[0]))
    now.move_to(db.session.get_one(Waiting, turn).offer_until or START)
    at_once(
        app,
        [lambda: lapse_offer(turn), lambda: leave_line(turn, actor_id=person_id),
         lambda: lapse_offer(turn)],
    )  # fmt: skip
    assert state_of(turn) in (LineState.LAPSED, LineState.DECLINED)
    assert (state_of(other), stands(wish_id)) == (LineState.OFFERED, ("filled", 1, 1))


def test_stepping_back_while_somebody_joins_and_somebody_claims(app: Flask) -> None:
    wish_id, claims = full_wish()
    leaving = claimant(claims[0])
    joining, claiming = make_volunteer().id, make_volunteer().id
    _stepped, joined, claimed = at_once(
        app,
        [
            lambda: withdraw(claims[0], actor_id=leaving),
            lambda: join_line(wish_id, actor_id=joining),
            lambda: claim_wish(wish_id, actor_id=claiming),
        ],
    )
    turn = db.session.scalars(select(Waiting)).one_or_none()
    state, taken, in_queue = stands(wish_id)
    if joined is None and turn is not None:
        assert claimed in (None, WishIsFull)
        assert turn.state == (LineState.WAITING if claimed is None else LineState.OFFERED)
        assert (state, taken, in_queue) == ("filled", 1, 1)
    else:
        assert joined is PlacesAreFree
        assert (taken, in_queue) == (0 if claimed else 1, 0)


def test_a_quota_counts_two_tabs_one_by_one(app: Flask) -> None:
    app.config["QUOTA_DAY"] = 1
    try:
        person = make_volunteer().id
        wishes = [make_wish().id, make_wish(minutes=30).id]
        answers = at_once(
            app, [partial(claim_wish, wish_id, actor_id=person) for wish_id in wishes]
        )
    finally:
        app.config["QUOTA_DAY"] = 0
    assert sorted(answers, key=str) == [QuotaReached, None]
