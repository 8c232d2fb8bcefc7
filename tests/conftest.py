"""The ground of every test: both databases, a clean one each time, no way out to the network."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade

from accounts.models import User
from app import create_app
from foundation.db import Base, db
from foundation.errands import set_once
from foundation.line import in_line
from tests.databases import DATABASES, drop_postgres, make_postgres
from tests.pages import PageClient

# The harness and the measurements take these from here.
__all__ = ["DATABASES", "SETTINGS", "drop_postgres", "make_postgres"]
SETTINGS: dict[str, Any] = {
    "TESTING": True,
    "SERVER_NAME": None,
    "SECRET_KEY": "tests only",
    "PRIVATE_KEY": "dGVzdHMgb25seSB0ZXN0cyBvbmx5IHRlc3RzIG9ubHk=",
    "PASSWORD_MEMORY_KIB": 64,
    "PASSWORD_ROUNDS": 1,
    "MAIL_SERVER": "",
}


def pytest_report_header() -> str:
    """Say aloud which databases the tests run on."""
    return f"databases: {', '.join(DATABASES)}"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """A missing PostgreSQL is never passed over in silence."""
    if "postgresql" not in DATABASES:
        terminalreporter.write_line(
            "NO POSTGRESQL: half of the tests did not run. Set TEST_DATABASE_URL, or start one.",
            red=True,
        )


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches the network."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host and host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test reached out to {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session", params=DATABASES)
def migrated_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[Flask]:
    """One application per database and test process, its schema made by the migrations."""
    home = tmp_path_factory.mktemp(f"instance-{request.param}")
    name = f"micro_wish_{worker_id}_{os.getpid()}"
    url = f"sqlite:///{home / 'test.sqlite3'}"
    if request.param == "postgresql":
        url = make_postgres(name)
    app = create_app({**SETTINGS, "INSTANCE_PATH": str(home), "SQLALCHEMY_DATABASE_URI": url})
    with app.app_context():
        upgrade()
        db.engine.dispose()
    if request.param == "sqlite":
        shutil.copy(home / "test.sqlite3", home / "empty.sqlite3")
    yield app
    with app.app_context():
        db.engine.dispose()
    if request.param == "postgresql":
        drop_postgres(name)


def _empty_sqlite(app: Flask) -> None:
    home = Path(app.instance_path)
    db.engine.dispose()
    for tail in ("", "-wal", "-shm"):
        (home / f"test.sqlite3{tail}").unlink(missing_ok=True)
    shutil.copy(home / "empty.sqlite3", home / "test.sqlite3")
    with in_line(db.engine):  # what was kept of the former database is out of date
        pass


def _empty_postgresql() -> None:
    emptied = ";".join(f'DELETE FROM "{table}"' for table in Base.metadata.tables)
    with db.engine.begin() as connection:  # in one go: a fifth of the time of one by one
        connection.exec_driver_sql(f"SET LOCAL session_replication_role = replica;{emptied}")


@pytest.fixture
def app(migrated_app: Flask) -> Iterator[Flask]:
    """The application with an empty database, its context open; runs once per database."""
    with migrated_app.app_context():
        set_once(None)
        _empty_sqlite(migrated_app) if db.engine.dialect.name == "sqlite" else _empty_postgresql()
        yield migrated_app
        db.session.remove()


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser without scripts that checks every page it fetches."""
    return PageClient(app)


@pytest.fixture
def sign_in(app: Flask) -> Callable[[User], PageClient]:
    """Give a fresh client signed in as this person."""

    def enter(person: User) -> PageClient:
        return PageClient(app).signed_in_as(person)

    return enter
