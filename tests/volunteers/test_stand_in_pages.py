"""Asking somebody to stand in, and answering, page by page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from accounts.models import User
from foundation.db import db
from tests.makers import make_volunteer, make_wish
from tests.pages import PageClient
from wishes.models import Place, StandIn
from wishes.services.claiming import claim_wish

SignIn = Callable[[User], PageClient]
NEUTRAL = "如果这个号码是志愿者，对方已经收到邀请"


def offer_id() -> int:
    return db.session.scalars(select(StandIn.id).order_by(StandIn.id.desc())).first() or 0


@pytest.fixture
def scene(app: object, sign_in: SignIn) -> tuple[PageClient, PageClient, int, str]:
    """Me with a place, somebody else, the wish, and the other's number."""
    me, other = make_volunteer(name="王喆"), make_volunteer(name="韩冰")
    pages, number = (sign_in(me), sign_in(other)), other.volunteer_number or ""
    wish_id, me_id = make_wish(title="陪老人聊天").id, me.id
    claim_wish(wish_id, actor_id=me_id)
    return *pages, wish_id, number


Scene = tuple[PageClient, PageClient, int, str]


def test_asked_read_and_accepted(scene: Scene) -> None:
    mine, theirs, wish_id, number = scene
    assert "请人顶替" in mine.get(f"/wishes/{wish_id}").text
    mine.get(f"/wishes/{wish_id}/stand-in")
    answer = mine.submit({"who": number})
    assert NEUTRAL in answer.text
    assert "正等对方答复" in answer.text
    assert "王喆 请您顶替" in theirs.get("/notices").text
    page = theirs.get(f"/stand-ins/{offer_id()}")
    assert "王喆 来不了，想请您去" in page.text
    assert "名额是您的了" in theirs.submit(action="/accept").text
    assert db.session.scalars(select(Place.user_id).where(Place.live)).one() != 0
    assert "您占了 1 个名额" in theirs.get(f"/wishes/{wish_id}").text
    assert "您占了" not in mine.get(f"/wishes/{wish_id}").text


def test_an_unknown_number_reads_the_same(scene: Scene) -> None:
    mine, _theirs, wish_id, _number = scene
    mine.get(f"/wishes/{wish_id}/stand-in")
    answer = mine.submit({"who": "13911111111"})
    assert NEUTRAL in answer.text
    assert "正等对方答复" in answer.text
    assert "收回了" in mine.submit(action="/take-back").text


def test_declined(scene: Scene) -> None:
    mine, theirs, wish_id, number = scene
    mine.get(f"/wishes/{wish_id}/stand-in")
    mine.submit({"who": number})
    theirs.get(f"/stand-ins/{offer_id()}")
    assert "名额还是对方的" in theirs.submit(action="/decline").text
    assert "已经结束" in theirs.get(f"/stand-ins/{offer_id()}").text


def test_busy_then_is_said_before_and_after_pressing(scene: Scene) -> None:
    mine, theirs, wish_id, number = scene
    mine.get(f"/wishes/{wish_id}/stand-in")
    mine.submit({"who": number})
    asked = db.session.scalars(select(StandIn.asked_id)).one()
    claim_wish(make_wish(title="擦窗户").id, actor_id=asked or 0)
    assert "您已认领“擦窗户”" in theirs.get(f"/stand-ins/{offer_id()}").text
    assert "时间重叠" in theirs.submit(action="/accept", status=409).text


def test_strangers_find_nothing(scene: Scene, sign_in: SignIn) -> None:
    mine, _theirs, wish_id, number = scene
    mine.get(f"/wishes/{wish_id}/stand-in")
    mine.submit({"who": number})
    stranger = sign_in(make_volunteer())
    stranger.get(f"/stand-ins/{offer_id()}", status=404)
    stranger.get(f"/wishes/{wish_id}/stand-in", status=403)
    stranger.get("/stand-ins/987654321", status=404)


@pytest.mark.parametrize("typed", ["", "1" * 41])
def test_bad_input_gets_a_sentence(scene: Scene, typed: str) -> None:
    mine, _theirs, wish_id, _number = scene
    mine.get(f"/wishes/{wish_id}/stand-in")
    mine.submit({"who": typed}, status=422)
