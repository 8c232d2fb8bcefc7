"""A unit writes its menu and answers what communities ask."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from accounts.models import User
from foundation.db import db
from tests.makers import (
    make_colleague,
    make_community,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_worker,
)
from tests.pages import PageClient
from tests.wishes.menu import make_offer, order, order_words, version_of
from wishes.models import Dispatch, Offer, Place, Wish
from wishes.rules.life import WishState
from wishes.services.drafting import edit_wish

pytestmark = pytest.mark.usefixtures("app")
SignIn = Callable[[User], PageClient]


def text_of(client: PageClient) -> str:
    assert client.response is not None
    return client.response.text


def test_an_offer_is_written_paused_and_opened_again(sign_in: SignIn) -> None:
    area, unit = make_community(name="梨园社区"), make_unit()
    client = sign_in(make_coordinator(unit=unit))
    assert "菜单还是空的" in client.get(f"/unit/{unit.id}/offers").text
    client.get(f"/unit/{unit.id}/offers/new")
    client.submit({"title": "普法讲座", "active": "1"}, status=422)
    assert "请勾选至少一个社区" in text_of(client)
    client.submit(
        {"title": "普法讲座", "areas": [str(area.id)], "slots": ["2-evening"], "active": "1"}
    )
    assert "可以点" in text_of(client)
    offer = db.session.scalars(select(Offer)).one()
    assert offer.state == "active"
    client.submit(action="/turn")
    assert "暂停" in text_of(client)
    client.get(f"/unit/{unit.id}/offers/{offer.id}")
    client.submit({"per_month": "0"}, status=422)
    client.submit({"per_month": "2"})
    assert "本月 0/2 次" in text_of(client)


def test_the_unit_takes_an_order_with_a_name(sign_in: SignIn) -> None:
    area, unit = make_community(), make_unit()
    boss, colleague = make_coordinator(unit=unit), make_colleague(unit=unit)
    offer_id = make_offer(boss, area=area, unit_id=unit.id)
    wish_id = order(offer_id, area=area, worker=make_worker(community=area))
    client = sign_in(boss)
    assert "看看，接不接" in client.get(f"/unit/{unit.id}/orders").text
    asked = db.session.scalars(select(Dispatch.id)).one()
    client.get(f"/unit/{unit.id}/orders/{asked}")
    client.submit({"named": [str(colleague.id)]}, action="/accept")
    assert "接单了" in text_of(client)
    assert db.session.get_one(Wish, wish_id).state == WishState.FILLED
    assert db.session.scalars(select(Place.user_id)).all() == [colleague.id]
    assert "看我们的认领" in client.get(f"/unit/{unit.id}/orders/{asked}").text


def test_a_no_needs_a_reason_and_comes_once(sign_in: SignIn) -> None:
    area, unit = make_community(), make_unit()
    boss = make_coordinator(unit=unit)
    order(
        make_offer(boss, area=area, unit_id=unit.id), area=area, worker=make_worker(community=area)
    )
    asked = db.session.scalars(select(Dispatch.id)).one()
    client, second = sign_in(boss), sign_in(boss)
    second.get(f"/unit/{unit.id}/orders/{asked}")
    client.get(f"/unit/{unit.id}/orders/{asked}")
    client.submit({}, action="/decline", status=422)
    assert "请写一句原因" in text_of(client)
    client.submit({"reason": "那天培训"}, action="/decline")
    assert "已婉拒" in text_of(client)
    second.submit({}, action="/accept", status=409)
    assert "不能再改" in text_of(second)


def test_a_changed_order_is_read_again_before_it_is_taken(sign_in: SignIn) -> None:
    area, unit = make_community(), make_unit()
    boss, worker = make_coordinator(unit=unit), make_worker(community=area)
    wish_id = order(make_offer(boss, area=area, unit_id=unit.id), area=area, worker=worker)
    asked = db.session.scalars(select(Dispatch.id)).one()
    client = sign_in(boss)
    client.get(f"/unit/{unit.id}/orders/{asked}")
    edit_wish(
        wish_id, actor_id=worker.id, version=version_of(wish_id),
        words=order_words(public_place="二楼"),
    )  # fmt: skip
    client.submit({}, action="/accept", status=409)
    assert "社区刚改过" in text_of(client)
    assert "二楼" in text_of(client)
    client.submit({}, action="/accept")
    assert "接单了" in text_of(client)


def test_others_find_nothing(sign_in: SignIn) -> None:
    area, unit, other = make_community(), make_unit(), make_unit()
    boss = make_coordinator(unit=unit)
    offer_id = make_offer(boss, area=area, unit_id=unit.id)
    order(offer_id, area=area, worker=make_worker(community=area))
    asked = db.session.scalars(select(Dispatch.id)).one()
    stranger = sign_in(make_coordinator(unit=other))
    for path in (
        f"/unit/{unit.id}/orders", f"/unit/{unit.id}/offers",
        f"/unit/{other.id}/orders/{asked}", f"/unit/{other.id}/offers/{offer_id}",
    ):  # fmt: skip
        stranger.get(path, status=404)
    sign_in(make_volunteer()).get(f"/orders/{asked}", status=404)
