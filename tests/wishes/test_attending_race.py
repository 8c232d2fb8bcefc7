"""Two phones, one person: the same check-in twice at once."""

from __future__ import annotations

from functools import partial

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from foundation.db import db
from tests.makers import make_volunteer
from tests.races import at_once
from tests.stored import count
from tests.wishes.on_the_day import code_of, go, now, seated
from wishes.models import Attendance, AttendanceEvent, CodeTry, WishEvent
from wishes.refusals.attendance import AlreadyHere, TooManyTries, WrongCode
from wishes.services.attending import arrive
from wishes.services.claiming import claim_wish

__all__ = ["now"]
pytestmark = pytest.mark.race


def test_the_same_person_twice_at_once_is_one_row(app: Flask, now: time_machine.Traveller) -> None:
    wish_id, person = seated()
    go(now, 0)
    tries = [partial(arrive, wish_id, actor_id=person.id, code=code_of(wish_id))] * 2
    answers = at_once(app, tries)
    assert sorted(answers, key=str) == sorted([None, AlreadyHere], key=str)
    assert (count(Attendance), count(AttendanceEvent)) == (1, 1)


def test_many_at_once_start_the_service_once(app: Flask, now: time_machine.Traveller) -> None:
    wish_id, person = seated(headcount=6)
    people = [person.id, *(make_volunteer().id for _n in range(5))]
    for user_id in people[1:]:
        claim_wish(wish_id, actor_id=user_id)
    go(now, 0)
    code = code_of(wish_id)
    tries = [partial(arrive, wish_id, actor_id=user_id, code=code) for user_id in people]
    assert at_once(app, tries) == [None] * 6
    starts = select(func.count()).select_from(WishEvent).where(WishEvent.what == "start")
    assert (count(Attendance), db.session.execute(starts).scalar_one()) == (6, 1)


def test_guesses_at_once_are_all_counted(app: Flask, now: time_machine.Traveller) -> None:
    wish_id, person = seated()
    go(now, 0)
    tries = [partial(arrive, wish_id, actor_id=person.id, code=str(n)) for n in range(4)]
    answers = at_once(app, tries)
    assert set(answers) <= {WrongCode, TooManyTries}
    assert db.session.scalars(select(CodeTry.failures)).one() == 4
