"""The page of one wish: who may see it, what it says, and when the door opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.models import User
from foundation import clock
from foundation.db import db, transaction
from tests.makers import (
    make_community,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.pages import PageClient
from tests.statements import counted
from wishes.models import PrivateDetails, PrivateLook, Wish
from wishes.rules.kinds import Category, Provision, Venue, WishKind
from wishes.rules.life import WishState
from wishes.services.claiming import claim_for_unit, claim_wish

SignIn = Callable[[User], PageClient]


def with_door(wish_id: int) -> int:
    with transaction() as session:
        session.add(PrivateDetails(wish_id=wish_id, name="李奶奶", door="3 单元 401"))
    return wish_id


def looks() -> int:
    return db.session.execute(select(func.count()).select_from(PrivateLook)).scalar_one()


class TestWhoSeesIt:
    @pytest.mark.parametrize("state", [WishState.DRAFT, WishState.EXPIRED, WishState.UNFULFILLED])
    def test_what_is_not_public_is_not_found(self, client: PageClient, state: WishState) -> None:
        client.get(f"/wishes/{make_wish(state=state).id}", status=404)

    def test_a_cancelled_wish_stays_for_whoever_had_claimed_it(self, sign_in: SignIn) -> None:
        me, wish_id = make_volunteer(), make_wish().id
        claim_wish(wish_id, actor_id=me.id)
        with transaction() as session:
            session.get_one(Wish, wish_id).state = WishState.CANCELLED
        assert "已取消" in sign_in(me).get(f"/wishes/{wish_id}").text
        sign_in(make_volunteer()).get(f"/wishes/{wish_id}", status=410)

    def test_a_draft_that_was_thrown_away_is_not_found(self, client: PageClient) -> None:
        wish_id = make_wish(state=WishState.CANCELLED).id
        with transaction() as session:
            session.get_one(Wish, wish_id).published_at = None
        client.get(f"/wishes/{wish_id}", status=404)

    def test_a_number_nobody_has_is_not_found(self, client: PageClient) -> None:
        client.get("/wishes/987654321", status=404)


class TestWhatItSays:
    def test_everything_one_needs_to_decide(self, client: PageClient) -> None:
        wish_id = make_wish(
            community=make_community(name="天图社区"), venue=Venue.HOME, headcount=2,
            text="灯泡已买好。", tools=[("梯子", Provision.COMMUNITY), ("螺丝刀", Provision.BRING)],
        ).id  # fmt: skip
        text = client.get(f"/wishes/{wish_id}").text
        for words in (
            "天图社区", "第 0001 号", "灯泡已买好。", "约 1 小时", "18:00 前可退出",
            "到场凭居民手里的单子签到", "身份核过的认领人开始前 24 小时可见", "还差 2 人",
            "螺丝刀", "还没人带", "社区发布", "登录后认领", "【微心愿】",
        ):  # fmt: skip
            assert words in text, words

    def test_units_are_named_and_individuals_only_counted(self, client: PageClient) -> None:
        wish_id = make_wish(headcount=5).id
        unit = make_unit(name="航天示范园")
        unit_id, boss_id = unit.id, make_coordinator(unit=unit).id
        claim_for_unit(wish_id, actor_id=boss_id, organisation_id=unit_id, places=2)
        claim_wish(wish_id, actor_id=make_volunteer(name="王小明").id)
        text = client.get(f"/wishes/{wish_id}").text
        assert "航天示范园 2 人、个人 1 人已认领" in text
        assert "王小明" not in text

    def test_an_item_says_where_to_bring_it(self, client: PageClient) -> None:
        text = client.get(f"/wishes/{make_wish(kind=WishKind.ITEM).id}").text
        assert "送到社区，由社区签收" in text

    def test_a_talk_is_proved_by_the_resident(self, client: PageClient) -> None:
        wish_id = make_wish(category=Category.PSYCHOLOGY).id
        assert "以居民确认为凭" in client.get(f"/wishes/{wish_id}").text

    def test_a_started_wish_says_why_and_shows_what_is_near(self, client: PageClient) -> None:
        here = make_community()
        wish_id = make_wish(community=here, starts_at=clock.now() - timedelta(minutes=5)).id
        make_wish(community=db.session.merge(here), title="修水龙头")
        text = client.get(f"/wishes/{wish_id}").text
        assert "已经开始，不能再认领了" in text
        assert "修水龙头" in text

    def test_a_coordinator_may_claim_for_the_unit(self, sign_in: SignIn) -> None:
        unit = make_unit(name="航天示范园")
        boss = make_coordinator(unit=unit)
        text = sign_in(boss).get(f"/wishes/{make_wish(headcount=3).id}").text
        assert "为航天示范园认领" in text

    def test_the_page_costs_the_same_however_many_came(self, client: PageClient) -> None:
        wish_id = make_wish(headcount=9, tools=[("梯子", Provision.BRING)] * 4).id
        client.get(f"/wishes/{wish_id}")
        with counted() as few:
            client.get(f"/wishes/{wish_id}")
        for _n in range(5):
            claim_wish(wish_id, actor_id=make_volunteer().id)
        with counted() as many:
            client.get(f"/wishes/{wish_id}")
        assert len(many) == len(few) <= 7


class TestTheDoor:
    def test_it_opens_a_day_before_and_each_look_is_written(self, sign_in: SignIn) -> None:
        me = make_volunteer()
        soon = clock.now() + timedelta(hours=20)
        wish_id = with_door(make_wish(venue=Venue.HOME, starts_at=soon).id)
        claim_wish(wish_id, actor_id=me.id)
        browser = sign_in(me)
        assert "3 单元 401" not in browser.get(f"/wishes/{wish_id}").text
        assert "3 单元 401" in browser.submit(action="/look").text
        assert looks() == 1

    def test_without_a_confirmed_identity_one_may_claim_but_not_look(self, sign_in: SignIn) -> None:
        me = make_volunteer(confirmed=False)
        soon = clock.now() + timedelta(hours=20)
        wish_id = with_door(make_wish(venue=Venue.HOME, starts_at=soon).id)
        browser = sign_in(me)
        assert "核过您的身份以后" in browser.get(f"/wishes/{wish_id}").text
        assert "看门牌和电话" not in browser.submit(action="/claim").text
        answer = browser.post(f"/wishes/{wish_id}/look")
        assert answer.status_code >= 400
        assert "3 单元 401" not in answer.text
        assert looks() == 0

    def test_a_stranger_learns_nothing(self, sign_in: SignIn) -> None:
        wish_id = with_door(make_wish(venue=Venue.HOME).id)
        browser = sign_in(make_volunteer())
        browser.get(f"/wishes/{wish_id}")
        assert browser.post(f"/wishes/{wish_id}/look").status_code == 404

    def test_the_communitys_worker_goes_on_to_the_desk(self, sign_in: SignIn) -> None:
        here = make_community()
        worker = make_worker(community=here)
        wish_id = make_wish(community=db.session.merge(here)).id
        assert "到工作台办这件心愿" in sign_in(worker).get(f"/wishes/{wish_id}").text
