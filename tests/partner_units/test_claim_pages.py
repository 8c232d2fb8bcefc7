"""A coordinator claims a block, names colleagues, changes the number, withdraws."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from accounts.models import Organisation, User
from foundation.db import db
from foundation.outbox import Message
from tests.makers import (
    make_colleague,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_wish,
    tomorrow,
)
from tests.pages import PageClient
from wishes.models import Claim, Place, ToolLine, ToolPledge, Wish
from wishes.rules.kinds import Provision, WishKind
from wishes.rules.life import WishState
from wishes.services.claiming import claim_for_unit, claim_wish

SignIn = Callable[[User], PageClient]


def open_claim(desk: PageClient, unit: Organisation, wish: Wish) -> None:
    desk.get(f"/unit/{unit.id}/wishes/{wish.id}/claim")


def hold(wish: Wish, boss: User, unit: Organisation, places: int, *named: User) -> str:
    claim_id = claim_for_unit(
        wish.id, actor_id=boss.id, organisation_id=unit.id, places=places,
        named=[each.id for each in named],
    )  # fmt: skip
    return f"/unit/{unit.id}/claims/{claim_id}"


def test_a_block_with_a_name_and_a_tool(desk: PageClient, unit: Organisation) -> None:
    person = make_colleague(unit=unit, name="王小明")
    wish = make_wish(headcount=3, tools=[("梯子", Provision.COMMUNITY), ("铲子", Provision.BRING)])
    open_claim(desk, unit, wish)
    tool = db.session.scalars(select(ToolLine.id).where(ToolLine.name == "铲子")).one()
    page = desk.submit(
        {"places": "2", "named": [str(person.id)], "tools": [str(tool)]}, action="/claim"
    ).text
    assert "我们占了 2 个名额，排了 1 人" in page
    assert "我们带：铲子" in page
    assert db.session.query(ToolPledge).one().live
    told = select(Message.kind).where(Message.user_id == person.id)
    assert db.session.scalars(told).all() == ["named"]


def test_names_alone_say_how_many(desk: PageClient, unit: Organisation) -> None:
    people = [str(make_colleague(unit=unit).id) for _each in range(2)]
    open_claim(desk, unit, make_wish(headcount=3))
    page = desk.submit({"places": "", "named": people}, action="/claim").text
    assert "我们占了 2 个名额，排了 2 人" in page


def test_who_is_busy_then_is_shown_and_cannot_be_ticked(
    desk: PageClient, unit: Organisation
) -> None:
    busy = make_colleague(unit=unit, name="王小明")
    claim_wish(make_wish(title="陪老人看病", minutes=120).id, actor_id=busy.id)
    open_claim(desk, unit, make_wish(headcount=2, starts_at=tomorrow() + timedelta(hours=1)))
    assert desk.page is not None
    assert "那时有事：陪老人看病" in desk.page.html
    ticks = [c for c in desk.page.controls if c.get("type") == "checkbox"]
    assert all("disabled" in tick and "name" not in tick for tick in ticks)


def test_somebody_who_became_busy_gets_a_sentence(desk: PageClient, unit: Organisation) -> None:
    person = make_colleague(unit=unit, name="王小明")
    wish = make_wish(headcount=2)
    open_claim(desk, unit, wish)
    claim_wish(make_wish().id, actor_id=person.id)
    words = {"places": "1", "named": [str(person.id)]}
    page = desk.submit(words, action="/claim", status=409).text
    assert "时间重叠" in page
    assert db.session.query(Claim).where(Claim.wish_id == wish.id).count() == 0


@pytest.mark.parametrize("typed", ["0", "-1", "1.5", "10000", "若干", ""])
def test_a_number_that_is_none_keeps_the_page(
    typed: str, desk: PageClient, unit: Organisation
) -> None:
    open_claim(desk, unit, make_wish(headcount=3))
    page = desk.submit({"places": typed}, action="/claim", status=422).text
    assert f'value="{typed}"' in page


def test_more_than_is_left_says_how_many_are_left(desk: PageClient, unit: Organisation) -> None:
    open_claim(desk, unit, make_wish(headcount=3))
    assert "只剩 3 个名额" in desk.submit({"places": "4"}, action="/claim", status=409).text


def test_the_same_claim_five_times_is_one(desk: PageClient, unit: Organisation) -> None:
    wish = make_wish(headcount=9)
    open_claim(desk, unit, wish)
    page, response = desk.page, desk.response
    for _time in range(5):
        desk.page, desk.response = page, response
        desk.submit({"places": "2"}, action="/claim")
    assert db.session.get_one(Wish, wish.id).places_taken == 2


def test_a_second_tab_is_sent_to_the_claim(
    desk: PageClient, unit: Organisation, boss: User
) -> None:
    wish = make_wish(headcount=9)
    open_claim(desk, unit, wish)
    hold(wish, boss, unit, 2)
    assert "我们的认领" in desk.submit({"places": "1"}, action="/claim", status=409).text
    open_claim(desk, unit, wish)
    assert desk.page is not None
    assert desk.page.h1 == ["我们的认领：换卧室灯泡"]


@pytest.mark.parametrize("state", [WishState.IN_SERVICE, WishState.VERIFIED, WishState.FILLED])
def test_a_wish_that_is_not_open_offers_no_form(
    state: WishState, desk: PageClient, unit: Organisation
) -> None:
    open_claim(desk, unit, make_wish(state=state))
    assert desk.page is not None
    assert "现在不能认领" in desk.page.html


@pytest.mark.parametrize("state", [WishState.DRAFT, WishState.CANCELLED])
def test_a_wish_that_is_not_public_is_not_found(
    state: WishState, desk: PageClient, unit: Organisation
) -> None:
    desk.get(f"/unit/{unit.id}/wishes/{make_wish(state=state).id}/claim", status=404)


def test_names_follow_and_go(desk: PageClient, unit: Organisation, boss: User) -> None:
    person = make_colleague(unit=unit, name="王小明")
    path = hold(make_wish(headcount=3), boss, unit, 2)
    assert "自动放出" in desk.get(path).text
    desk.submit({"named": [str(person.id)]}, action="/names")
    place = db.session.query(Place).one()
    page = desk.submit(action=f"/{place.id}/unname").text
    assert "排了 0 人" in page
    told = select(Message.kind).where(Message.user_id == person.id).order_by(Message.id)
    assert db.session.scalars(told).all() == ["named", "unnamed"]


def test_more_names_than_places_get_a_sentence(
    desk: PageClient, unit: Organisation, boss: User
) -> None:
    people = [make_colleague(unit=unit) for _n in range(2)]
    path = hold(make_wish(headcount=3), boss, unit, 1)
    desk.get(path)
    words = {"named": [str(each.id) for each in people]}
    assert "只有 1 个名额" in desk.submit(words, action="/names", status=409).text
    assert db.session.query(Place).count() == 0


def test_a_number_below_the_named_names_them(
    desk: PageClient, unit: Organisation, boss: User
) -> None:
    people = [make_colleague(unit=unit, name=name) for name in ("王小明", "李喆")]
    desk.get(hold(make_wish(headcount=3), boss, unit, 2, *people))
    page = desk.submit({"places": "1"}, action="/number", status=409).text
    assert "王小明、李喆" in page


def test_the_unit_withdraws_until_the_deadline(
    desk: PageClient, unit: Organisation, boss: User
) -> None:
    wish = make_wish(headcount=3)
    path = hold(wish, boss, unit, 2)
    desk.get(path)
    desk.submit({"why": "临时有会"}, action="/withdraw")
    assert db.session.get_one(Wish, wish.id).places_taken == 0
    assert "临时有会" in desk.get(path).text


def test_after_the_deadline_the_page_says_whom_to_call(
    desk: PageClient, unit: Organisation, boss: User
) -> None:
    path = hold(make_wish(headcount=3), boss, unit, 2)
    with time_machine.travel(tomorrow() - timedelta(hours=3)):
        page = desk.get(path).text
    assert "退出截止时间已过" in page
    assert "整个退出" not in page


def test_pieces_need_no_names(desk: PageClient, unit: Organisation) -> None:
    make_colleague(unit=unit)
    open_claim(desk, unit, make_wish(kind=WishKind.ITEM, title="羽绒服", headcount=5))
    assert desk.page is not None
    assert not [c for c in desk.page.controls if c.get("name") == "named"]
    page = desk.submit({"places": "2"}, action="/claim").text
    assert "我们认领了 2 件" in page
    assert "社区收到" in page


def test_another_units_claim_is_not_found(desk: PageClient, unit: Organisation, boss: User) -> None:
    other = make_unit()
    path = hold(make_wish(headcount=3), make_coordinator(unit=other), other, 1)
    desk.get(f"/unit/{unit.id}")
    desk.get(path, status=404)
    mine = path.replace(f"/unit/{other.id}/", f"/unit/{unit.id}/")
    desk.get(mine, status=404)
    desk.get(f"/unit/{unit.id}")
    for errand in ("names", "number", "withdraw"):
        assert desk.post(f"{mine}/{errand}", {"places": "2"}).status_code == 404
        desk.get(f"/unit/{unit.id}")


def test_a_volunteers_places_stay_theirs(desk: PageClient, unit: Organisation) -> None:
    wish = make_wish(headcount=2)
    claim_wish(wish.id, actor_id=make_volunteer().id)
    open_claim(desk, unit, wish)
    desk.submit({"places": "1"}, action="/claim")
    assert db.session.get_one(Wish, wish.id).state == WishState.FILLED
