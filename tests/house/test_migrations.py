"""Migrations go up and down, and make exactly what the models say, triggers included."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from app import create_app
from foundation.db import Base, db
from tests.conftest import SETTINGS
from tests.databases import DATABASES, drop_postgres, make_postgres

OBJECTS = {
    "sqlite": "SELECT type || ' ' || name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' "
    "AND name NOT LIKE 'wish_search%' AND name <> 'alembic_version'",
    "postgresql": "SELECT 'trigger ' || t.tgname FROM pg_trigger t WHERE NOT t.tgisinternal "
    "UNION SELECT 'constraint ' || conname FROM pg_constraint c "
    "JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = 'public' "
    "AND conname NOT LIKE 'alembic%' AND conname NOT LIKE '%wish_search%' "
    "UNION SELECT 'index ' || indexname FROM pg_indexes WHERE schemaname = 'public' "
    "AND indexname NOT LIKE 'alembic%' AND indexname NOT LIKE '%wish_search%'",
}


@pytest.fixture(params=DATABASES)
def bare_app(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> Iterator[Flask]:
    """An application on a database without any table."""
    name = f"micro_wish_bare_{worker_id}_{os.getpid()}"
    url = f"sqlite:///{tmp_path / 'bare.sqlite3'}"
    if request.param == "postgresql":
        url = make_postgres(name)
    settings = {**SETTINGS, "INSTANCE_PATH": str(tmp_path), "SQLALCHEMY_DATABASE_URI": url}
    app = create_app(settings)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    if request.param == "postgresql":
        drop_postgres(name)


def objects() -> set[str]:
    with db.engine.connect() as connection:
        return set(connection.execute(text(OBJECTS[connection.dialect.name])).scalars())


def test_the_migrations_make_what_the_models_say(bare_app: Flask) -> None:
    upgrade()
    migrated = objects()
    downgrade(revision="base")
    assert objects() == set()
    with db.engine.begin() as connection:
        Base.metadata.create_all(connection)
    assert migrated == objects()
    assert any("no_" in name for name in migrated), "the guards of the book are missing"
