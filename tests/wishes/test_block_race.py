"""Two coordinators, one wish; a larger block against volunteers: the tables decide."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts.services.coordinators import step_down
from foundation.db import db
from tests.makers import make_coordinator, make_unit, make_volunteer, make_wish
from tests.races import at_once
from wishes.models import Claim, Wish
from wishes.refusals import UnitAlreadyClaimed
from wishes.services.blocks import change_number
from wishes.services.claiming import claim_for_unit, claim_wish

pytestmark = pytest.mark.race


def test_two_coordinators_at_once_are_one_claim(app: Flask) -> None:
    unit = make_unit()
    bosses = [make_coordinator(unit=unit).id for _n in range(2)]
    wish_id, unit_id = make_wish(headcount=9).id, unit.id
    claims = [
        partial(claim_for_unit, wish_id, actor_id=boss, organisation_id=unit_id, places=3)
        for boss in bosses
    ]
    answers = at_once(app, claims)
    assert sorted(answers, key=str) == sorted([None, UnitAlreadyClaimed], key=str)
    assert db.session.get_one(Wish, wish_id).places_taken == 3


def test_a_larger_block_and_volunteers_never_oversell(app: Flask) -> None:
    unit = make_unit()
    boss = make_coordinator(unit=unit).id
    wish_id = make_wish(headcount=6).id
    claim_id = claim_for_unit(wish_id, actor_id=boss, organisation_id=unit.id, places=1)
    people = [make_volunteer().id for _n in range(5)]
    errands: list[Callable[[], object]] = [
        partial(claim_wish, wish_id, actor_id=who) for who in people
    ]
    errands.insert(2, partial(change_number, claim_id, actor_id=boss, places=4))
    at_once(app, errands)
    held = db.session.execute(select(func.sum(Claim.places)).where(Claim.live)).scalar_one()
    wish = db.session.get_one(Wish, wish_id)
    assert wish.places_taken == held <= 6
    assert held >= 4


def test_two_coordinators_who_leave_at_once_leave_one(app: Flask) -> None:
    unit = make_unit()
    unit_id, bosses = unit.id, [make_coordinator(unit=unit).id for _n in range(2)]
    answers = at_once(app, [partial(step_down, unit_id, actor_id=boss) for boss in bosses])
    assert answers.count(None) == 1
