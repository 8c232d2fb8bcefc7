"""Places, claims, calendars and arrivals stay in step on the paths that came later."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from accounts.queries.rosters import find_entry_of
from foundation import clock
from foundation.db import db, transaction
from partner_units.services.leaving import remove_colleague
from tests.makers import make_colleague, make_coordinator, make_unit, make_volunteer, make_wish
from tests.wishes.in_line import full_wish
from tests.wishes.on_the_day import START, code_of, go, now, seated
from tests.wishes.recurring_days import start, wishes_of, words
from wishes.models import Claim, Commitment, NoShow, Place, Wish
from wishes.queries.places import get_claim_facts
from wishes.refusals import BusyThen
from wishes.refusals.attendance import HereAlready
from wishes.refusals.changes import NeedsNod, TimeJustChanged
from wishes.rules.changes import Plan
from wishes.rules.recurring import Freq, Rule
from wishes.services import claiming, series_claiming
from wishes.services.attending import arrive
from wishes.services.claiming import claim_for_unit, claim_wish, withdraw
from wishes.services.naming import name_people
from wishes.services.rescheduling import reschedule
from wishes.services.series_claiming import claim_series
from wishes.services.standing_in import accept_stand_in, ask_stand_in
from wishes.services.waiting import join_line

__all__ = ["now"]
pytestmark = pytest.mark.usefixtures("app", "now")
MOVED = Plan(START + timedelta(hours=5), START + timedelta(hours=6), "一网格")


def move_on(wish_id: int, plan: Plan = MOVED) -> None:
    wish = db.session.get_one(Wish, wish_id, populate_existing=True)
    by, version = wish.created_by_id, wish.version
    reschedule(wish_id, actor_id=by, version=version, plan=plan, why="下雨")


def test_who_claims_while_the_time_moves_sees_the_new_time_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wish_id, person = make_wish(starts_at=START).id, make_volunteer().id
    read = get_claim_facts(wish_id)
    move_on(wish_id)
    monkeypatch.setattr(claiming, "get_claim_facts", lambda _wish_id: read)
    with pytest.raises(TimeJustChanged):
        claim_wish(wish_id, actor_id=person)
    monkeypatch.undo()
    claim_wish(wish_id, actor_id=person)
    assert db.session.scalars(select(Commitment.starts_at)).one() == MOVED.starts_at


def test_who_has_checked_in_does_not_give_the_place_back(now: time_machine.Traveller) -> None:
    wish_id, person = seated()
    move_on(wish_id, Plan(START + timedelta(minutes=5), START + timedelta(minutes=65), "一网格"))
    claim_id = db.session.scalars(select(Claim.id).where(Claim.wish_id == wish_id)).one()
    go(now, -10)
    arrive(wish_id, actor_id=person.id, code=code_of(wish_id))
    with pytest.raises(HereAlready):
        withdraw(claim_id, actor_id=person.id)


def test_a_colleague_who_has_checked_in_keeps_the_place_when_leaving_the_unit(
    now: time_machine.Traveller,
) -> None:
    unit = make_unit()
    boss, person = make_coordinator(unit=unit).id, make_colleague(unit=unit).id
    wish_id = make_wish(starts_at=START).id
    claim_for_unit(wish_id, actor_id=boss, organisation_id=unit.id, places=1, named=[person])
    go(now, -10)
    arrive(wish_id, actor_id=person, code=code_of(wish_id))
    entry = find_entry_of(unit.id, person)
    assert entry is not None
    assert remove_colleague(unit.id, actor_id=boss, entry_id=entry.id) == 0
    assert db.session.scalars(select(Place.user_id).where(Place.live)).all() == [person]


def test_who_is_seated_by_a_friend_in_this_moment_gets_the_other_days(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begins = clock.local_day(clock.now()) + timedelta(days=1)
    rule = Rule(Freq.WEEKLY, begins, weekdays=(begins.weekday(),), times=3)
    series_id, _worker = start(rule=rule, words=words(headcount=3))
    person, friend = make_volunteer().id, make_volunteer().id
    last = wishes_of(series_id)[-1].id
    name_people(claim_wish(last, actor_id=friend, places=2), actor_id=friend, user_ids=[person])
    monkeypatch.setattr(series_claiming, "is_on", lambda *_args: False)
    monkeypatch.setattr(series_claiming, "is_busy", lambda *_args: False)
    answer = claim_series(series_id, actor_id=person)
    assert (len(answer["taken"]), len(answer["not_taken"])) == (2, 1)
    mine = select(func.count()).select_from(Claim).where(Claim.claimed_by_id == person)
    assert db.session.scalar(mine) == 2
    assert db.session.get_one(Wish, last, populate_existing=True).places_taken == 2


def test_who_is_busy_elsewhere_in_this_moment_takes_no_day(monkeypatch: pytest.MonkeyPatch) -> None:
    begins = clock.local_day(clock.now()) + timedelta(days=1)
    rule = Rule(Freq.WEEKLY, begins, weekdays=(begins.weekday(),), times=3)
    series_id, _worker = start(rule=rule, words=words())
    person = make_volunteer().id
    claim_wish(make_wish(starts_at=wishes_of(series_id)[-1].starts_at).id, actor_id=person)
    monkeypatch.setattr(series_claiming, "is_busy", lambda *_args: False)
    with pytest.raises(BusyThen):
        claim_series(series_id, actor_id=person)
    mine = select(func.count()).select_from(Claim).where(Claim.claimed_by_id == person)
    assert db.session.scalar(mine) == 1


class TestTheNod:
    """Who needs a worker's nod gets no place through the line or from somebody else either."""

    @pytest.fixture
    def missed(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> int:
        monkeypatch.setitem(app.config, "NO_SHOW_LIMIT", 1)
        person, old = make_volunteer().id, make_wish()
        at = clock.now()
        ids = (old.id, old.created_by_id)
        with transaction() as session:
            session.add(
                NoShow(
                    wish_id=ids[0], user_id=person, happened_at=at - timedelta(days=1),
                    noted_at=at, noted_by_id=ids[1],
                )
            )  # fmt: skip
        return person

    def test_in_the_line(self, missed: int) -> None:
        wish_id, _claims = full_wish()
        with pytest.raises(NeedsNod):
            join_line(wish_id, actor_id=missed)

    def test_for_somebody_else(self, missed: int) -> None:
        wish_id, person = seated()
        number = db.session.get_one(type(person), missed).volunteer_number
        offer = ask_stand_in(wish_id, actor_id=person.id, who=number or "")
        with pytest.raises(NeedsNod):
            accept_stand_in(offer, actor_id=missed)
