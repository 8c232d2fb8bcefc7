"""The day sheet, its paper twin, and the day of a community, as pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from accounts.models import Area, User
from tests.makers import (
    make_colleague,
    make_community,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.pages import PageClient
from tests.wishes.on_the_day import START, at, code_of, go, kept, now, seated
from wishes.rules.proof import Absence, Proof
from wishes.services.attending import arrive
from wishes.services.claiming import claim_for_unit, claim_wish

__all__ = ["now"]
pytestmark = pytest.mark.usefixtures("app", "now")
SignIn = Callable[[User], PageClient]


class Desk:
    """A worker's browser at a community with one seated volunteer."""

    def __init__(self, sign_in: SignIn, **more: Any) -> None:
        self.community: Area = make_community()
        self.wish_id, self.person = seated(community=self.community, **more)
        self.client = sign_in(make_worker(community=self.community))

    def path(self, tail: str = "attendance") -> str:
        """A page of the wish at this desk."""
        return f"/desk/{self.community.id}/wishes/{self.wish_id}/{tail}"

    def mark(self, mark: str, *, status: int = 200, **words: Any) -> str:
        """Open the sheet, tick the volunteer, press a button."""
        self.client.get(self.path())
        words = {"mark": mark, "people": self.person.id, **words}
        return self.client.submit(words, action="/attendance", status=status).text


@pytest.fixture
def desk(sign_in: SignIn) -> Desk:
    return Desk(sign_in, name="王小明")


class TestRollCall:
    def test_ticked_people_are_marked_at_a_typed_time(
        self, now: time_machine.Traveller, desk: Desk
    ) -> None:
        go(now, 20)
        assert "记了 1 人" in desk.mark("here", at="9:05")
        assert (kept(desk.wish_id).arrived_at, kept(desk.wish_id).arrived_proof) == (
            at(5),
            Proof.ROLL_CALL,
        )

    def test_a_refusal_keeps_ticks_and_time(self, now: time_machine.Traveller, desk: Desk) -> None:
        go(now, 20)
        page = desk.mark("here", status=422, at="11:00")
        assert "时间还没到" in page
        assert f'value="{desk.person.id}" checked' in page
        assert 'value="11:00"' in page

    def test_nobody_ticked_says_so(self, now: time_machine.Traveller, desk: Desk) -> None:
        go(now, 20)
        assert "请先勾选" in desk.mark("here", status=422, people=[])

    def test_who_never_came_is_noted(self, now: time_machine.Traveller, desk: Desk) -> None:
        go(now, 70)
        assert "没来" in desk.mark("no_show")
        assert kept(desk.wish_id).absence == Absence.NO_SHOW

    def test_the_history_tells_who_changed_what(
        self, now: time_machine.Traveller, desk: Desk
    ) -> None:
        go(now, 2)
        arrive(desk.wish_id, actor_id=desk.person.id, code=code_of(desk.wish_id))
        go(now, 300)
        page = desk.mark("left", at="10:00", why="本人来电")
        assert "王小明：到达 9:02 扫码" in page
        assert "王小明：离开 10:00 点名" in page
        assert "说明：本人来电" in page
        assert "补的签退" in page

    def test_another_community_s_sheet_is_not_there(self, sign_in: SignIn, desk: Desk) -> None:
        other = make_worker(community=make_community())
        sign_in(other).get(desk.path(), status=404)
        sign_in(desk.person).get(desk.path(), status=404)


