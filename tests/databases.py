"""The databases that every test runs on: SQLite always, PostgreSQL where one answers."""

from __future__ import annotations

import os

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

POSTGRES = os.environ.get(
    "TEST_DATABASE_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
)
REQUIRED = os.environ.get("REQUIRE_POSTGRES") == "1"


def _has_postgres() -> bool:
    engine = create_engine(POSTGRES, connect_args={"connect_timeout": 3})
    try:
        engine.connect().close()
    except OperationalError:
        return False
    finally:
        engine.dispose()
    return True


HAS_POSTGRES = _has_postgres()
DATABASES = ["sqlite", "postgresql"] if HAS_POSTGRES or REQUIRED else ["sqlite"]


def make_postgres(name: str) -> str:
    """Make an empty database of this name; returns its URL."""
    engine = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
        connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
    engine.dispose()
    return POSTGRES.rsplit("/", 1)[0] + f"/{name}"


def drop_postgres(name: str) -> None:
    """Remove a database that a test made."""
    engine = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    engine.dispose()
