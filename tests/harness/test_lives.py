"""Random lives of a wish against a plain model: claims, the line, the number, and the end.

LIVES=5000 drives more of them; the suite drives a few.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from foundation import clock
from foundation.db import db, in_a_hurry
from foundation.refusal import Refusal
from tests.makers import make_community, make_volunteer, make_wish, make_worker
from wishes.models import Claim, Commitment, Place, Waiting, Wish
from wishes.rules.life import WishState
from wishes.rules.waiting import LineState
from wishes.services import freeing
from wishes.services.cancelling import cancel_wish
from wishes.services.claiming import claim_wish, withdraw
from wishes.services.resizing import change_headcount
from wishes.services.waiting import accept_offer, join_line, lapse_offer, leave_line

LIVES = int(os.environ.get("LIVES", "20"))
PEOPLE = st.integers(0, 4)
A_WHILE = timedelta(hours=26)  # longer than any offer is held, nights included


class Model:
    """What a wish's places should be, in a few lines."""

    def __init__(self, headcount: int) -> None:
        self.headcount = headcount
        self.claims: dict[int, int] = {}
        self.line: list[int] = []
        self.held: list[int] = []
        self.is_cancelled = False

    @property
    def free(self) -> int:
        """Places that nobody has and nobody is offered."""
        return self.headcount - sum(self.claims.values()) - len(self.held)

    def offer(self) -> None:
        """What is free goes along the line."""
        while self.free > 0 and self.line:
            self.held.append(self.line.pop(0))

    def knows(self, who: int) -> bool:
        """Whether the person is on it or waits for it."""
        return who in self.claims or who in self.line or who in self.held


