"""Care before publishing at the desk: risky words, a second person's look, who may come."""

from __future__ import annotations

from collections.abc import Callable

from accounts.models import Area, User
from foundation.db import db, transaction
from tests.communities.writing import Desk, desk, the_wish, words
from tests.makers import make_community, make_volunteer, make_worker
from tests.pages import PageClient
from wishes.rules.life import WishState

__all__ = ["desk"]

SignIn = Callable[[User], PageClient]


def careful(area_id: int) -> None:
    with transaction() as session:
        session.get_one(Area, area_id).second_look = True


def test_what_is_risky_asks_for_its_notes_at_their_fields(desk: Desk) -> None:
    page, path = desk
    page.get(f"{path}/wishes/new")
    answer = page.submit(words(title="换插座"), status=422)
    assert "这件事要碰电" in answer.text
    for field in ("risk_note", "insurance_note"):
        assert f'href="#{field}"' in answer.text
    page.submit(words(title="换插座", risk_note="先拉总闸", insurance_note="社区已投意外险"))
    assert the_wish().state == WishState.OPEN
    told = page.get(f"/wishes/{the_wish().id}").text
    assert "先拉总闸" in told
    assert "社区已投意外险" in told


def test_returned_with_a_reason_then_published(sign_in: SignIn) -> None:
    home = make_community()
    author, colleague = make_worker(community=home), make_worker(community=home)
    careful(home.id)
    page, path = sign_in(author), f"/desk/{home.id}"
    page.get(f"{path}/wishes/new")
    assert "已提交审核" in page.submit(words()).text
    wish_id = the_wish().id
    own = page.get(f"{path}/wishes/{wish_id}").text
    assert "自己不能审" in own
    assert "看过了，发布" not in own
    page = sign_in(colleague)
    assert "等您审核" in page.get(path).text
    page.get(f"{path}/wishes/{wish_id}")
    answer = page.submit({"reason": ""}, action="review/return", status=422)
    assert "请写一句退回的理由" in answer.text
    page.submit({"reason": "请写清谁扶梯子"}, action="review/return")
    page = sign_in(author)
    assert "退回的理由：请写清谁扶梯子" in page.get(f"{path}/wishes/{wish_id}").text
    page.submit(action="/publish")
    page = sign_in(colleague)
    page.get(f"{path}/wishes/{wish_id}")
    assert "已发布" in page.submit(action="review/pass").text
    db.session.rollback()
    assert the_wish().state == WishState.OPEN


def test_a_wish_for_grown_ups_says_so(desk: Desk, sign_in: SignIn) -> None:
    page, path = desk
    page.get(f"{path}/wishes/new")
    page.submit(words(min_age="18", needs_skill="electrics"))
    wish_id = the_wish().id
    page = sign_in(make_volunteer())
    told = page.get(f"/wishes/{wish_id}").text
    assert "年满 18 岁 · 会电工" in told
    assert "还没有填出生年份" in told
    page.get("/me/skills")
    page.submit({"birth_year": "一九九〇"}, status=422)
    page.submit({"birth_year": "1990", "skills": ["electrics"]})
    assert "我来，占 1 个名额" in page.get(f"/wishes/{wish_id}").text
