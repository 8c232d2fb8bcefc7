"""The desk offers the next thing to do, and nothing before its time."""

from __future__ import annotations

from datetime import timedelta

from accounts.models import Area
from foundation import clock
from foundation.db import db
from tests.communities.writing import Desk, desk, the_wish, words
from tests.makers import make_grid, make_volunteer, make_wish
from tests.served import make_reported_wish, state_of
from wishes.rules.kinds import WishKind
from wishes.rules.life import WishState
from wishes.services.claiming import claim_wish

__all__ = ["desk"]


def _home(path: str) -> Area:
    home = db.session.get(Area, int(path.rsplit("/", 1)[1]))
    assert home is not None
    return home


def test_a_report_is_offered_once_the_service_has_begun(desk: Desk) -> None:
    page, path = desk
    wish = make_wish(community=_home(path))
    early = page.get(f"{path}/wishes/{wish.id}").text
    assert "开始以后，在这里提交完成" in early
    assert f"{path}/wishes/{wish.id}/report" not in early
    begun = make_wish(community=_home(path), starts_at=clock.now() - timedelta(minutes=5))
    assert f"{path}/wishes/{begun.id}/report" in page.get(f"{path}/wishes/{begun.id}").text


def test_when_it_is_over_the_report_comes_before_the_facts(desk: Desk) -> None:
    page, path = desk
    over = clock.now() - timedelta(hours=2)
    wish = make_wish(community=_home(path), starts_at=over, state=WishState.IN_SERVICE)
    text = page.get(f"{path}/wishes/{wish.id}").text
    assert text.index("完成和核实") < text.index("谁来")
    assert text.index("签到") < text.index("谁来")


def test_pieces_of_an_item_carry_no_names(desk: Desk) -> None:
    page, path = desk
    wish = make_wish(community=_home(path), kind=WishKind.ITEM, headcount=2)
    giver = make_volunteer(name="邹和平")
    claim_wish(wish.id, actor_id=giver.id, places=2)
    text = page.get(f"{path}/wishes/{wish.id}").text
    assert "邹和平" in text
    assert "没写名字" not in text
    assert "2 件" in text


def test_at_home_the_grid_is_place_enough(desk: Desk) -> None:
    page, path = desk
    grid = make_grid(community=_home(path), name="第一网格")
    page.get(f"{path}/wishes/new")
    page.submit(words(public_place="", grid=str(grid.id)))
    assert (the_wish().state, the_wish().public_place) == (WishState.OPEN, "第一网格")


def test_an_ordinary_service_is_verified_from_the_morning_page(desk: Desk) -> None:
    page, path = desk
    wishes = [make_reported_wish(community=_home(path)) for _each in range(6)]
    assert "核实，记 1 小时" in page.get(path).text
    answer = page.submit({}, action="/verification").text
    assert "今天要办的" in answer
    assert "核实通过 1 个" in answer
    assert [state_of(wish) for wish in wishes].count(WishState.VERIFIED) == 1
