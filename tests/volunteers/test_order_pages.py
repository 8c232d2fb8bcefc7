"""What suits me, what I am asked for, what I offer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from accounts.models import User
from accounts.rules.skills import Skill
from foundation.db import db
from tests.makers import make_community, make_volunteer, make_wish, make_worker
from tests.pages import PageClient
from tests.wishes.menu import make_offer, tells
from wishes.models import Dispatch, Offer, Place
from wishes.services.inviting import invite

pytestmark = pytest.mark.usefixtures("app")
SignIn = Callable[[User], PageClient]


def text_of(client: PageClient) -> str:
    assert client.response is not None
    return client.response.text


def test_what_suits_says_why(sign_in: SignIn) -> None:
    area = make_community()
    person = make_volunteer(home=area)
    client = sign_in(person)
    make_wish(community=area, title="换卧室灯泡")
    assert "适合您：" not in client.get("/mine").text
    assert "现在没有特别合适的" in client.get("/for-you").text
    tells(person, Skill.ELECTRICS)
    for path in ("/mine", "/for-you"):
        assert "适合您：会电工 · 住在本社区" in client.get(path).text
    assert "适合您的" in client.get("/").text


def test_i_say_yes_and_stand_on_the_wish(sign_in: SignIn) -> None:
    area = make_community()
    person = make_volunteer(home=area)
    wish = make_wish(community=area, headcount=2)
    invite(wish.id, actor_id=make_worker(community=area).id, user_id=person.id)
    client = sign_in(person)
    assert "社区请您去" in client.get("/mine").text
    asked = db.session.scalars(select(Dispatch.id)).one()
    client.get(f"/orders/{asked}")
    client.submit({}, action="/accept")
    assert "接单了" in text_of(client)
    assert db.session.scalars(select(Place.user_id)).all() == [person.id]
    assert "看这个心愿" in client.get(f"/orders/{asked}").text


def test_i_say_no_with_a_reason(sign_in: SignIn) -> None:
    area = make_community()
    person = make_volunteer(home=area)
    wish = make_wish(community=area)
    asked = invite(wish.id, actor_id=make_worker(community=area).id, user_id=person.id)
    client = sign_in(person)
    client.get(f"/orders/{asked}")
    client.submit({}, action="/decline", status=422)
    client.submit({"reason": "要带孩子看病"}, action="/decline")
    assert db.session.get_one(Dispatch, asked).reason == "要带孩子看病"
    assert "社区请您去" not in text_of(client)


def test_i_write_my_own_line_of_the_menu(sign_in: SignIn) -> None:
    area = make_community()
    client = sign_in(make_volunteer(home=area))
    assert "还没有写" in client.get("/offers").text
    client.get("/offers/new")
    client.submit({"title": "教剪纸", "draft": "1"})
    assert "草稿" in text_of(client)
    client.submit(action="/turn")
    assert "还不能放上菜单" in text_of(client)
    offer = db.session.scalars(select(Offer)).one()
    client.get(f"/offers/{offer.id}")
    client.submit({"areas": [str(area.id)], "active": "1"})
    assert "可以点" in text_of(client)


def test_other_people_s_lines_are_not_found(sign_in: SignIn) -> None:
    area = make_community()
    offer_id = make_offer(make_volunteer(home=area), area=area)
    stranger = sign_in(make_volunteer(home=area))
    stranger.get(f"/offers/{offer_id}", status=404)
    stranger.get("/offers/999999", status=404)
    stranger.get("/orders/999999", status=404)
