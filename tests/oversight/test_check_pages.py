"""The spot check's pages: the seed is printed, a call is one form, the rate is for everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from accounts.models import User
from foundation.db import db, transaction
from tests.pages import PageClient
from tests.wishes.test_spot_checks import OCTOBER, make_checked_street, november
from wishes.models import SpotCheckLine
from wishes.queries.spot_checks import list_pool
from wishes.rules.asking import PrivateWords
from wishes.rules.spot_checks import seed_of
from wishes.services.private import keep_private

SignIn = Callable[[User], PageClient]
__all__ = ["november"]  # the fixture holds for this module too
pytestmark = pytest.mark.usefixtures("november")


def test_a_month_is_drawn_called_and_published(sign_in: SignIn, client: PageClient) -> None:
    street = make_checked_street(2)
    wish_ids = list(list_pool(street.area, OCTOBER))
    for wish_id in wish_ids:
        with transaction():
            keep_private(PrivateWords("张奶奶", "13800000142", "3号楼501"), wish_id=wish_id)
    here = f"/oversight/{street.area.id}/checks"
    page = sign_in(street.boss)
    page.get(here)
    assert seed_of(OCTOBER, street.area.id) in page.submit({"month": "2026-10"}).text
    line = db.session.scalars(select(SpotCheckLine)).one()
    path = f"{here}/{line.check_id}/{line.id}"
    assert "138 0000 0142" not in page.get(path).text
    told = page.submit(action="phone").text
    assert "138 0000 0142" in told
    assert "501" not in told
    page.get(path)
    page.submit({"outcome": "contradicts"}, status=422)
    page.get(path)
    page.submit({"outcome": "contradicts", "words": "没有人来过"})
    assert "没有人来过" in page.get(here).text
    page.get(path)
    page.submit({"words": "社区已冲正"}, action="settle")
    assert "没有人来过" not in page.get(here).text
    public = client.get(f"/spot-checks/{street.area.id}").text
    assert "抽 1 件，回访 1 件，属实 0 件，不符 1 件，属实率 0%" in public
    assert "没有人来过" not in public
    assert "属实率 0%" in client.get(f"/communities/{street.community.id}").text


def test_a_month_that_has_not_been_gets_a_sentence(sign_in: SignIn) -> None:
    street = make_checked_street(1)
    page = sign_in(street.boss)
    page.get(f"/oversight/{street.area.id}/checks")
    assert "还没有过完" in page.submit({"month": "2026-11"}, status=422).text
    page.submit({"month": "去年"}, status=422)
