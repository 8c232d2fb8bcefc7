"""The same form five times at once: one effect, five times the same answer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from foundation.db import Base, db
from love_bank.models import Entry
from tests.harness.world import SignIn, make_world, put_item
from tests.makers import make_volunteer, make_wish, make_worker
from tests.pages import PageClient
from tests.pictures import jpeg
from tests.served import make_reported_wish
from wishes.models import Ask, Claim, ItemDelivery, Photo, Report, Wish
from wishes.rules.life import WishState

pytestmark = pytest.mark.race
TIMES = 5
Words = dict[str, Any]


def at_once(
    client: PageClient, path: str, words: Callable[[], Words], *, once: str = "five"
) -> list[tuple[int, str]]:
    """The form of the open page, sent by five tabs of one browser; (status, where to)."""
    assert client.page is not None
    token = next(c["value"] for c in client.page.controls if c.get("name") == "csrf_token")
    cookies = [(c.key, c.value) for c in (client.http._cookies or {}).values()]
    gate = threading.Barrier(TIMES)
    db.session.rollback()

    def tab(_number: int) -> tuple[int, str]:
        http = client.app.test_client()
        for key, value in cookies:
            http.set_cookie(key, value)
        data = {"csrf_token": token, "once": once, **words()}
        gate.wait(20)
        answer = http.post(path, data=data, content_type="multipart/form-data")
        return answer.status_code, answer.location or ""

    with ThreadPoolExecutor(TIMES) as pool:
        answers = list(pool.map(tab, range(TIMES)))
    db.session.expire_all()
    return answers


def count(model: type[Base], *where: Any) -> int:
    query = select(func.count()).select_from(model).where(*where)
    return int(db.session.execute(query).scalar_one())


def test_a_claim(sign_in: SignIn) -> None:
    wish, page = make_wish(headcount=3), sign_in(make_volunteer())
    page.get(f"/wishes/{wish.id}")
    answers = at_once(page, f"/wishes/{wish.id}/claim", lambda: {"places": "1"})
    assert answers == [(302, f"/wishes/{wish.id}")] * TIMES
    assert count(Claim) == 1
    assert db.session.get_one(Wish, wish.id).places_taken == 1


def test_an_ask_without_an_account(client: PageClient) -> None:
    home = make_world().home
    asked = count(Ask)
    client.get(f"/communities/{home.id}/ask")
    words = {"title": "换灯泡", "text": "够不着", "phone": "13800000142", "consent": "y",
             "category": "repair"}  # fmt: skip
    answers = at_once(client, f"/communities/{home.id}/ask", lambda: dict(words))
    assert [status for status, _where in answers] == [302] * TIMES
    assert len({where for _status, where in answers}) == 1
    assert count(Ask) == asked + 1


def test_a_verification(sign_in: SignIn) -> None:
    wish = make_reported_wish(people=2)
    page = sign_in(make_worker(community=wish.community))
    path = f"/desk/{wish.community_id}/wishes/{wish.id}/verify"
    page.get(path)
    assert page.page is not None
    seen = next(c["value"] for c in page.page.controls if c.get("name") == "seen")
    answers = at_once(page, path, lambda: {"decision": "accepted", "seen": seen})
    assert [status for status, _where in answers] == [302] * TIMES
    assert count(Entry) == 2


def test_publishing(sign_in: SignIn) -> None:
    wish = make_wish(state=WishState.DRAFT)
    page = sign_in(make_worker(community=wish.community))
    path = f"/desk/{wish.community_id}/wishes/{wish.id}"
    page.get(path)
    answers = at_once(page, f"{path}/publish", dict)
    assert [status for status, _where in answers] == [302] * TIMES
    assert db.session.get_one(Wish, wish.id).state == WishState.OPEN


def test_handing_over_with_a_receipt(app: Flask, sign_in: SignIn) -> None:
    world = make_world()
    item, page = put_item(world), sign_in(world.worker)
    path = f"/desk/{world.home.id}/wishes/{item['wish_id']}/items"
    page.get(path)
    page.submit(action="check")
    before = count(Photo)
    step = f"{path}/{item['claim_id']}/{item['delivery_id']}/hand-over"
    answers = at_once(page, step, lambda: {"receipt": (jpeg(), "签收.jpg")})
    assert [status for status, _where in answers] == [302] * TIMES
    assert count(Photo) == before + 1
    assert count(ItemDelivery, ItemDelivery.handed_over_at.is_not(None)) == 1
    assert count(Report) == 0  # one of two pieces


def test_the_same_key_with_other_words_is_said(sign_in: SignIn) -> None:
    wish, page = make_wish(headcount=3), sign_in(make_volunteer())
    page.get(f"/wishes/{wish.id}")
    path = f"/wishes/{wish.id}/claim"
    assert page.post(path, {"places": "1", "once": "same"}).status_code == 302
    assert page.post(path, {"places": "2", "once": "same"}).status_code == 422
    assert count(Claim) == 1


def test_a_visitor_without_a_cookie_does_nothing_twice(client: PageClient) -> None:
    home = make_world().home
    asked = count(Ask)
    client.get(f"/communities/{home.id}/ask")
    assert client.page is not None
    token = next(c["value"] for c in client.page.controls if c.get("name") == "csrf_token")
    bare = client.app.test_client()
    for _time in range(2):
        answer = bare.post(
            f"/communities/{home.id}/ask", data={"csrf_token": token, "once": "k", "title": "灯"}
        )
        assert answer.status_code == 400
    assert count(Ask) == asked
