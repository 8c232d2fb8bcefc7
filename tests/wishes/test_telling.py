"""通知认领人: only the people on this wish, and not too often."""

from __future__ import annotations

from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from foundation.db import db
from foundation.outbox import Message
from tests.makers import (
    make_colleague,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.races import at_once
from tests.stored import count
from wishes.models import WishMessage
from wishes.refusals import WishNotFound
from wishes.refusals.changes import NobodyToTell, ToldEnough
from wishes.services.claiming import claim_for_unit, claim_wish, withdraw
from wishes.services.telling import write_to_people


def told() -> set[int]:
    return set(db.session.scalars(select(Message.user_id).where(Message.kind == "wish_message")))


@pytest.mark.usefixtures("app")
class TestTelling:
    def test_claimants_named_people_and_coordinators_are_told_and_nobody_else(self) -> None:
        unit = make_unit()
        boss, colleague = make_coordinator(unit=unit).id, make_colleague(unit=unit).id
        wish = make_wish(headcount=5)
        wish_id, by = wish.id, wish.created_by_id
        person, gone = make_volunteer().id, make_volunteer().id
        claim_wish(wish_id, actor_id=person)
        withdraw(claim_wish(wish_id, actor_id=gone), actor_id=gone)
        claim_wish(make_wish().id, actor_id=make_volunteer().id)
        claim_for_unit(wish_id, actor_id=boss, organisation_id=unit.id, places=2, named=[colleague])
        assert write_to_people(wish_id, actor_id=by, text="请带水") == 3
        assert told() == {person, boss, colleague}
        assert db.session.scalars(select(WishMessage.text)).one() == "请带水"

    def test_nobody_on_it_nobody_told(self) -> None:
        wish = make_wish()
        with pytest.raises(NobodyToTell):
            write_to_people(wish.id, actor_id=wish.created_by_id, text="请带水")

    def test_by_a_stranger(self) -> None:
        wish = make_wish()
        other = make_worker(community=make_wish().community)
        with pytest.raises(WishNotFound):
            write_to_people(wish.id, actor_id=other.id, text="请带水")


@pytest.mark.race
def test_three_a_day_also_when_pressed_at_once(app: Flask) -> None:
    wish = make_wish()
    wish_id, by = wish.id, wish.created_by_id
    claim_wish(wish_id, actor_id=make_volunteer().id)
    answers = at_once(app, [partial(write_to_people, wish_id, actor_id=by, text="x")] * 5)
    assert (answers.count(None), answers.count(ToldEnough)) == (3, 2)
    assert count(WishMessage) == 3
