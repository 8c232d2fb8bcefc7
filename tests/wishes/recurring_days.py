"""What the tests of series share: a community on a Monday, a rule, words without a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from foundation import clock
from foundation.db import db
from foundation.outbox import Message
from tests.makers import make_community, make_worker
from wishes.models import SeriesDay, Wish
from wishes.queries.series import list_days
from wishes.rules.kinds import Category, WishKind
from wishes.rules.publishing import WishWords
from wishes.rules.recurring import Freq, Rule
from wishes.services.series_starting import Hours, start_series

MONDAY = datetime(2026, 11, 9, 8, 0, tzinfo=clock.zone())
WEDNESDAYS = ("11-11", "11-18", "11-25")
NOON = Hours(time(11, 30), time(12, 30))
WEEKLY = Rule(Freq.WEEKLY, date(2026, 11, 9), weekdays=(2,), times=3)


@pytest.fixture
def monday() -> Iterator[time_machine.Traveller]:
    """Monday morning; the first Wednesday is in two days."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


def words(**more: Any) -> WishWords:
    said: dict[str, Any] = {
        "kind": WishKind.SERVICE, "category": Category.ELDERLY, "title": "给老人送午饭",
        "public_place": "党群服务中心", "headcount": 1, "tools_answered": True,
    }  # fmt: skip
    return WishWords(**{**said, **more})


def start(**more: Any) -> tuple[int, int]:
    """A weekly series of three Wednesdays; returns its id and the worker's."""
    community = make_community()
    worker = make_worker(community=community).id
    said: dict[str, Any] = {"words": words(), "hours": NOON, "rule": WEEKLY, **more}
    return start_series(community.id, actor_id=worker, **said), worker


def rows(series_id: int) -> list[SeriesDay]:
    db.session.rollback()
    return list_days(series_id)


def dates(series_id: int) -> list[str]:
    return [f"{row.day:%m-%d}" for row in rows(series_id)]


def wishes_of(series_id: int) -> list[Wish]:
    return [row.wish for row in rows(series_id) if row.wish is not None]


def told(kind: str) -> list[int | None]:
    return list(db.session.scalars(select(Message.user_id).where(Message.kind == kind)))