class Lives(RuleBasedStateMachine):
    """One wish, five people, a worker; every step is the product's own errand."""

    def __init__(self) -> None:
        super().__init__()
        db.session.rollback()
        community = make_community()
        self.worker = make_worker(community=community).id
        self.people = [make_volunteer(home=community).id for _ in range(5)]
        starts = clock.now() + timedelta(days=90)
        self.wish_id = make_wish(community=community, headcount=2, starts_at=starts).id
        self.at: datetime = clock.now()
        self.claim_ids: dict[int, int] = {}
        self.turn_ids: dict[int, int] = {}
        self.model = Model(2)

    def tried(self, errand: object, expected: bool) -> int | None:
        """Run an errand; it succeeds when the model says so, and is refused in words otherwise."""
        done, answer = False, None
        with suppress(Refusal), clock.at(self.at):
            answer = errand()  # type: ignore[operator]  # a lambda of a service
            done = True
        db.session.rollback()
        assert done == (expected and not self.model.is_cancelled)
        return answer if done else None

    @rule(who=PEOPLE, places=st.integers(1, 2))
    def claim(self, who: int, places: int) -> None:
        """Somebody takes places."""
        model = self.model
        may = who not in model.claims and who not in model.held and model.free >= places
        claim_id = self.tried(
            lambda: claim_wish(self.wish_id, actor_id=self.people[who], places=places), may
        )
        if claim_id is not None:
            self.claim_ids[who], model.claims[who] = claim_id, places

    @rule(who=PEOPLE)
    def give_back(self, who: int) -> None:
        """Somebody withdraws."""
        claim_id = self.claim_ids.get(who)
        if claim_id is None:
            return
        errand = lambda: withdraw(claim_id, actor_id=self.people[who])  # noqa: E731 - one line
        if self.tried(errand, who in self.model.claims) is not None:
            del self.model.claims[who]
            self.model.offer()

    @rule(number=st.integers(1, 5))
    def resize(self, number: int) -> None:
        """The worker makes it larger or smaller."""
        model = self.model
        taken = model.headcount - model.free
        errand = lambda: change_headcount(  # noqa: E731 - one line
            self.wish_id, actor_id=self.worker, headcount=number
        )
        if self.tried(errand, number != model.headcount and number >= taken) is not None:
            model.headcount = number
            model.offer()

    @rule(who=PEOPLE)
    def wait(self, who: int) -> None:
        """Somebody gets in line for a full wish."""
        model = self.model
        turn_id = self.tried(
            lambda: join_line(self.wish_id, actor_id=self.people[who]),
            model.free == 0 and not model.knows(who),
        )
        if turn_id is not None:
            self.turn_ids[who] = turn_id
            model.line.append(who)

    @rule(who=PEOPLE)
    def leave(self, who: int) -> None:
        """Somebody leaves the line, or says no to a place."""
        turn_id, model = self.turn_ids.get(who), self.model
        if turn_id is None:
            return
        waits = who in model.line or who in model.held
        errand = lambda: leave_line(turn_id, actor_id=self.people[who])  # noqa: E731 - one line
        if self.tried(errand, waits) is not None:
            (model.line if who in model.line else model.held).remove(who)
            model.offer()

    @rule(who=PEOPLE)
    def accept(self, who: int) -> None:
        """Somebody takes the place that is held for them."""
        turn_id, model = self.turn_ids.get(who), self.model
        if turn_id is None:
            return
        errand = lambda: accept_offer(turn_id, actor_id=self.people[who])  # noqa: E731 - one line
        claim_id = self.tried(errand, who in model.held)
        if claim_id is not None:
            model.held.remove(who)
            self.claim_ids[who], model.claims[who] = claim_id, 1

    @rule()
    def time_passes(self) -> None:
        """A day goes by: what was held lapses, and goes to the next."""
        self.at += A_WHILE
        model = self.model
        for who in list(model.held):
            with clock.at(self.at):
                assert lapse_offer(self.turn_ids[who])
                assert not lapse_offer(self.turn_ids[who])  # never twice
            db.session.rollback()
            model.held.remove(who)
            model.offer()

    @rule(sure=st.integers(0, 9))
    def cancel(self, sure: int) -> None:
        """Now and then the worker calls it off: everything on it ends."""
        if sure:
            return
        errand = lambda: cancel_wish(  # noqa: E731 - one line
            self.wish_id, actor_id=self.worker, why="停电"
        )
        self.tried(errand, True)
        self.model.is_cancelled = True
        self.model.claims, self.model.line, self.model.held = {}, [], []

    @invariant()
    def tables_say_what_the_model_says(self) -> None:
        """Places, claims, names, plans, turns and the state, all of them."""
        model, wish = self.model, db.session.get_one(Wish, self.wish_id, populate_existing=True)
        claims = db.session.execute(
            select(Claim.claimed_by_id, Claim.places).where(
                Claim.wish_id == self.wish_id, Claim.live
            )
        )
        assert {row[0]: row[1] for row in claims} == {
            self.people[who]: places for who, places in model.claims.items()
        }
        assert self.turns(LineState.WAITING) == [self.people[who] for who in model.line]
        assert sorted(self.turns(LineState.OFFERED)) == sorted(
            self.people[who] for who in model.held
        )
        seats = (
            select(func.count()).select_from(Place).where(Place.wish_id == self.wish_id, Place.live)
        )
        plans = (
            select(func.count())
            .select_from(Commitment)
            .join(Place)
            .where(Place.wish_id == self.wish_id, Commitment.live)
        )
        assert db.session.scalar(seats) == db.session.scalar(plans) == len(model.claims)
        if model.is_cancelled:
            assert wish.state == WishState.CANCELLED
        else:
            assert wish.places_taken == model.headcount - model.free
            assert wish.state == (WishState.OPEN if model.free else WishState.FILLED)
        db.session.rollback()

    def turns(self, state: LineState) -> list[int]:
        """Who stands so in the line, in its order."""
        query = select(Waiting.user_id).where(
            Waiting.wish_id == self.wish_id, Waiting.state == state
        )
        return [each for each in db.session.scalars(query.order_by(Waiting.id)) if each]


def drive(lives: int) -> None:
    """So many lives, without waiting for the disk."""
    with in_a_hurry():
        run_state_machine_as_test(
            Lives,
            settings=settings(
                max_examples=lives, stateful_step_count=25, deadline=None, database=None,
                phases=[Phase.generate], suppress_health_check=list(HealthCheck),
            ),
        )  # fmt: skip


@pytest.mark.timeout(3600)
@pytest.mark.usefixtures("app")
def test_random_lives_and_the_tables_agree() -> None:
    drive(LIVES)


@pytest.mark.parametrize("migrated_app", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("app")
def test_a_line_that_is_passed_over_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freeing, "_offer", lambda *_args, **_more: 0)
    life = Lives()
    life.claim(who=0, places=2)
    life.wait(who=1)
    life.tables_say_what_the_model_says()
    life.give_back(who=0)
    with pytest.raises(AssertionError):
        life.tables_say_what_the_model_says()
