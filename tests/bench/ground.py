"""A database of its own, full of wishes, for one bench."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask_migrate import upgrade

from app import create_app
from foundation.db import db
from tests.bench.rows import Filled, fill
from tests.conftest import SETTINGS
from tests.harness.claim_race import database


@dataclass(frozen=True)
class Ground:
    """A filled database, an application on it, and what a server needs to open the same one."""

    kind: str
    url: str
    home: str
    app: Flask
    filled: Filled

    @property
    def environment(self) -> dict[str, str]:
        """The settings of a server on this ground: the same keys sign the same cookies."""
        return {
            "DATABASE_URL": self.url,
            "INSTANCE_PATH": self.home,
            "SECRET_KEY": SETTINGS["SECRET_KEY"],
            "PRIVATE_KEY": SETTINGS["PRIVATE_KEY"],
        }


@contextmanager
def ground(kind: str, rows: int, people: int) -> Iterator[Ground]:
    """Make, fill and finally remove a database of this kind."""
    with database(kind) as (url, home):
        settings: dict[str, Any] = {
            **SETTINGS, "TESTING": False, "SQLALCHEMY_DATABASE_URI": url, "INSTANCE_PATH": home,
        }  # fmt: skip
        app = create_app(settings)
        with app.app_context():
            upgrade()
            filled = fill(rows, people)
        try:
            yield Ground(kind, url, home, app, filled)
        finally:
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
