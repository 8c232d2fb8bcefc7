"""The database: one metadata, one kind of transaction, one place where `commit` stands.

SQLite runs in autocommit at the driver; a `begin` listener sends BEGIN, or BEGIN IMMEDIATE
when the connection carries `write=True`. Without that, a read that turns into a write fails
at once with "database is locked", whatever the busy timeout says.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, cast

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Engine, Executable, Integer, MetaData, Table, event
from sqlalchemy.engine import Connection, CursorResult, Dialect, make_url
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from foundation.line import in_line

SAFE_SQLITE = (3, 51, 3)
BUSY_TIMEOUT_MS = 15_000

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of every model."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(metadata=Base.metadata)

# A 64-bit key that SQLite still fills by itself.
Id = BigInteger().with_variant(Integer, "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time; SQLite stores it naive, PostgreSQL as timestamptz."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time, store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive time reached the database")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give every time back aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class TransactionOpen(RuntimeError):
    """An errand was called inside another errand: one errand is one transaction."""


class OldSqlite(RuntimeError):
    """The SQLite library may corrupt a WAL database under several connections."""


def in_transaction() -> bool:
    """Whether an errand's transaction is open on this session."""
    return bool(db.session().info.get("errand"))


@contextmanager
def transaction() -> Iterator[Session]:
    """Open the errand's one write transaction, commit at the end, roll back on any raise.

    The read that sign-in opened is rolled back first, so objects loaded before are stale:
    services read their actor again by id. Raises TransactionOpen when nested.
    """
    session = db.session()
    if session.info.get("errand"):
        raise TransactionOpen
    session.rollback()
    with in_line(session.get_bind()):
        try:
            session.info["errand"] = session.connection(execution_options={"write": True})
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info.pop("errand", None)


def table_of(model: type[Base]) -> Table:
    """A model's table, for statements made once and run often."""
    return cast("Table", model.__table__)


def run(statement: Executable, **values: Any) -> CursorResult[Any]:
    """Run a statement on tables that a module made beforehand, after what the session held back.

    On the hot path it costs a fifth of the same statement built anew on the models.
    """
    session = db.session()
    session.flush()
    connection: Connection | None = session.info.get("errand")
    if connection is None or connection.closed:
        connection = session.connection()
    return connection.execute(statement, values)


def engine_options(url: str) -> dict[str, Any]:
    """Engine options for one database URL: pysqlite3 for SQLite, a checked pool elsewhere."""
    if make_url(url).get_backend_name() != "sqlite":
        return {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 8}
    from pysqlite3 import dbapi2

    return {
        "module": dbapi2,
        "connect_args": {"isolation_level": None, "timeout": BUSY_TIMEOUT_MS / 1000},
    }


def _prepare_sqlite(connection: Any, _record: object) -> None:
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "recursive_triggers=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "cache_size=-16000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def listen(engine: Engine) -> None:
    """Hang the SQLite listeners on an engine; other databases need none."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)


def ensure_safe_sqlite() -> None:
    """Raise OldSqlite before 3.51.3: its WAL reset can corrupt a file under two connections."""
    from pysqlite3 import dbapi2

    if dbapi2.sqlite_version_info < SAFE_SQLITE:
        raise OldSqlite(
            f"SQLite {dbapi2.sqlite_version} has the WAL-reset bug; 3.51.3 or newer is needed."
        )


def init_db(app: Flask) -> None:
    """Bind the app to its database, listeners included."""
    ensure_safe_sqlite()
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db.init_app(app)
    with app.app_context():
        listen(db.engine)


@contextmanager
def in_a_hurry() -> Iterator[None]:
    """Do not wait for the disk after each errand: for a demo that is thrown away when half-made.

    Afterwards everything is flushed; connections of others wait as always.
    """
    is_sqlite = db.engine.dialect.name == "sqlite"
    words = "PRAGMA synchronous=NORMAL" if is_sqlite else "SET synchronous_commit=off"

    def relax(connection: Any, _record: object) -> None:
        connection.cursor().execute(words)
        if not is_sqlite:
            connection.commit()

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", relax)
    try:
        yield
    finally:
        event.remove(db.engine, "connect", relax)
        db.session.remove()
        db.engine.dispose()
    if is_sqlite:
        with db.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
