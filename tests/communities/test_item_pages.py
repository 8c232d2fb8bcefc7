"""An item at the desk: received, checked, handed over, verified; each page without scripts."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from accounts.models import User
from foundation.db import db
from love_bank.models import Entry
from tests.makers import make_coordinator, make_unit, make_wish, make_worker
from tests.pages import PageClient
from tests.pictures import jpeg
from tests.served import state_of
from wishes.models import Wish
from wishes.rules.kinds import WishKind
from wishes.rules.life import WishState
from wishes.services.claiming import claim_for_unit

SignIn = Callable[[User], PageClient]


def make_pledged(pieces: int = 1) -> Wish:
    wish = make_wish(kind=WishKind.ITEM, title="羽绒服", headcount=pieces)
    unit = make_unit(name="园林处")
    claim_for_unit(
        wish.id, actor_id=make_coordinator(unit=unit).id, organisation_id=unit.id, places=pieces
    )
    return wish


def page_of(wish: Wish) -> str:
    return f"/desk/{wish.community_id}/wishes/{wish.id}/items"


def test_a_coat_goes_from_unit_to_resident(sign_in: SignIn) -> None:
    wish = make_pledged()
    client = sign_in(make_worker(community=wish.community))
    assert "园林处" in client.get(page_of(wish)).text
    client.submit(action="receive")
    client.submit(action="check")
    client.submit({"receipt": (jpeg(), "签收.jpg")}, action="hand-over")
    assert state_of(wish) == WishState.REPORTED
    other = sign_in(make_worker(community=wish.community))
    other.get(f"/desk/{wish.community_id}/wishes/{wish.id}/verify")
    assert "核实通过，已办结" in other.submit({"decision": "accepted"}).text
    assert db.session.scalars(select(Entry)).all() == []


def test_wrong_pieces_say_how_many(sign_in: SignIn) -> None:
    wish = make_pledged(2)
    client = sign_in(make_worker(community=wish.community))
    client.get(page_of(wish))
    for typed, said in (
        ("3", "1 到 2 之间"),
        ("0", "至少填 1"),
        ("若干", "请填整数"),
        (" ", "请填收到的件数"),
    ):
        assert said in client.submit({"pieces": typed}, action="receive", status=422).text


def test_a_bad_piece_goes_back_and_the_page_says_why(sign_in: SignIn) -> None:
    wish = make_pledged()
    client = sign_in(make_worker(community=wish.community))
    client.get(page_of(wish))
    client.submit(action="receive")
    refused = {"is_refused": "y"}
    assert "请写一句原因" in client.submit(refused, action="check", status=422).text
    client.submit({**refused, "reason": "尺码小了"}, action="check")
    assert "尺码小了" in client.get(page_of(wish)).text


def test_a_text_file_is_no_receipt(sign_in: SignIn) -> None:
    wish = make_pledged()
    client = sign_in(make_worker(community=wish.community))
    client.get(page_of(wish))
    client.submit(action="receive")
    client.submit(action="check")
    assert "请拍一张签收的照片" in client.submit(action="hand-over", status=422).text
