"""Two phones, one person: the same check-in twice at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from foundation.db import db
from foundation.refusal import Refusal
from tests.makers import make_volunteer
from tests.wishes.on_the_day import code_of, go, now, seated
from wishes.models import Attendance, AttendanceEvent, CodeTry, WishEvent
from wishes.refusals.attendance import AlreadyHere, TooManyTries, WrongCode
from wishes.services.attending import arrive
from wishes.services.claiming import claim_wish

__all__ = ["now"]
pytestmark = pytest.mark.race


def at_once(app: Flask, wish_id: int, tries: list[tuple[int, str]]) -> list[type | None]:
    """All of them at the same moment; what each was answered."""
    gate = threading.Barrier(len(tries))

    def one(actor_id: int, code: str) -> type | None:
        with app.app_context():
            gate.wait(10)
            try:
                arrive(wish_id, actor_id=actor_id, code=code)
            except Refusal as refusal:
                return type(refusal)
            finally:
                db.session.remove()
            return None

    db.session.rollback()
    with ThreadPoolExecutor(len(tries)) as pool:
        answers = list(pool.map(lambda each: one(*each), tries))
    db.session.expire_all()
    return answers


def count(model: type) -> int:
    return db.session.execute(select(func.count()).select_from(model)).scalar_one()


def test_the_same_person_twice_at_once_is_one_row(app: Flask, now: time_machine.Traveller) -> None:
    wish_id, person = seated()
    go(now, 0)
    answers = at_once(app, wish_id, [(person.id, code_of(wish_id))] * 2)
    assert sorted(answers, key=str) == sorted([None, AlreadyHere], key=str)
    assert (count(Attendance), count(AttendanceEvent)) == (1, 1)


def test_many_at_once_start_the_service_once(app: Flask, now: time_machine.Traveller) -> None:
    wish_id, person = seated(headcount=6)
    people = [person.id, *(make_volunteer().id for _n in range(5))]
    for user_id in people[1:]:
        claim_wish(wish_id, actor_id=user_id)
    go(now, 0)
    code = code_of(wish_id)
    assert at_once(app, wish_id, [(user_id, code) for user_id in people]) == [None] * 6
    starts = select(func.count()).select_from(WishEvent).where(WishEvent.what == "start")
    assert (count(Attendance), db.session.execute(starts).scalar_one()) == (6, 1)


def test_guesses_at_once_are_all_counted(app: Flask, now: time_machine.Traveller) -> None:
    wish_id, person = seated()
    go(now, 0)
    answers = at_once(app, wish_id, [(person.id, str(n)) for n in range(4)])
    assert set(answers) <= {WrongCode, TooManyTries}
    assert db.session.scalars(select(CodeTry.failures)).one() == 4
