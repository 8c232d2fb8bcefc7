"""Tables that only grow: triggers refuse UPDATE, DELETE, TRUNCATE and overwriting inserts.

`INSERT OR REPLACE` walks past UPDATE and DELETE triggers on SQLite, so a BEFORE INSERT
trigger refuses an id or a unique key that already stands. Alembic's batch mode drops triggers
silently: a migration that rebuilds such a table calls `guard` again, and a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import DDL, Table, event

Keys = Sequence[tuple[str, ...]]


def _sqlite(table: str, keys: Keys) -> Iterator[str]:
    for verb in ("update", "delete"):
        yield (
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
        )
    same = " OR ".join(
        "(" + " AND ".join(f"{column} = NEW.{column}" for column in key) + ")" for key in keys
    )
    yield (
        f"CREATE TRIGGER {table}_no_overwrite BEFORE INSERT ON {table} "  # noqa: S608 - our names
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) "
        f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
    )


def _postgresql(table: str) -> Iterator[str]:
    yield (
        f"CREATE FUNCTION {table}_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{table} only grows' "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    yield (
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_only_grows()"
    )
    yield (
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_only_grows()"
    )


def guards(table: str, keys: Keys, *, dialect: str) -> list[str]:
    """The statements that make `table` append-only; `keys` are its id and unique keys."""
    return list(_postgresql(table) if dialect == "postgresql" else _sqlite(table, keys))


def unguards(table: str, *, dialect: str) -> list[str]:
    """The statements that take the guards away, for a migration's way down."""
    if dialect == "postgresql":
        return [f"DROP FUNCTION {table}_only_grows() CASCADE"]
    return [f"DROP TRIGGER {table}_no_{name}" for name in ("update", "delete", "overwrite")]


def only_grows(table: Table, *keys: tuple[str, ...]) -> None:
    """Hang the guards on a model's table, so that `create_all` makes them too."""
    table.info["only_grows"] = keys
    for dialect in ("sqlite", "postgresql"):
        for statement in guards(table.name, keys, dialect=dialect):
            event.listen(
                table,
                "after_create",
                DDL(statement).execute_if(dialect=dialect),  # type: ignore[no-untyped-call]  # SQLAlchemy's
            )
