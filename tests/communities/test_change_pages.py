"""The desk's pages for a published wish that changes."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from sqlalchemy import select

from foundation import clock
from foundation.db import db, transaction
from foundation.outbox import Message
from tests.communities.writing import SignIn, in_days
from tests.makers import (
    make_community,
    make_grid,
    make_grid_worker,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.pages import PageClient
from wishes.models import Wish
from wishes.rules.kinds import WishKind
from wishes.rules.life import WishState
from wishes.services.cancelling import cancel_wish
from wishes.services.claiming import claim_wish


class Scene(NamedTuple):
    """A worker's browser, their wish, and a volunteer on it."""

    page: PageClient
    path: str
    wish_id: int
    person_id: int


@pytest.fixture
def scene(app: object, sign_in: SignIn) -> Scene:
    community = make_community(name="天图社区")
    worker = make_worker(community=community)
    wish_id = make_wish(community=community, created_by=worker, headcount=3).id
    path = f"/desk/{community.id}/wishes/{wish_id}"
    person = make_volunteer(name="韩冰").id
    page = sign_in(worker)
    claim_wish(wish_id, actor_id=person)
    return Scene(page, path, wish_id, person)


class TestPlan:
    def test_a_new_time_is_three_fields(self, scene: Scene) -> None:
        assert "改时间地点" in scene.page.get(scene.path).text
        scene.page.get(f"{scene.path}/plan")
        words = {"day": in_days(5), "starts": "14:00", "ends": "15:00", "words": "下雨"}
        answer = scene.page.submit(words)
        assert "有名额的人都已通知" in answer.text
        assert "14:00–15:00" in answer.text
        assert "下雨" in answer.text

    def test_who_is_elsewhere_is_named_and_a_second_press_does_it(self, scene: Scene) -> None:
        here = db.session.get_one(Wish, scene.wish_id)
        other = make_wish(community=here.community, minutes=600, title="陪老人聊天")
        with transaction() as session:  # the other one takes the whole next day
            kept = session.get_one(Wish, other.id)
            assert kept.starts_at is not None
            assert kept.ends_at is not None
            kept.starts_at += (day := kept.ends_at - kept.starts_at) * 2
            kept.ends_at += day * 2
            other_id, starts = kept.id, kept.starts_at
        claim_wish(other_id, actor_id=scene.person_id)
        local = clock.local(starts)
        scene.page.get(f"{scene.path}/plan")
        words = {
            "day": local.date().isoformat(), "starts": f"{local:%H:%M}",
            "ends": f"{local.replace(hour=local.hour + 1):%H:%M}", "words": "下雨",
        }  # fmt: skip
        answer = scene.page.submit(words, status=409)
        assert "韩冰 在新的时间已有别的安排" in answer.text
        assert "这几位让出名额" in answer.text
        assert "有名额的人都已通知" in scene.page.submit().text
        told = select(Message.user_id).where(Message.kind == "lost_place")
        assert db.session.scalars(told).all() == [scene.person_id]

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"day": ""}, "请选日期"),
            ({"day": "改天"}, "日期看不懂"),
            ({"starts": ""}, "请选开始时间"),
            ({"starts": "99:99"}, "时间看不懂"),
            ({"day": in_days(-3)}, "已经过去了"),
            ({"words": ""}, "请写一句原因"),
            ({"words": "雨" * 200}, "最多 120 个字"),
            ({"public_place": ""}, "请写集合点"),
            ({"leaving": "1,x,99999999999999999999999,−3"}, "都已通知"),
        ],
    )
    def test_bad_input_gets_a_sentence(
        self, scene: Scene, wrong: dict[str, str], sentence: str
    ) -> None:
        scene.page.get(f"{scene.path}/plan")
        words = {"day": in_days(5), "starts": "14:00", "ends": "15:00", "words": "下雨"}
        status = 200 if "leaving" in wrong else 422
        assert sentence in scene.page.submit({**words, **wrong}, status=status).text

    def test_a_thing_has_a_day_only(self, sign_in: SignIn) -> None:
        community = make_community()
        worker = make_worker(community=community)
        wish = make_wish(community=community, created_by=worker, kind=WishKind.ITEM)
        page = sign_in(worker)
        answer = page.get(f"/desk/{community.id}/wishes/{wish.id}/plan")
        assert "最晚哪天要" in answer.text
        assert "都已通知" in page.submit({"day": in_days(9), "words": "晚几天"}).text


class TestNumber:
    def test_fewer_than_taken_is_refused_with_the_names(self, scene: Scene) -> None:
        claim_wish(scene.wish_id, actor_id=make_volunteer(name="王喆").id)
        scene.page.get(f"{scene.path}/number")
        answer = scene.page.submit({"headcount": "1"}, status=409)
        assert "韩冰、王喆" in answer.text
        assert "人数改好了" in scene.page.submit({"headcount": "２"}).text

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [("", "请填人数"), ("0", "至少填 1"), ("1.5", "请填整数"), ("9999", "最多 2000")],
    )
    def test_bad_numbers(self, scene: Scene, typed: str, sentence: str) -> None:
        scene.page.get(f"{scene.path}/number")
        assert sentence in scene.page.submit({"headcount": typed}, status=422).text


class TestLetter:
    def test_it_is_sent_and_kept(self, scene: Scene) -> None:
        scene.page.get(f"{scene.path}/letter")
        answer = scene.page.submit({"text": "请带水\n谢谢"})
        assert "发给了 1 人" in answer.text
        assert "请带水" in answer.text

    def test_too_long_or_empty(self, scene: Scene) -> None:
        scene.page.get(f"{scene.path}/letter")
        assert "请写要告诉" in scene.page.submit({"text": " "}, status=422).text
        assert "最多 500 个字" in scene.page.submit({"text": "水" * 501}, status=422).text


class TestWhoMay:
    @pytest.mark.parametrize("page", ["plan", "number", "letter", "again"])
    def test_a_neighbour_s_desk_and_a_grid_worker_find_nothing(
        self, scene: Scene, sign_in: SignIn, page: str
    ) -> None:
        stranger = make_worker(community=make_community())
        sign_in(stranger).get(f"{scene.path}/{page}", status=404)
        wish = db.session.get_one(Wish, scene.wish_id)
        grid = make_grid(community=wish.community)
        sign_in(make_grid_worker(grid=grid)).get(f"{scene.path}/{page}", status=404)


class TestAgain:
    def test_an_unfulfilled_wish_opens_again(self, scene: Scene) -> None:
        with transaction() as session:
            session.get_one(Wish, scene.wish_id).state = WishState.UNFULFILLED
        assert "重新开放认领" in scene.page.get(scene.path).text
        scene.page.get(f"{scene.path}/again")
        words = {"day": in_days(5), "starts": "14:00", "ends": "15:00", "words": "居民还等着"}
        assert "大家又能认领" in scene.page.submit(words).text


def test_an_old_link_to_a_cancelled_wish_says_so_and_why(scene: Scene, client: PageClient) -> None:
    author = db.session.get_one(Wish, scene.wish_id).created_by_id
    cancel_wish(scene.wish_id, actor_id=author, why="老人搬走了")
    answer = client.get(f"/wishes/{scene.wish_id}", status=410)
    assert "已取消" in answer.text
    assert "老人搬走了" in answer.text
