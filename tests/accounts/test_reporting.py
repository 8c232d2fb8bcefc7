"""双报到: reporting, confirming, returning, ending."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from accounts.models import Consent, PartyReport, User
from accounts.queries.reporting import (
    count_reports_waiting,
    find_my_report,
    list_members_of,
    list_reports_at,
)
from accounts.queries.rosters import find_entry_of
from accounts.refusals import AreaNotFound, NotOnYourself, UnitNotFound
from accounts.refusals.reporting import (
    AlreadyReported,
    BranchMissing,
    NotYourUnit,
    PartyConsentMissing,
    ReportAnswered,
    ReportNotFound,
    ReturnReasonMissing,
)
from accounts.rules import ConsentKind, Role
from accounts.rules.reporting import MOVES, EndReason, ReportMove, ReportState, move
from accounts.services.profile import change_details, set_party_membership
from accounts.services.reporting import (
    confirm_report,
    end_my_report,
    end_unit_report,
    report_home,
    report_unit,
    return_report,
)
from foundation.db import db
from partner_units.services.leaving import remove_colleague
from tests.makers import (
    give_role,
    make_colleague,
    make_community,
    make_coordinator,
    make_grid,
    make_grid_worker,
    make_supervisor,
    make_unit,
    make_volunteer,
    make_worker,
)
from tests.races import at_once
from tests.served import kinds_told


@pytest.mark.parametrize("state", list(ReportState))
@pytest.mark.parametrize("how", list(ReportMove))
def test_every_move_is_in_the_table_or_refused(state: ReportState, how: ReportMove) -> None:
    if (state, how) in MOVES:
        assert move(state, how) is MOVES[state, how]
        return
    with pytest.raises(ReportAnswered):
        move(state, how)


def again(report_id: int) -> PartyReport:
    db.session.rollback()
    return db.session.get_one(PartyReport, report_id, populate_existing=True)


@pytest.mark.usefixtures("app")
class TestReporting:
    def test_a_member_reports_where_they_live_with_a_consent_of_its_own(self) -> None:
        community, person = make_community(), make_volunteer()
        worker = make_worker(community=community)
        report_id = report_home(person.id, community_id=community.id, agrees=True)
        assert again(report_id).state == ReportState.SUBMITTED
        member = db.session.get_one(User, person.id)
        assert (member.is_party_member, member.home_area_id) == (True, community.id)
        given = select(func.count()).where(
            Consent.user_id == person.id, Consent.kind == ConsentKind.PARTY_MEMBERSHIP
        )
        assert db.session.execute(given).scalar_one() == 1
        assert "reported" in kinds_told(worker)

    def test_nothing_is_stored_without_the_consent(self) -> None:
        community, person = make_community(), make_volunteer()
        with pytest.raises(PartyConsentMissing):
            report_home(person.id, community_id=community.id, agrees=False)
        assert find_my_report(person.id) is None

    def test_only_a_community_takes_reports(self) -> None:
        grid = make_grid(community=make_community())
        with pytest.raises(AreaNotFound):
            report_home(make_volunteer().id, community_id=grid.id, agrees=True)

    def test_one_report_at_a_time_on_whatever_device(self, app: Flask) -> None:
        here, there, person = make_community().id, make_community().id, make_volunteer().id
        errands = [
            lambda: report_home(person, community_id=here, agrees=True),
            lambda: report_home(person, community_id=there, agrees=True),
        ]
        assert sorted(map(str, at_once(app, errands))) == sorted(map(str, [None, AlreadyReported]))

    def test_a_unit_that_does_not_know_the_person_is_no_unit_of_theirs(self) -> None:
        with pytest.raises(NotYourUnit):
            report_home(
                make_volunteer().id, community_id=make_community().id, agrees=True,
                organisation_id=make_unit().id,
            )  # fmt: skip

    def test_a_unit_reports_where_it_sits(self) -> None:
        community, unit = make_community(), make_unit()
        boss, worker = make_coordinator(unit=unit), make_worker(community=community)
        here = community.id
        with pytest.raises(UnitNotFound):
            report_unit(unit.id, actor_id=make_volunteer().id, community_id=here, branch="一")
        with pytest.raises(BranchMissing):
            report_unit(unit.id, actor_id=boss.id, community_id=here, branch=" ")
        report_id = report_unit(unit.id, actor_id=boss.id, community_id=here, branch="一")
        with pytest.raises(AlreadyReported):
            report_unit(unit.id, actor_id=boss.id, community_id=here, branch="一")
        confirm_report(report_id, actor_id=worker.id)
        assert again(report_id).state == ReportState.CONFIRMED
        assert "report_answered" in kinds_told(boss)
        end_unit_report(unit.id, actor_id=boss.id)
        assert again(report_id).state == ReportState.ENDED


@pytest.mark.usefixtures("app")
class TestAnswering:
    def test_a_returned_report_says_why_and_another_may_follow(self) -> None:
        community, person = make_community(), make_volunteer()
        worker = make_worker(community=community)
        report_id = report_home(person.id, community_id=community.id, agrees=True)
        with pytest.raises(ReturnReasonMissing):
            return_report(report_id, actor_id=worker.id, reason="  ")
        return_report(report_id, actor_id=worker.id, reason="您住在隔壁社区")
        found = find_my_report(person.id)
        assert found is not None
        assert (found.state, found.answer) == (ReportState.RETURNED, "您住在隔壁社区")
        assert "report_answered" in kinds_told(person)
        assert list_reports_at(community.id, ReportState.SUBMITTED) == []
        report_home(person.id, community_id=make_community().id, agrees=True)

    def test_only_the_communitys_own_workers_answer(self) -> None:
        community = make_community()
        assert community.parent is not None
        others = [
            make_worker(community=make_community()),
            make_grid_worker(grid=make_grid(community=community)),
            make_supervisor(street=community.parent),
            make_volunteer(),
        ]
        report_id = report_home(make_volunteer().id, community_id=community.id, agrees=True)
        for other in others:
            with pytest.raises(ReportNotFound):
                confirm_report(report_id, actor_id=other.id)

    def test_nobody_confirms_themself_or_their_own_unit(self) -> None:
        community, unit = make_community(), make_unit()
        worker = make_worker(community=community)
        own = report_home(worker.id, community_id=community.id, agrees=True)
        boss = make_coordinator(unit=unit)
        give_role(boss, Role.COMMUNITY_WORKER, area=community)
        ours = report_unit(unit.id, actor_id=boss.id, community_id=community.id, branch="支部")
        with pytest.raises(NotOnYourself):
            confirm_report(own, actor_id=worker.id)
        with pytest.raises(NotOnYourself):
            confirm_report(ours, actor_id=boss.id)

    def test_two_workers_at_once_answer_once(self, app: Flask) -> None:
        community = make_community()
        one, other = (make_worker(community=community).id for _ in range(2))
        report_id = report_home(make_volunteer().id, community_id=community.id, agrees=True)
        errands = [
            lambda: confirm_report(report_id, actor_id=one),
            lambda: return_report(report_id, actor_id=other, reason="不住这里"),
        ]
        assert sorted(map(str, at_once(app, errands))) == sorted(map(str, [None, ReportAnswered]))


@pytest.mark.usefixtures("app")
class TestEnding:
    def test_withdrawing_the_consent_ends_it_and_hides_it(self) -> None:
        community, unit = make_community(), make_unit()
        worker, person = make_worker(community=community), make_colleague(unit=unit)
        report_id = report_home(
            person.id, community_id=community.id, agrees=True, organisation_id=unit.id
        )
        confirm_report(report_id, actor_id=worker.id)
        assert [line.user_id for line in list_members_of(unit.id)] == [person.id]
        set_party_membership(person.id, is_member=False)
        assert again(report_id).end_reason == EndReason.WITHDRAWN
        assert list_members_of(unit.id) == []
        assert list_reports_at(community.id, ReportState.CONFIRMED) == []
        assert find_my_report(person.id) is None
        set_party_membership(person.id, is_member=True)
        assert find_my_report(person.id) is None, "an old report came back to life"

    def test_who_moves_house_reports_anew(self) -> None:
        community, person = make_community(), make_volunteer(name="王秀英")
        report_id = report_home(person.id, community_id=community.id, agrees=True)
        change_details(person.id, name="王秀英", home_area_id=community.id)
        assert again(report_id).state == ReportState.SUBMITTED
        change_details(person.id, name="王秀英", home_area_id=make_community().id)
        assert again(report_id).end_reason == EndReason.MOVED
        assert count_reports_waiting(community.id) == 0

    def test_a_unit_sees_only_who_let_it_and_is_still_on_its_roster(self) -> None:
        community, unit = make_community(), make_unit()
        boss = make_coordinator(unit=unit)
        silent, open_one = make_colleague(unit=unit), make_colleague(unit=unit)
        report_home(silent.id, community_id=community.id, agrees=True)
        report_home(open_one.id, community_id=community.id, agrees=True, organisation_id=unit.id)
        lines = list_members_of(unit.id)
        assert [line.user_id for line in lines] == [open_one.id]
        assert list_members_of(make_unit().id) == []
        entry = find_entry_of(unit.id, open_one.id)
        assert entry is not None
        remove_colleague(unit.id, actor_id=boss.id, entry_id=entry.id)
        assert list_members_of(unit.id) == []

    def test_ending_twice_finds_nothing(self) -> None:
        person = make_volunteer()
        report_home(person.id, community_id=make_community().id, agrees=True)
        end_my_report(person.id)
        with pytest.raises(ReportNotFound):
            end_my_report(person.id)
