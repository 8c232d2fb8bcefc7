"""Bytes that no keyboard types, in every way into the house: an answer in words, never a fault."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from accounts.models import Membership, User
from foundation.db import db
from tests.harness.world import make_world
from tests.makers import (
    make_community,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_worker,
)
from tests.pages import PageClient

SignIn = Callable[[User], PageClient]
NUL = "\x00"
ASKED = ("q", "area", "kind", "show", "category", "page", "before", "after", "unit", "street")


@pytest.mark.parametrize(
    "path",
    ["/", "/communities", "/asks?code=", "/sign-in", "/c/1/12%0056", "/asks/%00", "/reset/%00"],
)
def test_a_nul_in_an_address_is_an_address_like_any_other(client: PageClient, path: str) -> None:
    tail = "&".join(f"{name}=a%00b" for name in ASKED)
    assert client.open(f"{path}{'&' if '?' in path else '?'}{tail}").status_code < 500


def test_a_nul_in_a_form_is_left_out(sign_in: SignIn) -> None:
    unit = make_unit()
    boss = sign_in(make_coordinator(unit=unit))
    boss.get(f"/unit/{unit.id}/roster")
    words = {"name": f"赵{NUL}六", "phone": "13800000177", "staff_number": f"A{NUL}1"}
    boss.post(f"/unit/{unit.id}/roster", words)
    assert "赵六" in boss.get(f"/unit/{unit.id}/roster").text


def test_a_nul_in_ones_own_name_is_left_out(sign_in: SignIn) -> None:
    person = make_volunteer(name="李敏")
    page = sign_in(person)
    page.get("/me/details")
    page.submit({"name": f"李{NUL}小敏"})
    assert db.session.scalars(select(User.name)).all() == ["李小敏"]


def test_a_nul_in_the_key_of_a_form_is_left_out(sign_in: SignIn) -> None:
    page = sign_in(make_volunteer())
    page.get("/me/details")
    assert page.submit({"once": f"k{NUL}1"}).status_code == 200


def test_a_tool_brought_by_nobody_known_is_a_sentence(sign_in: SignIn) -> None:
    worker = make_worker(community=make_community())
    page = sign_in(worker)
    area = db.session.scalars(select(Membership.area_id)).one()
    page.get(f"/desk/{area}/wishes/new")
    words = {"title": "换灯泡", "tools-0-name": "梯子", "tools-0-provision": "谁知道"}
    words["no_tools"] = "y"
    page.submit(words, status=422)


def test_a_page_number_that_no_book_has_is_an_empty_page(sign_in: SignIn) -> None:
    world = make_world()
    page = sign_in(world.worker)
    page.get(f"/desk/{world.home.id}/register/{world.ids['batch_id']}?page={10**20}")