class TestPaper:
    def test_the_sheet_to_print_names_everybody_with_a_place(self, desk: Desk) -> None:
        page = desk.client.get(desk.path("sign-in-sheet")).text
        assert "王小明" in page
        assert "签名" in page

    def test_typed_lines_are_kept(self, now: time_machine.Traveller, desk: Desk) -> None:
        go(now, 600)
        desk.client.get(desk.path("attendance/paper"))
        words = {"lines-0-arrived": "9:01", "lines-0-left": "9:58", "lines-0-breaks": "5"}
        assert "记了 1 人" in desk.client.submit(words, action="/paper").text
        row = kept(desk.wish_id)
        assert (row.arrived_at, row.left_at, row.break_minutes) == (at(1), at(58), 5)

    def test_what_is_wrong_is_said_and_what_was_typed_stays(
        self, now: time_machine.Traveller, desk: Desk
    ) -> None:
        go(now, 600)
        desk.client.get(desk.path("attendance/paper"))
        words = {"lines-0-arrived": "9:30", "lines-0-left": "9:10"}
        page = desk.client.submit(words, action="/paper", status=422).text
        assert "离开的时间比到达早" in page
        assert 'value="9:30"' in page

    def test_a_broken_line_is_refused_in_words(
        self, now: time_machine.Traveller, desk: Desk
    ) -> None:
        go(now, 600)
        desk.client.get(desk.path("attendance/paper"))
        words = {"lines-0-arrived": "9:30", "lines-0-user_id": "9" * 30, "lines-0-seen": "?"}
        page = desk.client.submit(words, action="/paper", status=409).text
        assert "名单刚刚变了" in page

    def test_untouched_lines_keep_their_scan(self, now: time_machine.Traveller, desk: Desk) -> None:
        go(now, 1.5)
        arrive(desk.wish_id, actor_id=desk.person.id, code=code_of(desk.wish_id))
        go(now, 600)
        desk.client.get(desk.path("attendance/paper"))
        desk.client.submit({"lines-0-left": "9:50"}, action="/paper")
        row = kept(desk.wish_id)
        assert (row.arrived_at, row.arrived_proof, row.left_at) == (at(1.5), Proof.CODE, at(50))


class TestOnTheSpot:
    def test_a_colleague_is_written_down_by_number(
        self, now: time_machine.Traveller, sign_in: SignIn
    ) -> None:
        community, unit = make_community(), make_unit(name="一幼")
        boss, colleague = make_coordinator(unit=unit), make_colleague(unit=unit, name="赵红")
        wish_id = make_wish(community=community, headcount=2, starts_at=START).id
        claim_id = claim_for_unit(wish_id, actor_id=boss.id, organisation_id=unit.id, places=1)
        go(now, 0)
        client = sign_in(make_worker(community=community))
        path = f"/desk/{community.id}/wishes/{wish_id}/attendance"
        assert "一幼：1 个" in client.get(path).text
        client.submit({"number": "12"}, action="/names", status=422)
        client.get(path)
        page = client.submit(
            {"number": colleague.volunteer_number, "claim": claim_id}, action="/names"
        )
        assert "赵红" in page.text
        assert kept(wish_id).arrived_at == at(0)


class TestDay:
    def test_the_day_lists_its_services_with_counts(
        self, now: time_machine.Traveller, desk: Desk
    ) -> None:
        make_wish(community=desk.community, starts_at=at(24 * 60), title="明天的理发")
        go(now, 0)
        arrive(desk.wish_id, actor_id=desk.person.id, code=code_of(desk.wish_id))
        page = desk.client.get(f"/desk/{desk.community.id}/days/2026-11-28").text
        assert "1 场" in page
        assert "1 / 1 到" in page
        assert "明天的理发" not in page
        assert "明天的理发" in desk.client.get(f"/desk/{desk.community.id}/days/2026-11-29").text

    def test_who_forgot_to_check_out_is_listed(
        self, now: time_machine.Traveller, desk: Desk
    ) -> None:
        go(now, 0)
        arrive(desk.wish_id, actor_id=desk.person.id, code=code_of(desk.wish_id))
        go(now, 61)
        page = desk.client.get(f"/desk/{desk.community.id}/days/2026-11-28").text
        assert "到了没签退" in page
        assert "王小明" in page

    def test_a_day_that_is_none_is_not_found(self, desk: Desk) -> None:
        desk.client.get(f"/desk/{desk.community.id}/days/28-11", status=404)
        desk.client.get(f"/desk/{desk.community.id}/days/2026-02-30", status=404)


def test_two_people_are_marked_with_one_press(now: time_machine.Traveller, sign_in: SignIn) -> None:
    desk = Desk(sign_in, headcount=2)
    other = make_volunteer()
    claim_wish(desk.wish_id, actor_id=other.id)
    go(now, 0)
    assert "记了 2 人" in desk.mark("here", people=[desk.person.id, other.id])


def test_the_wish_s_desk_page_leads_to_the_day(sign_in: SignIn) -> None:
    desk = Desk(sign_in)
    page = desk.client.get(f"/desk/{desk.community.id}/wishes/{desk.wish_id}").text
    assert desk.path() in page
    assert desk.path("gate") in page
