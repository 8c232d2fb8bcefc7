"""Two workers in the same minute: what is due happens once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from foundation.db import db
from foundation.outbox import Message
from tests.makers import make_coordinator, make_unit, make_wish
from tests.wishes.on_the_day import START, at, go, now
from wishes.models import Wish
from wishes.services.claiming import claim_for_unit
from wishes.services.clocks import Done, run_due

__all__ = ["now"]
pytestmark = pytest.mark.race


def test_two_workers_release_and_expire_once(app: Flask, now: time_machine.Traveller) -> None:
    unit = make_unit()
    boss = make_coordinator(unit=unit)
    held = make_wish(headcount=3, starts_at=START).id
    claim_for_unit(held, actor_id=boss.id, organisation_id=unit.id, places=2)
    make_wish(starts_at=at(-120))
    go(now, -30)
    gate = threading.Barrier(2)

    def work(_worker: int) -> Done:
        with app.app_context():
            gate.wait(10)
            try:
                return run_due()
            finally:
                db.session.remove()

    db.session.rollback()
    with ThreadPoolExecutor(2) as pool:
        rounds = list(pool.map(work, range(2)))
    assert sum(done.places_released for done in rounds) == 2
    assert sum(done.wishes_expired for done in rounds) == 1
    db.session.expire_all()
    assert db.session.get_one(Wish, held).places_taken == 0
    kinds = select(Message.kind, func.count()).group_by(Message.kind)
    told = {row[0]: row[1] for row in db.session.execute(kinds)}
    assert (told["released"], told["expired"]) == (1, 1)
