"""Which promise of the tables an error broke, on both databases."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError, OperationalError

DEADLOCK = "40P01"  # PostgreSQL's code; SQLite has one writer and no deadlocks


def broke(error: IntegrityError, name: str, *columns: str) -> bool:
    """Whether the error is about the constraint `name`.

    PostgreSQL names the constraint; SQLite names `table.column`s for a UNIQUE (give them), or
    the text that one of our triggers raises.
    """
    text = str(error.orig)
    return name in text or bool(columns and ", ".join(columns) in text)


def is_deadlock(error: OperationalError) -> bool:
    """Whether two transactions waited for each other and this one was chosen to give way."""
    return getattr(error.orig, "sqlstate", None) == DEADLOCK
