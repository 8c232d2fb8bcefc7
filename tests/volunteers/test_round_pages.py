"""我的走访: a volunteer sees only whom they were asked to visit, and each sight is noted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import User
from foundation.db import db
from tests.makers import make_volunteer
from tests.pages import PageClient
from tests.wishes.looked_after import Place, make_place, make_resident, make_rule
from wishes.models import Ask, ResidentLook, Visit
from wishes.services.round_plan import add_helper, assign_resident

SignIn = Callable[[User], PageClient]


class Round:
    """A community, a volunteer, one neighbour of theirs and one of the grid worker's."""

    def __init__(self) -> None:
        self.place: Place = make_place()
        make_rule(self.place)
        self.helper = make_volunteer(name="王喆")
        self.mine = make_resident(self.place)
        self.other = make_resident(self.place, name="李爷爷", door="10号楼1单元101")
        helper_id = add_helper(
            self.place.community.id, actor_id=self.place.worker.id,
            person=self.helper.phone or "", places=1,
        )  # fmt: skip
        assign_resident(self.mine, actor_id=self.place.carer.id, helper_id=helper_id)


@pytest.fixture
def round_(app: Flask) -> Round:
    return Round()


def test_only_the_own_neighbour_is_seen_and_the_sight_is_noted(
    round_: Round, sign_in: SignIn
) -> None:
    client = sign_in(round_.helper)
    assert "我的走访" in client.get("/mine").text
    text = client.get("/mine/rounds").text
    assert "张奶奶 · 3号楼2单元501" in text
    assert "李爷爷" not in text
    client.get("/mine/rounds")
    found = db.session.execute(select(ResidentLook.resident_id, ResidentLook.looked_as)).all()
    assert [tuple(row) for row in found] == [(round_.mine, "visitor")]


def test_one_tap_is_a_visit_and_another_neighbour_is_not_there(
    round_: Round, sign_in: SignIn
) -> None:
    client = sign_in(round_.helper)
    client.get("/mine/rounds")
    assert "记下了：没遇上" in client.submit().text  # the last button of the page
    for tail in ("", "/ask"):
        assert (
            client.post(f"/mine/rounds/{round_.other}{tail}", {"outcome": "met"}).status_code == 404
        )
    client.get(f"/mine/rounds/{round_.other}/ask", status=404)
    assert [visit.resident_id for visit in db.session.scalars(select(Visit))] == [round_.mine]


def test_a_tap_without_an_outcome_is_said(round_: Round, sign_in: SignIn) -> None:
    client = sign_in(round_.helper)
    client.get("/mine/rounds")
    assert "还差一点" in client.submit({"outcome": "x"}, status=422).text


def test_an_ask_goes_to_the_community_only(round_: Round, sign_in: SignIn) -> None:
    client = sign_in(round_.helper)
    client.get(f"/mine/rounds/{round_.mine}/ask")
    assert "请写一句话" in client.submit({"title": " "}, status=422).text
    assert "社区收到了" in client.submit({"title": "修水龙头"}).text
    ask = db.session.scalars(select(Ask)).one()
    assert (ask.title, ask.is_public, ask.entered_by_id) == ("修水龙头", False, round_.helper.id)


def test_nobody_to_visit_and_nobody_confirmed(app: Flask, sign_in: SignIn) -> None:
    assert "没有请您走访的邻居" in sign_in(make_volunteer()).get("/mine/rounds").text
    newcomer = sign_in(make_volunteer(confirmed=False))
    assert "先到社区核一次身份" in newcomer.get("/mine/rounds").text
