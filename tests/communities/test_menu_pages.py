"""Ordering from the service menu and inviting, page by page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from accounts.models import User
from accounts.rules.skills import Skill, Slot
from foundation import clock
from foundation.db import db
from tests.makers import (
    make_community,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
    tomorrow,
)
from tests.pages import PageClient
from tests.wishes.menu import make_offer, tells
from wishes.models import Dispatch, Wish
from wishes.rules.kinds import Category
from wishes.rules.life import WishState
from wishes.rules.offers import OfferState
from wishes.services.answering import decline
from wishes.services.offers import set_offer_state

pytestmark = pytest.mark.usefixtures("app")
SignIn = Callable[[User], PageClient]


def text_of(client: PageClient) -> str:
    assert client.response is not None
    return client.response.text


def when_words() -> dict[str, str]:
    starts = clock.local(tomorrow())
    return {"day": f"{starts:%Y-%m-%d}", "starts": "09:00", "ends": "11:00"}


def test_a_worker_orders_and_reads_the_answer(sign_in: SignIn) -> None:
    area, unit = make_community(), make_unit(name="卫生院")
    boss, worker = make_coordinator(unit=unit), make_worker(community=area)
    offer_id = make_offer(boss, area=area, unit_id=unit.id, slots=frozenset({(2, Slot.MORNING)}))
    client = sign_in(worker)
    page = client.get(f"/desk/{area.id}/menu").text
    assert "量血压、讲用药" in page
    assert "卫生院" in page
    assert "周三上午" in page
    assert "<h1>点单：量血压、讲用药</h1>" in client.get(f"/desk/{area.id}/menu/{offer_id}").text
    words = {**when_words(), "public_place": "活动室", "headcount": "2", "no_tools": "y"}
    assert "等回复" in client.submit(words).text
    asked = db.session.scalars(select(Dispatch)).one()
    assert db.session.get_one(Wish, asked.wish_id).state == WishState.DRAFT
    decline(asked.id, actor_id=boss.id, reason="那天盘点")
    assert "那天盘点" in client.get(f"/desk/{area.id}/menu").text


def test_what_is_missing_is_said_at_its_field(sign_in: SignIn) -> None:
    area = make_community()
    offer_id = make_offer(make_volunteer(home=area), area=area)
    client = sign_in(make_worker(community=area))
    client.get(f"/desk/{area.id}/menu/{offer_id}")
    client.submit({}, status=422)
    assert "请选日期和开始时间" in text_of(client)
    client.submit({"add_tool": "1"})
    client.submit(
        {**when_words(), "public_place": "院里", "headcount": "9", "no_tools": "y"}, status=422
    )
    assert "一次最多来 3 人" in text_of(client)


def test_the_menu_is_filtered_by_kind_and_day(sign_in: SignIn) -> None:
    area = make_community()
    owner = make_volunteer(home=area)
    make_offer(owner, area=area, title="修小家电", category=Category.REPAIR,
               slots=frozenset({(5, Slot.MORNING)}))  # fmt: skip
    make_offer(owner, area=area, title="教剪纸", category=Category.CULTURE)
    make_offer(owner, area=area, title="没写完", active=False)
    make_offer(owner, area=make_community(), title="别处的")
    client = sign_in(make_worker(community=area))

    def shown(query: str) -> set[str]:
        page = client.get(f"/desk/{area.id}/menu{query}").text
        return {each for each in ("修小家电", "教剪纸", "没写完", "别处的") if each in page}

    assert shown("") == {"修小家电", "教剪纸"}
    assert shown("?kind=repair") == {"修小家电"}
    assert shown("?day=5") == {"修小家电", "教剪纸"}
    assert shown("?day=1") == {"教剪纸"}
    assert shown("?kind=nonsense&day=99") == {"修小家电", "教剪纸"}
    assert shown("?kind=law&day=x") == {"修小家电", "教剪纸"}


def test_an_offer_of_a_street_comes_to_all_its_communities(sign_in: SignIn) -> None:
    area = make_community()
    assert area.parent is not None
    make_offer(make_volunteer(home=area), area=area.parent)
    assert "量血压" in sign_in(make_worker(community=area)).get(f"/desk/{area.id}/menu").text


def test_strangers_read_only_a_family_name(client: PageClient) -> None:
    area = make_community()
    make_offer(make_volunteer(home=area, name="欧阳小雨"), area=area)
    page = client.get(f"/communities/{area.id}/menu").text
    assert "志愿者 欧＊＊＊" in page
    assert "小雨" not in page
    assert "服务菜单" in client.get(f"/communities/{area.id}").text


def test_a_paused_offer_is_refused_in_words(sign_in: SignIn) -> None:
    area = make_community()
    owner = make_volunteer(home=area)
    offer_id = make_offer(owner, area=area)
    client = sign_in(make_worker(community=area))
    client.get(f"/desk/{area.id}/menu/{offer_id}")
    set_offer_state(offer_id, actor_id=owner.id, state=OfferState.PAUSED)
    words = {**when_words(), "public_place": "院里", "headcount": "1", "no_tools": "y"}
    client.submit(words, status=409)
    assert "没有开放" in text_of(client)


def test_suggestions_say_why_and_never_who_is_in_the_party(sign_in: SignIn) -> None:
    area = make_community()
    helper = make_volunteer(home=area, name="刘会修", is_party_member=True)
    tells(helper, Skill.ELECTRICS)
    wish = make_wish(community=area)
    client = sign_in(make_worker(community=area))
    assert "邀请人来" in client.get(f"/desk/{area.id}/wishes/{wish.id}").text
    page = client.get(f"/desk/{area.id}/wishes/{wish.id}/invite").text
    assert "会电工 · 住在本社区" in page
    assert "党员" not in page
    client.submit(action=f"/invite/person/{helper.id}")
    assert "等回复" in text_of(client)
    client.submit(action="/call-off")
    assert "社区已收回" in text_of(client)


def test_an_unfinished_draft_asks_nobody_yet(sign_in: SignIn) -> None:
    area = make_community()
    draft = make_wish(community=area, state=WishState.DRAFT, public_place="")
    page = sign_in(make_worker(community=area)).get(f"/desk/{area.id}/wishes/{draft.id}/invite")
    assert "要先把这个心愿写全" in page.text


def test_other_desks_find_nothing(sign_in: SignIn) -> None:
    area = make_community()
    offer_id = make_offer(make_volunteer(home=area), area=area)
    wish = make_wish(community=area)
    other = make_community()
    client = sign_in(make_worker(community=other))
    for path in (
        f"/desk/{area.id}/menu", f"/desk/{other.id}/menu/{offer_id}",
        f"/desk/{area.id}/wishes/{wish.id}/invite", f"/desk/{other.id}/wishes/{wish.id}/invite",
    ):  # fmt: skip
        client.get(path, status=404)
