"""The migration of 附议 and ratings, up and down with data in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app import create_app
from foundation.db import db
from tests.conftest import SETTINGS
from tests.makers import make_community
from tests.wishes.asked import answered_ask
from wishes.rules.rating import Grade, RatingWords
from wishes.services.rating import rate_by_code

BEFORE = "0006"
STATE = "SELECT state FROM ask"


@pytest.fixture
def old_app(tmp_path: Path) -> Iterator[Flask]:
    """An application of its own on SQLite, with every table."""
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    app = create_app({**SETTINGS, "INSTANCE_PATH": str(tmp_path), "SQLALCHEMY_DATABASE_URI": url})
    with app.app_context():
        upgrade()
        yield app
        db.session.remove()
        db.engine.dispose()


def test_an_ask_that_was_reopened_counts_as_rated_on_the_way_down(old_app: Flask) -> None:
    ask = answered_ask(make_community())
    rate_by_code(ask.code, words=RatingWords(Grade.BAD))
    db.session.remove()
    downgrade(revision=BEFORE)
    with db.engine.connect() as connection:
        assert connection.execute(text(STATE)).scalars().all() == ["rated"]
    upgrade()
    with db.engine.connect() as connection:
        assert connection.execute(text(STATE)).scalars().all() == ["rated"]
        assert connection.execute(text("SELECT count(*) FROM rating")).scalar_one() == 0


def test_a_rating_is_never_changed(old_app: Flask) -> None:
    ask = answered_ask(make_community())
    rate_by_code(ask.code, words=RatingWords(Grade.BAD))
    db.session.remove()
    for words in ("UPDATE rating SET grade = 'good'", "DELETE FROM rating"):
        with pytest.raises(DBAPIError), db.engine.begin() as connection:
            connection.execute(text(words))
