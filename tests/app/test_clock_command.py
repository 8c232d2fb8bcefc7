"""`flask clock run`: the clocks of now, of a moment, of a whole day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from foundation import clock
from foundation.db import db
from tests.stored import count
from tests.wishes.levels import make_ask, make_levels
from wishes.models import Referral


def run(app: Flask, *words: str) -> str:
    db.session.rollback()
    result = app.test_cli_runner().invoke(args=["clock", "run", *words])
    assert result.exit_code == 0, result.output
    db.session.expire_all()
    return str(result.output)


def test_a_day_is_replayed_hour_by_hour_and_nothing_twice(app: Flask) -> None:
    make_ask(make_levels().community)
    assert "1" in run(app)
    assert count(Referral) == 0
    later = clock.local_day(clock.now() + timedelta(days=30)).isoformat()
    assert "24" in run(app, "--at", later)
    run(app, "--at", f"{later}T23:30")
    assert list(db.session.scalars(select(Referral.by_clock))) == [True]


@pytest.mark.parametrize("typed", ["明天", "2026-13-01", "9:00"])
def test_a_moment_that_is_none_is_said(app: Flask, typed: str) -> None:
    result = app.test_cli_runner().invoke(args=["clock", "run", "--at", typed])
    assert result.exit_code == 2
    assert "2026-11-24" in result.output
