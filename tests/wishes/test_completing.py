"""Verifying: who may, what is refused, what lands in the book."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from foundation.db import db
from love_bank.models import Entry
from tests.makers import (
    make_community,
    make_coordinator,
    make_street,
    make_supervisor,
    make_unit,
    make_worker,
)
from tests.served import (
    kept_photo,
    kinds_told,
    make_attendance,
    make_reported_wish,
    make_served_wish,
    served_minutes,
    state_of,
)
from wishes.models import Report, Verification, Wish
from wishes.refusals import CannotVerifyOwn, WishCannotMove, WishNotFound
from wishes.refusals.completion import (
    CallBackFirst,
    ReasonMissing,
)
from wishes.rules.life import WishState
from wishes.rules.proof import Absence, Decision, Proof
from wishes.services.completing import verify
from wishes.services.reporting import hand_in_report

TAPPED = (Proof.TAP, Proof.TAP)


@pytest.mark.usefixtures("app")
class TestVerify:
    def test_accepting_credits_everybody_once_and_closes_the_wish(self) -> None:
        wish = make_served_wish()
        first, second = make_attendance(wish), make_attendance(wish, minutes=45)
        reporter = make_worker(community=wish.community)
        hand_in_report(wish.id, actor_id=reporter.id, text="做了")
        verifier = make_worker(community=wish.community)
        assert verify(wish.id, actor_id=verifier.id, decision=Decision.ACCEPTED) == 105
        assert (served_minutes(first), served_minutes(second)) == (60, 45)
        assert state_of(wish) == WishState.VERIFIED
        assert db.session.get_one(Wish, wish.id).closed_at is not None
        assert "credited" in kinds_told(first)
        assert "verified" in kinds_told(reporter)

    def test_the_community_that_ran_it_issues_the_minutes(self) -> None:
        wish = make_reported_wish()
        verify(
            wish.id, actor_id=make_worker(community=wish.community).id, decision=Decision.ACCEPTED
        )
        entry = db.session.scalars(select(Entry)).one()
        assert entry.from_account == wish.community.book_id
        assert entry.grade == "A"
        assert len(entry.evidence_hash) == 64

    def test_nobody_verifies_their_own_report(self) -> None:
        wish = make_reported_wish()
        reporter_id = db.session.scalars(select(Report.reported_by_id)).one()
        with pytest.raises(CannotVerifyOwn):
            verify(wish.id, actor_id=reporter_id, decision=Decision.ACCEPTED)
        assert state_of(wish) == WishState.REPORTED

    def test_nobody_verifies_a_service_they_served_or_entered(self) -> None:
        community = make_community()
        wish = make_served_wish(community=community)
        serving, entering = make_worker(community=community), make_worker(community=community)
        make_attendance(wish, serving)
        make_attendance(wish, noted_by=entering)
        hand_in_report(wish.id, actor_id=make_worker(community=community).id, text="做了")
        for person_id in (serving.id, entering.id):
            with pytest.raises(CannotVerifyOwn):
                verify(wish.id, actor_id=person_id, decision=Decision.ACCEPTED)

    def test_the_street_verifies_and_another_street_does_not(self) -> None:
        street = make_street()
        wish = make_reported_wish(community=make_community(street=street))
        with pytest.raises(WishNotFound):
            verify(
                wish.id, actor_id=make_supervisor(street=make_street()).id,
                decision=Decision.ACCEPTED,
            )  # fmt: skip
        verify(wish.id, actor_id=make_supervisor(street=street).id, decision=Decision.ACCEPTED)
        assert state_of(wish) == WishState.VERIFIED

    def test_a_second_verification_is_refused(self) -> None:
        wish = make_reported_wish()
        verifier = make_worker(community=wish.community).id
        verify(wish.id, actor_id=verifier, decision=Decision.ACCEPTED)
        with pytest.raises(WishCannotMove):
            verify(wish.id, actor_id=verifier, decision=Decision.ACCEPTED)
        assert db.session.execute(select(func.count()).select_from(Entry)).scalar_one() == 1

    def test_no_check_out_and_no_show_are_worth_nothing(self) -> None:
        wish = make_served_wish(headcount=3)
        forgot = make_attendance(wish, minutes=None)
        absent = make_attendance(wish, absence=Absence.NO_SHOW)
        make_attendance(wish)
        hand_in_report(wish.id, actor_id=make_worker(community=wish.community).id, text="做了")
        verify(
            wish.id, actor_id=make_worker(community=wish.community).id, decision=Decision.ACCEPTED
        )
        assert (served_minutes(forgot), served_minutes(absent)) == (0, 0)
        assert "not_credited" in kinds_told(forgot)

    @pytest.mark.parametrize(("allowed", "minutes"), [(False, 60), (True, 90)])
    def test_an_overrun_counts_when_the_verifier_ticks_it(
        self, allowed: bool, minutes: int
    ) -> None:
        wish = make_served_wish()
        person = make_attendance(wish, minutes=90)
        hand_in_report(
            wish.id, actor_id=make_worker(community=wish.community).id, text="做了",
            overrun_reason="灯座也坏了",
        )  # fmt: skip
        verify(
            wish.id, actor_id=make_worker(community=wish.community).id,
            decision=Decision.ACCEPTED, overrun_allowed=allowed,
        )  # fmt: skip
        assert served_minutes(person) == minutes

    def test_an_overrun_without_a_reason_does_not_count(self) -> None:
        wish = make_served_wish()
        person = make_attendance(wish, minutes=90)
        hand_in_report(wish.id, actor_id=make_worker(community=wish.community).id, text="做了")
        verify(
            wish.id, actor_id=make_worker(community=wish.community).id,
            decision=Decision.ACCEPTED, overrun_allowed=True,
        )  # fmt: skip
        assert served_minutes(person) == 60

    def test_an_own_tap_waits_for_the_call_back(self) -> None:
        wish = make_served_wish()
        make_attendance(wish, proofs=TAPPED)
        hand_in_report(
            wish.id, actor_id=make_worker(community=wish.community).id, text="做了",
            after=[kept_photo()],
        )  # fmt: skip
        with pytest.raises(CallBackFirst):
            verify(
                wish.id, actor_id=make_worker(community=wish.community).id,
                decision=Decision.ACCEPTED,
            )  # fmt: skip
        assert state_of(wish) == WishState.REPORTED

    def test_doing_again_needs_a_reason_and_goes_back_into_service(self) -> None:
        wish = make_reported_wish()
        verifier = make_worker(community=wish.community).id
        with pytest.raises(ReasonMissing):
            verify(wish.id, actor_id=verifier, decision=Decision.AGAIN, reason="  ")
        verify(wish.id, actor_id=verifier, decision=Decision.AGAIN, reason="照片看不清")
        assert state_of(wish) == WishState.IN_SERVICE
        reporter_id = db.session.scalars(select(Report.reported_by_id)).one()
        hand_in_report(wish.id, actor_id=reporter_id, text="重拍了")
        verify(wish.id, actor_id=verifier, decision=Decision.ACCEPTED)
        assert len(db.session.scalars(select(Verification)).all()) == 2

    def test_a_rejected_service_is_unfulfilled_and_credits_nothing(self) -> None:
        wish = make_reported_wish()
        verify(
            wish.id, actor_id=make_worker(community=wish.community).id,
            decision=Decision.REJECTED, reason="没有去",
        )  # fmt: skip
        assert state_of(wish) == WishState.UNFULFILLED
        assert db.session.scalars(select(Entry)).all() == []

    def test_the_unit_coordinator_is_told(self) -> None:
        unit = make_unit()
        boss, wish = make_coordinator(unit=unit), make_served_wish()
        make_attendance(wish, unit=unit)
        hand_in_report(wish.id, actor_id=make_worker(community=wish.community).id, text="做了")
        verify(
            wish.id, actor_id=make_worker(community=wish.community).id, decision=Decision.ACCEPTED
        )
        assert "verified" in kinds_told(boss)
        assert db.session.scalars(select(Entry.organisation_id)).one() == unit.id
