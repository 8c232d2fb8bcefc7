"""Two coordinators, one wish; a larger block against volunteers: the tables decide."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts.services.coordinators import step_down
from foundation.db import db
from foundation.refusal import Refusal
from tests.makers import make_coordinator, make_unit, make_volunteer, make_wish
from wishes.models import Claim, Wish
from wishes.refusals import UnitAlreadyClaimed
from wishes.services.blocks import change_number
from wishes.services.claiming import claim_for_unit, claim_wish

pytestmark = pytest.mark.race


def at_once(app: Flask, errands: list[Callable[[], object]]) -> list[type | None]:
    """All errands at the same moment; what each was refused with."""
    gate = threading.Barrier(len(errands))

    def one(do: Callable[[], object]) -> type | None:
        with app.app_context():
            gate.wait(10)
            try:
                do()
            except Refusal as refusal:
                return type(refusal)
            finally:
                db.session.remove()
            return None

    db.session.rollback()
    with ThreadPoolExecutor(len(errands)) as pool:
        answers = list(pool.map(one, errands))
    db.session.expire_all()
    return answers


def test_two_coordinators_at_once_are_one_claim(app: Flask) -> None:
    unit = make_unit()
    bosses = [make_coordinator(unit=unit).id for _n in range(2)]
    wish_id, unit_id = make_wish(headcount=9).id, unit.id
    answers = at_once(
        app,
        [
            lambda boss=boss: claim_for_unit(  # type: ignore[misc]  # mypy and lambda defaults
                wish_id, actor_id=boss, organisation_id=unit_id, places=3
            )
            for boss in bosses
        ],
    )
    assert sorted(answers, key=str) == sorted([None, UnitAlreadyClaimed], key=str)
    assert db.session.get_one(Wish, wish_id).places_taken == 3


def test_a_larger_block_and_volunteers_never_oversell(app: Flask) -> None:
    unit = make_unit()
    boss = make_coordinator(unit=unit).id
    wish_id = make_wish(headcount=6).id
    claim_id = claim_for_unit(wish_id, actor_id=boss, organisation_id=unit.id, places=1)
    people = [make_volunteer().id for _n in range(5)]
    errands: list[Callable[[], object]] = [
        lambda who=who: claim_wish(wish_id, actor_id=who)  # type: ignore[misc]  # the same
        for who in people
    ]
    errands.insert(2, lambda: change_number(claim_id, actor_id=boss, places=4))
    at_once(app, errands)
    held = db.session.execute(select(func.sum(Claim.places)).where(Claim.live)).scalar_one()
    wish = db.session.get_one(Wish, wish_id)
    assert wish.places_taken == held <= 6
    assert held >= 4


def test_two_coordinators_who_leave_at_once_leave_one(app: Flask) -> None:
    unit = make_unit()
    unit_id, bosses = unit.id, [make_coordinator(unit=unit).id for _n in range(2)]
    answers = at_once(
        app,
        [lambda boss=boss: step_down(unit_id, actor_id=boss) for boss in bosses],  # type: ignore[misc]  # the same
    )
    assert answers.count(None) == 1
