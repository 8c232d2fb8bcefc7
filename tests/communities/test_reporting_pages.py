"""双报到 at the community's desk, the unit's desk and on a member's own pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from accounts.models import PartyReport, User
from accounts.rules.reporting import ReportState
from accounts.services.profile import set_party_membership
from accounts.services.reporting import report_home
from foundation.db import db
from tests.makers import (
    make_community,
    make_coordinator,
    make_grid,
    make_grid_worker,
    make_supervisor,
    make_unit,
    make_volunteer,
    make_worker,
)
from tests.pages import PageClient
from tests.wishes.reported import drafted, member_of, reported, served_then, signed
from wishes.models import FeedbackCard
from wishes.rules.feedback import CardState

SignIn = Callable[[User], PageClient]


def state_of(report_id: int) -> ReportState:
    db.session.rollback()
    query = select(PartyReport.state).where(PartyReport.id == report_id)
    return ReportState(db.session.execute(query).scalar_one())


@pytest.mark.usefixtures("app")
class TestMember:
    def test_reports_sees_it_and_takes_it_back(self, sign_in: SignIn) -> None:
        community, unit = make_community(name="梨园社区"), make_unit(name="市水务局")
        person = member_of(unit)
        page = sign_in(person)
        page.get("/mine/reporting")
        words = {"community": str(community.id), "unit": str(unit.id)}
        refused = page.submit(words, action="/mine/reporting", status=422)
        assert "请先勾选同意" in refused.text
        page.submit({**words, "agrees": "y"}, action="/mine/reporting")
        shown = page.get("/mine/reporting")
        assert "等社区确认" in shown.text
        assert "您同意市水务局也看到" in shown.text
        page.submit(action="/mine/reporting/end")
        assert "等社区确认" not in page.get("/mine/reporting").text

    def test_reads_the_own_signed_card_and_nobody_elses(self, sign_in: SignIn) -> None:
        community, person = make_community(), make_volunteer()
        worker = make_worker(community=community)
        reported(person, community, worker)
        served_then(community, person, minutes=90)
        card_id = signed(community, worker, words="修得又快又好")
        page = sign_in(person).get(f"/mine/reporting/cards/{card_id}")
        assert "修得又快又好" in page.text
        assert "1 小时 30 分" in page.text
        answer = sign_in(make_volunteer()).open(f"/mine/reporting/cards/{card_id}")
        assert answer.status_code == 404


@pytest.mark.usefixtures("app")
class TestCommunity:
    def test_confirms_in_one_tap(self, sign_in: SignIn) -> None:
        community = make_community()
        worker, person = make_worker(community=community), make_volunteer(name="王秀英")
        report_id = report_home(person.id, community_id=community.id, agrees=True)
        desk = sign_in(worker)
        assert "王秀英" in desk.get(f"/desk/{community.id}/reporting").text
        desk.submit(action=f"{report_id}/confirm")
        assert state_of(report_id) == ReportState.CONFIRMED

    def test_returns_with_a_reason_and_not_without(self, sign_in: SignIn) -> None:
        community = make_community()
        worker, person = make_worker(community=community), make_volunteer()
        report_id = report_home(person.id, community_id=community.id, agrees=True)
        desk, path = sign_in(worker), f"/desk/{community.id}/reporting/{report_id}/return"
        desk.get(path)
        answer = desk.submit({"reason": ""}, status=422)
        assert "请写一句退回的原因" in answer.text
        desk.submit({"reason": "您住在隔壁社区"})
        assert state_of(report_id) == ReportState.RETURNED
        assert "您住在隔壁社区" in sign_in(person).get("/mine/reporting").text

    def test_signs_one_card_and_then_reads_it_on_paper(self, sign_in: SignIn) -> None:
        community, person = make_community(), make_volunteer()
        worker = make_worker(community=community)
        reported(person, community, worker)
        served_then(community, person)
        desk, path = (
            sign_in(worker),
            f"/desk/{community.id}/reporting/cards/{drafted(community).id}",
        )
        desk.get(path)
        desk.submit({"words": "谢谢您"})
        assert "谢谢您" in desk.get(path).text

    def test_figures_that_moved_are_shown_again(self, sign_in: SignIn) -> None:
        community, person = make_community(), make_volunteer()
        worker = make_worker(community=community)
        reported(person, community, worker)
        served_then(community, person)
        card_id = drafted(community).id
        desk = sign_in(worker)
        desk.get(f"/desk/{community.id}/reporting/cards/{card_id}")
        served_then(community, person)
        answer = desk.submit({"words": "谢谢您"}, status=409)
        assert "数字刚刚变了" in answer.text
        desk.submit({"words": "谢谢您"})
        db.session.rollback()
        assert db.session.get_one(FeedbackCard, card_id).state == CardState.SIGNED

    def test_signs_all_that_is_listed(self, sign_in: SignIn) -> None:
        community = make_community()
        worker = make_worker(community=community)
        for person in (make_volunteer(), make_volunteer()):
            reported(person, community, worker)
            served_then(community, person)
        drafted(community)
        desk = sign_in(worker)
        desk.get(f"/desk/{community.id}/reporting")
        desk.submit({"words": "谢谢"}, action="/reporting/sign")
        db.session.rollback()
        states = set(db.session.scalars(select(FeedbackCard.state)))
        assert states == {CardState.SIGNED}

    @pytest.mark.parametrize("seen", ["x", "1", "1:2 nonsense ²:3", "9" * 30 + ":1", ""])
    def test_nonsense_signs_nothing(self, sign_in: SignIn, seen: str) -> None:
        community = make_community()
        desk = sign_in(make_worker(community=community))
        desk.get(f"/desk/{community.id}/reporting")
        answer = desk.post(f"/desk/{community.id}/reporting/sign", {"seen": seen})
        assert answer.status_code in (302, 404)


@pytest.mark.usefixtures("app")
class TestWhoSees:
    def test_nobody_but_the_own_community_and_the_own_unit(self, sign_in: SignIn) -> None:
        community, unit = make_community(), make_unit()
        assert community.parent is not None
        worker, person = make_worker(community=community), member_of(unit)
        others = (
            make_supervisor(street=community.parent),
            make_grid_worker(grid=make_grid(community=community)),
            make_worker(community=make_community()),
            make_coordinator(unit=make_unit(home=community)),
            make_volunteer(home=community),
        )
        reported(person, community, worker, unit)
        served_then(community, person)
        card_id = signed(community, worker)
        desk, ours = f"/desk/{community.id}/reporting", f"/unit/{unit.id}/reporting"
        for other in others:
            for path in (desk, f"{desk}/cards/{card_id}", ours, f"{ours}/cards/{card_id}"):
                assert sign_in(other).open(path).status_code == 404, path
        boss = sign_in(make_coordinator(unit=unit))
        assert "王秀英" in boss.get(ours).text
        assert boss.open(f"{ours}/cards/{card_id}").status_code == 200
        set_party_membership(person.id, is_member=False)
        assert "王秀英" not in boss.get(ours).text
        assert boss.open(f"{ours}/cards/{card_id}").status_code == 404
        assert "王秀英" not in sign_in(worker).get(desk).text

    def test_a_colleague_who_did_not_choose_the_unit_is_not_on_its_page(
        self, sign_in: SignIn
    ) -> None:
        community, unit = make_community(), make_unit()
        reported(member_of(unit), community, make_worker(community=community))
        page = sign_in(make_coordinator(unit=unit)).get(f"/unit/{unit.id}/reporting")
        assert "王秀英" not in page.text


def test_the_unit_reports_from_its_desk(sign_in: SignIn) -> None:
    community, unit = make_community(), make_unit()
    desk = sign_in(make_coordinator(unit=unit))
    desk.get(f"/unit/{unit.id}/reporting")
    words = {"community": str(community.id), "branch": ""}
    desk.submit(words, action="/reporting", status=422)
    desk.submit({**words, "branch": "第一党支部"}, action="/reporting")
    assert "第一党支部" in desk.get(f"/unit/{unit.id}/reporting").text
    desk.submit(action="/reporting/end")
    assert "第一党支部" not in desk.get(f"/unit/{unit.id}/reporting").text
