"""即办 on its pages: the desk calls, a member does not answer, the next one goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import time_machine

from accounts.models import Area, User
from foundation.db import db
from tests.communities.writing import the_wish
from tests.makers import make_community, make_volunteer, make_wish, make_worker
from tests.pages import PageClient
from tests.wishes.on_call import open_turn, team
from tests.wishes.on_the_day import now
from wishes.models import PrivateLook, TeamMember
from wishes.rules.life import WishState
from wishes.services.clocks import run_due

__all__ = ["now"]

SignIn = Callable[[User], PageClient]
CALL = {"title": "厨房水管漏水", "public_place": "一网格", "door": "3号楼2单元501"}


def called(page: PageClient, home: Area) -> int:
    page.get(f"/desk/{home.id}/quick/new")
    assert "已问值班的队员" in page.submit(CALL).text
    return the_wish().id


def test_one_is_silent_and_the_next_goes(sign_in: SignIn, now: time_machine.Traveller) -> None:
    home, worker, (first, second) = team()
    desk = sign_in(worker)
    wish_id = called(desk, home)
    page = sign_in(first)
    assert "急事，等您回话" in page.get("/mine").text
    path = f"/quick/{open_turn(wish_id)}"
    assert "3号楼" not in page.get(path).text
    now.shift(timedelta(minutes=5))
    run_due()
    assert "时间已经过了" in page.submit(action="/accept", status=409).text
    page = sign_in(second)
    page.get(f"/quick/{open_turn(wish_id)}")
    assert "看门牌和电话" in page.submit(action="/accept").text
    assert "3号楼2单元501" in page.submit(action="/look").text
    assert db.session.query(PrivateLook).filter_by(user_id=second.id).count() == 1
    seen = desk.get(f"/desk/{home.id}/quick").text
    assert "没有回话" in seen
    assert "有人去了" in seen


def test_cannot_go(sign_in: SignIn) -> None:
    home, worker, (first, _second) = team()
    wish_id = called(sign_in(worker), home)
    page = sign_in(first)
    page.get(f"/quick/{open_turn(wish_id)}")
    assert "马上问下一位" in page.submit(action="/decline").text


def test_nobody_on_the_team_is_a_sentence_and_the_words_stay(sign_in: SignIn) -> None:
    home = make_community()
    page = sign_in(make_worker(community=home))
    page.get(f"/desk/{home.id}/quick/new")
    answer = page.submit(CALL, status=409)
    assert "请先打电话找人" in answer.text
    assert "厨房水管漏水" in answer.text


def test_work_with_electricity_asks_for_its_notes(sign_in: SignIn) -> None:
    home, worker, _people = team()
    page = sign_in(worker)
    page.get(f"/desk/{home.id}/quick/new")
    assert "这件事要碰电" in page.submit({**CALL, "title": "家里跳闸了"}, status=422).text


def test_the_team_is_written_down(sign_in: SignIn) -> None:
    home, member = make_community(), make_volunteer(name="万师傅")
    page = sign_in(make_worker(community=home))
    assert "还没有队员" in page.get(f"/desk/{home.id}/quick").text
    page.submit({"person": "没有"}, action="/members", status=422)
    page.submit({"person": member.phone, "days": [], "starts": "8:00", "ends": "7:00"},
                action="/members", status=422)  # fmt: skip
    answer = page.submit({"person": member.phone, "days": ["0", "5"], "starts": "8:00",
                          "ends": "20:30"}, action="/members")  # fmt: skip
    assert "万师傅" in answer.text
    assert "08:00–20:30" in answer.text
    page.submit(action="/end")
    db.session.rollback()
    assert db.session.query(TeamMember).one().ended_at is not None


def test_a_draft_goes_to_the_team(sign_in: SignIn) -> None:
    home, worker, _people = team()
    draft = make_wish(community=home, created_by=worker, state=WishState.DRAFT).id
    page = sign_in(worker)
    page.get(f"/desk/{home.id}/wishes/{draft}")
    assert "已问值班的队员" in page.submit(action=f"/{draft}/quick").text
