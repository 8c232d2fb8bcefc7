"""The pages of a no-show: the person's, and the desk's."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from flask import Flask
from sqlalchemy import select

from foundation import clock
from foundation.db import db, transaction
from tests.communities.writing import SignIn
from tests.makers import make_community, make_volunteer, make_worker
from tests.pages import PageClient
from tests.served import make_attendance, make_served_wish
from wishes.models import NoShow, Wish
from wishes.rules.proof import Absence
from wishes.services.no_shows import record_no_show


class Scene(NamedTuple):
    """The person's browser, the noting worker's, another worker's, and the address."""

    mine: PageClient
    first: PageClient
    second: PageClient
    desk: str
    number: int


@pytest.fixture
def scene(app: Flask, sign_in: SignIn) -> Scene:
    community = make_community()
    workers = [make_worker(community=community) for _n in range(2)]
    person = make_volunteer(name="韩冰")
    mine, first, second = (sign_in(who) for who in (person, *workers))
    noted_by, person_id, desk = workers[0].id, person.id, f"/desk/{community.id}"
    wish = make_served_wish(community=community, created_by=workers[0], title="测血压")
    wish_id = wish.id
    make_attendance(wish, person, absence=Absence.NO_SHOW)
    with transaction():
        record_no_show(
            db.session.get_one(Wish, wish_id), person_id, actor_id=noted_by, at=clock.now()
        )
    number = db.session.scalars(select(NoShow.id)).one()
    return Scene(mine, first, second, desk, number)


def test_read_appealed_and_answered_by_another(scene: Scene) -> None:
    assert "没来的记录" in scene.mine.get("/mine").text
    assert "不影响您继续认领" in scene.mine.get("/mine/no-shows").text
    scene.mine.get(f"/mine/no-shows/{scene.number}")
    assert "请写一两句" in scene.mine.submit({"words": " "}, status=422).text
    assert "申诉交上去了" in scene.mine.submit({"words": "我到了，没人点名"}).text
    here = f"{scene.desk}/no-shows/{scene.number}"
    assert "请另一位工作人员答复" in scene.first.get(here).text
    assert "“没来”的申诉" in scene.second.get(scene.desk).text
    assert "申诉等答复" in scene.second.get(f"{scene.desk}/no-shows").text
    scene.second.get(here)
    answer = scene.second.submit({"words": "看了照片，到了", "accept": "1"})
    assert "本人已收到通知" in answer.text
    page = scene.mine.get(f"/mine/no-shows/{scene.number}").text
    assert "有原因，不算" in page
    assert "看了照片" in page


def test_the_noting_worker_cannot_answer_past_the_page(scene: Scene) -> None:
    scene.mine.get(f"/mine/no-shows/{scene.number}")
    scene.mine.submit({"words": "我到了"})
    here = f"{scene.desk}/no-shows/{scene.number}"
    scene.first.get(scene.desk)
    answer = scene.first.post(here, {"words": "算了", "accept": "1"})
    assert answer.status_code == 403
    assert "请另一位工作人员" in answer.text


def test_an_excuse_needs_a_reason(scene: Scene) -> None:
    here = f"{scene.desk}/no-shows/{scene.number}"
    scene.first.get(here)
    assert "请写一句理由" in scene.first.submit({"excuse": "1"}, status=422).text
    assert "有原因，不算" in scene.first.submit({"words": "住院", "excuse": "1"}).text


def test_with_a_limit_the_nod_is_one_tap(
    scene: Scene, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "NO_SHOW_LIMIT", 1)
    assert "先给社区打个电话" in scene.mine.get("/mine/no-shows").text
    scene.first.get(f"{scene.desk}/no-shows/{scene.number}")
    assert "可以继续认领了" in scene.first.submit(action="/go-on").text
    assert "先给社区打个电话" not in scene.mine.get("/mine/no-shows").text


def test_others_find_nothing(scene: Scene, sign_in: SignIn) -> None:
    stranger = sign_in(make_worker(community=make_community()))
    stranger.get(f"{scene.desk}/no-shows/{scene.number}", status=404)
    stranger.get(f"/mine/no-shows/{scene.number}", status=404)
    assert "没有记录" in stranger.get("/mine/no-shows").text
