"""Verifiers at the same moment: one decision per report, every minute once, no deadlock."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from foundation.db import db
from love_bank.models import Entry
from love_bank.services.auditing import audit_book
from tests.makers import make_community, make_volunteer, make_worker
from tests.races import at_once
from tests.served import (
    make_attendance,
    make_reported_wish,
    make_served_wish,
    served_minutes,
    yesterday,
)
from tests.stored import count
from wishes.models import Verification
from wishes.refusals import WishCannotMove
from wishes.rules.proof import Decision
from wishes.services.completing import verify
from wishes.services.reporting import hand_in_report

pytestmark = pytest.mark.race


def decide(
    wish_id: int, actor_id: int, decision: Decision = Decision.ACCEPTED
) -> Callable[[], object]:
    return partial(verify, wish_id, actor_id=actor_id, decision=decision, reason="看不清")


@pytest.mark.parametrize("second", [Decision.ACCEPTED, Decision.AGAIN, Decision.REJECTED])
def test_of_two_verifiers_one_decides(app: Flask, second: Decision) -> None:
    wish = make_reported_wish()
    one, other = (make_worker(community=wish.community).id for _n in range(2))
    answers = at_once(app, [decide(wish.id, one), decide(wish.id, other, second)])
    assert sorted(answers, key=str) == sorted([None, WishCannotMove], key=str)
    assert count(Verification) == 1
    accepted = db.session.scalars(select(Verification.decision)).one() == Decision.ACCEPTED
    assert count(Entry) == (1 if accepted else 0)


def test_the_same_people_on_many_wishes_do_not_deadlock(app: Flask) -> None:
    community = make_community()
    reporter = make_worker(community=community)
    people = [make_volunteer() for _n in range(4)]
    tries = []
    for day in range(6):
        wish = make_served_wish(community=community, headcount=4, starts_at=yesterday(6 + day))
        for person in people if day % 2 else reversed(people):
            make_attendance(wish, person)
        hand_in_report(wish.id, actor_id=reporter.id, text="做了")
        tries.append(decide(wish.id, make_worker(community=community).id))
    assert at_once(app, tries) == [None] * 6
    assert [served_minutes(person) for person in people] == [360] * 4
    assert audit_book() == []
