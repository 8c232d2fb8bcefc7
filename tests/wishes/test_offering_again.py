"""未兑现 → 待认领: nothing of the old round counts in the new one."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from foundation.db import db, transaction
from foundation.outbox import Message
from tests.makers import make_community, make_volunteer, make_wish, make_worker, tomorrow
from tests.served import (
    kept_photo,
    make_attendance,
    make_reported_wish,
    make_served_wish,
    served_minutes,
    state_of,
)
from wishes.models import Attendance, AttendanceEvent, Claim, Wish
from wishes.queries.completion import list_evidence_photos, list_presences
from wishes.refusals import WishCannotMove
from wishes.refusals.asks import ReasonMissing
from wishes.rules.changes import Plan
from wishes.rules.kinds import PhotoPurpose
from wishes.rules.life import WishState
from wishes.rules.proof import Absence, Decision
from wishes.rules.roll_call import Mark
from wishes.services.claiming import claim_wish
from wishes.services.completing import verify
from wishes.services.offering_again import offer_again
from wishes.services.photos import attach_photos
from wishes.services.reporting import hand_in_report
from wishes.services.roll_call import call_roll

pytestmark = pytest.mark.usefixtures("app")


def rejected(wish: Wish) -> Wish:
    """Reported and found unfulfilled by another worker."""
    judge = make_worker(community=wish.community).id
    verify(wish.id, actor_id=judge, decision=Decision.REJECTED, reason="没做")
    return db.session.get_one(Wish, wish.id, populate_existing=True)


def again(wish_id: int, *, why: str = "居民还等着") -> int:
    wish = db.session.get_one(Wish, wish_id, populate_existing=True)
    by, version, starts = wish.created_by_id, wish.version, tomorrow()
    plan = Plan(starts, starts + timedelta(hours=1), "一网格")
    return offer_again(wish_id, actor_id=by, version=version, plan=plan, why=why)


class TestOfferAgain:
    def test_the_wish_is_open_and_empty_and_the_old_people_hear_of_it(self) -> None:
        wish = rejected(make_reported_wish())
        wish_id = wish.id
        person = db.session.scalars(select(Claim.claimed_by_id)).one()
        again(wish_id)
        wish = db.session.get_one(Wish, wish_id)
        assert (wish.state, wish.places_taken, wish.closed_at) == (WishState.OPEN, 0, None)
        assert not db.session.scalars(select(Claim.live)).one()
        told = db.session.scalars(
            select(Message.user_id).where(Message.kind == "offered_again")
        ).all()
        assert told == [person]

    def test_the_old_sheet_is_cleared_and_kept_in_its_history(self) -> None:
        wish = rejected(make_reported_wish())
        wish_id = wish.id
        again(wish_id)
        kept = db.session.scalars(select(Attendance)).one()
        assert (kept.arrived_at, kept.left_at) == (None, None)
        last = db.session.scalars(
            select(AttendanceEvent).order_by(AttendanceEvent.id.desc())
        ).first()
        assert last is not None
        assert last.before is not None
        assert "code" in last.before
        assert list_presences(wish_id) == []

    def test_an_absence_is_cleared_too(self) -> None:
        wish = make_served_wish()
        make_attendance(wish, absence=Absence.NO_SHOW)
        hand_in_report(wish.id, actor_id=wish.created_by_id, text="没人来")
        again(rejected(wish).id)
        assert db.session.scalars(select(Attendance.absence)).one() is None

    def test_old_pictures_prove_nothing_new(self) -> None:
        wish = make_served_wish()
        make_attendance(wish)
        wish_id = wish.id
        hand_in_report(wish_id, actor_id=wish.created_by_id, text="做了", after=[kept_photo()])
        again(rejected(wish).id)
        assert list_evidence_photos(wish_id) == []
        with transaction():
            attach_photos(
                [kept_photo()], wish_id=wish_id, purpose=PhotoPurpose.AFTER, uploaded_by_id=None
            )
        assert len(list_evidence_photos(wish_id)) == 1

    def test_the_same_person_serves_the_second_round_and_is_credited_once(self) -> None:
        wish = rejected(make_reported_wish())
        wish_id, worker = wish.id, wish.created_by_id
        again(wish_id)
        person_id = db.session.scalars(select(Attendance.user_id)).one()
        claim_wish(wish_id, actor_id=person_id)
        starts = db.session.get_one(Wish, wish_id).starts_at
        assert starts is not None
        with time_machine.travel(starts, tick=False):
            call_roll(wish_id, actor_id=worker, mark=Mark.HERE, user_ids=[person_id])
        with time_machine.travel(starts + timedelta(minutes=50), tick=False):
            call_roll(wish_id, actor_id=worker, mark=Mark.LEFT, user_ids=[person_id])
            hand_in_report(wish_id, actor_id=worker, text="换好了", after=[kept_photo()])
            judge = make_worker(community=db.session.get_one(Wish, wish_id).community).id
            assert verify(wish_id, actor_id=judge, decision=Decision.ACCEPTED) == 50
            assert db.session.get_one(Wish, wish_id).state == WishState.VERIFIED

    @pytest.mark.parametrize("state", [each for each in WishState if each != "unfulfilled"])
    def test_only_what_was_not_done(self, state: WishState) -> None:
        wish = make_wish(state=state)
        with pytest.raises(WishCannotMove):
            again(wish.id)

    def test_without_a_reason(self) -> None:
        wish = make_wish(state=WishState.UNFULFILLED, community=make_community())
        with pytest.raises(ReasonMissing):
            again(wish.id, why=" ")
        assert state_of(wish) == WishState.UNFULFILLED


def test_nobody_earns_from_the_round_that_was_not_done() -> None:
    wish = make_served_wish()
    person = make_attendance(wish, make_volunteer())
    hand_in_report(wish.id, actor_id=wish.created_by_id, text="做了")
    again(rejected(wish).id)
    assert served_minutes(person) == 0
