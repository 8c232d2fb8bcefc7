"""Reporting: what a report needs, and who hears of it."""

from __future__ import annotations

import pytest

from tests.makers import (
    make_community,
    make_street,
    make_supervisor,
    make_worker,
)
from tests.served import (
    kept_photo,
    kinds_told,
    make_attendance,
    make_reported_wish,
    make_served_wish,
    state_of,
)
from wishes.refusals import WishCannotMove, WishNotFound
from wishes.refusals.completion import (
    EvidenceMissing,
    NobodyCame,
)
from wishes.rules.life import WishState
from wishes.rules.proof import Absence, Proof
from wishes.services.reporting import hand_in_report

CALLED = (Proof.ROLL_CALL, Proof.ROLL_CALL)


@pytest.mark.usefixtures("app")
class TestReport:
    def test_a_report_turns_the_light_blue_and_tells_another_worker(self) -> None:
        community = make_community()
        reporter, other = make_worker(community=community), make_worker(community=community)
        wish = make_served_wish(community=community)
        make_attendance(wish)
        hand_in_report(wish.id, actor_id=reporter.id, text="换好了")
        assert state_of(wish) == WishState.REPORTED
        assert kinds_told(other) == {"reported"}
        assert "reported" not in kinds_told(reporter)

    def test_with_one_worker_the_street_is_told(self) -> None:
        street = make_street()
        community = make_community(street=street)
        lone, above = make_worker(community=community), make_supervisor(street=street)
        wish = make_served_wish(community=community, created_by=lone)
        make_attendance(wish)
        hand_in_report(wish.id, actor_id=lone.id, text="换好了")
        assert kinds_told(above) == {"reported"}

    def test_somebody_must_have_come(self) -> None:
        community = make_community()
        wish = make_served_wish(community=community)
        with pytest.raises(NobodyCame):
            hand_in_report(wish.id, actor_id=make_worker(community=community).id, text="做了")
        assert state_of(wish) == WishState.IN_SERVICE

    def test_absences_that_are_all_noted_may_be_reported(self) -> None:
        community = make_community()
        wish = make_served_wish(community=community)
        make_attendance(wish, absence=Absence.NO_SHOW)
        hand_in_report(wish.id, actor_id=make_worker(community=community).id, text="没人来")
        assert state_of(wish) == WishState.REPORTED

    def test_a_roll_call_without_a_picture_is_not_enough(self) -> None:
        community = make_community()
        wish = make_served_wish(community=community)
        make_attendance(wish, proofs=CALLED)
        worker_id = make_worker(community=community).id
        with pytest.raises(EvidenceMissing):
            hand_in_report(wish.id, actor_id=worker_id, text="做了")
        hand_in_report(wish.id, actor_id=worker_id, text="做了", after=[kept_photo()])
        assert state_of(wish) == WishState.REPORTED

    def test_a_forgotten_check_out_does_not_stop_the_report(self) -> None:
        community = make_community()
        wish = make_served_wish(community=community)
        make_attendance(wish, minutes=None)
        hand_in_report(wish.id, actor_id=make_worker(community=community).id, text="做了")
        assert state_of(wish) == WishState.REPORTED

    def test_a_stranger_does_not_find_the_wish(self) -> None:
        wish = make_served_wish()
        make_attendance(wish)
        stranger = make_worker(community=make_community())
        with pytest.raises(WishNotFound):
            hand_in_report(wish.id, actor_id=stranger.id, text="做了")

    def test_a_second_report_is_refused(self) -> None:
        wish = make_reported_wish()
        with pytest.raises(WishCannotMove):
            hand_in_report(
                wish.id, actor_id=make_worker(community=wish.community).id, text="又一次"
            )
