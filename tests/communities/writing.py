"""A worker writes a wish: what they type, and where it lands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from accounts.models import User
from foundation import clock
from foundation.db import db
from tests.makers import make_community, make_worker
from tests.pages import PageClient
from wishes.models import Wish

SignIn = Callable[[User], PageClient]


def in_days(days: int) -> str:
    return (clock.local_day(clock.now()) + timedelta(days=days)).isoformat()


def words(**different: Any) -> dict[str, Any]:
    usual = {
        "title": "换卧室灯泡",
        "category": "repair",
        "venue": "home",
        "public_place": "一网格",
        "day": in_days(2),
        "starts": "09:00",
        "ends": "10:00",
        "headcount": "２",
        "tools-0-name": "梯子",
        "tools-0-provision": "community",
        "tools-1-name": "螺丝刀",
        "tools-1-quantity": "1",
        "tools-1-provision": "bring",
        "door": "3号楼2单元501",
        "publish": "1",
    }
    return usual | different


def the_wish() -> Wish:
    return db.session.scalars(select(Wish).order_by(Wish.id.desc()).limit(1)).one()


@pytest.fixture
def desk(app: Any, sign_in: SignIn) -> tuple[PageClient, str]:
    home = make_community(name="天图社区")
    path = f"/desk/{home.id}"
    return sign_in(make_worker(community=home)), path


Desk = tuple[PageClient, str]
