"""Places under a crowd that does everything at once, at random: the sums always agree."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from foundation import clock
from foundation.db import db
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
from wishes.models import Claim, Commitment, Place, Wish
from wishes.rules.life import WishState
from wishes.services.absence import cannot_come
from wishes.services.blocks import change_number
from wishes.services.cancelling import cancel_wish
from wishes.services.claiming import claim_for_unit, claim_wish, withdraw
from wishes.services.naming import name_people, unname
from wishes.services.releasing import release_unnamed_of

pytestmark = pytest.mark.race
CROWD, STEPS = 5, 24
Act = Callable[[], object]


class Crowd:
    """People, units and two wishes; `act` draws one thing that somebody does."""

    def __init__(self) -> None:
        community = make_community()
        self.worker = make_worker(community=community).id
        starts = clock.now() + timedelta(days=2)
        self.wishes = [
            make_wish(community=community, headcount=count, starts_at=starts).id
            for count in (3, 5)
        ]  # fmt: skip
        self.people = [make_volunteer().id for _n in range(4)]
        self.units = []
        for _n in range(2):
            unit = make_unit()
            colleagues = [make_colleague(unit=unit).id for _m in range(3)]
            self.units.append((unit.id, make_coordinator(unit=unit).id, colleagues))

    def act(self, dice: random.Random) -> Act:
        """One thing to do, drawn now; it may be refused by the time it is done."""
        wish, person = dice.choice(self.wishes), dice.choice(self.people)
        unit, boss, colleagues = dice.choice(self.units)
        places = dice.randint(1, 3)
        claim = self.any_of(dice, Claim, Claim.wish_id == wish)
        place = self.any_of(dice, Place, Place.wish_id == wish)
        who = dice.choice([person, boss])
        drawn: Act = dice.choice(
            [
                lambda: claim_wish(wish, actor_id=person, places=places),
                lambda: claim_for_unit(
                    wish, actor_id=boss, organisation_id=unit, places=places,
                    named=colleagues[: dice.randint(0, 1)],
                ),
                lambda: withdraw(claim, actor_id=who),
                lambda: change_number(claim, actor_id=who, places=places),
                lambda: name_people(claim, actor_id=who, user_ids=[dice.choice(colleagues)]),
                lambda: unname(place, actor_id=who),
                lambda: cannot_come(wish, actor_id=dice.choice([person, *colleagues])),
                lambda: release_unnamed_of(claim),
            ]
        )  # fmt: skip
        return drawn

    def any_of(self, dice: random.Random, model: Any, *where: Any) -> int:
        """The id of a live row, or one that is not there."""
        ids = list(db.session.scalars(select(model.id).where(model.live, *where)))
        db.session.rollback()
        return dice.choice(ids) if ids else 0


def everybody(app: Flask, crowd: Crowd, seed: int, last: list[Act]) -> Counter[str]:
    """Each acts STEPS times at random; then `last` all at once among them. Counts answers."""
    answers: Counter[str] = Counter()
    gate = threading.Barrier(CROWD + len(last))

    def one(number: int) -> None:
        dice = random.Random(seed * 100 + number)
        with app.app_context():
            for step in range(STEPS):
                if step == STEPS // 2:
                    gate.wait(30)
                answers[tried(crowd.act(dice))] += 1
            db.session.remove()

    def at_the_end(act: Act) -> None:
        with app.app_context():
            gate.wait(30)
            answers[tried(act)] += 1
            db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(CROWD + len(last)) as pool:
        jobs = [pool.submit(one, number) for number in range(CROWD)]
        jobs += [pool.submit(at_the_end, act) for act in last]
        for job in jobs:
            job.result(60)
    db.session.expire_all()
    return answers


def tried(act: Act) -> str:
    try:
        act()
    except Refusal as refusal:
        return type(refusal).__name__
    except Exception as error:
        return f"ERROR {type(error).__name__}: {str(error)[:90]}"
    return "done"


def ensure_sums(wish_ids: list[int]) -> None:
    """What the tables promise about places, for each wish."""
    for wish in db.session.scalars(select(Wish).where(Wish.id.in_(wish_ids))):
        claims = list(db.session.scalars(select(Claim).where(Claim.wish_id == wish.id, Claim.live)))
        assert wish.places_taken == sum(claim.places for claim in claims)
        assert wish.headcount is not None
        assert wish.places_taken <= wish.headcount
        if wish.state in (WishState.OPEN, WishState.FILLED):
            full = wish.places_taken == wish.headcount
            assert (wish.state == WishState.FILLED) is full
        else:
            assert claims == []
        assert all(len(claim.named) <= claim.places for claim in claims)
        live = {claim.id for claim in claims}
        seated = select(Place.claim_id).where(Place.wish_id == wish.id, Place.live)
        assert set(db.session.scalars(seated)) <= live
    apart = (
        select(func.count())
        .select_from(Commitment)
        .join(Place, Place.id == Commitment.place_id)
        .where(Commitment.live != Place.live)
    )
    assert db.session.execute(apart).scalar_one() == 0


@pytest.mark.parametrize("seed", [1, 2])
def test_the_sums_agree_whatever_a_crowd_does(app: Flask, seed: int) -> None:
    crowd = Crowd()
    answers = everybody(app, crowd, seed, [])
    assert [name for name in answers if name.startswith("ERROR")] == []
    assert answers["done"] > CROWD
    ensure_sums(crowd.wishes)


def test_cancelling_in_the_middle_of_it_ends_every_claim(app: Flask) -> None:
    crowd = Crowd()
    cancels: list[Act] = [
        lambda: cancel_wish(crowd.wishes[0], actor_id=crowd.worker, why="停电"),
        lambda: cancel_wish(crowd.wishes[1], actor_id=crowd.worker, why="下雨"),
    ]
    answers = everybody(app, crowd, 3, cancels)
    assert [name for name in answers if name.startswith("ERROR")] == []
    states = set(db.session.scalars(select(Wish.state).where(Wish.id.in_(crowd.wishes))))
    assert states == {WishState.CANCELLED}
    ensure_sums(crowd.wishes)
