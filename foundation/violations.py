"""Which promise of the tables an IntegrityError broke, on both databases."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError


def broke(error: IntegrityError, name: str, *columns: str) -> bool:
    """Whether the error is about the constraint `name`.

    PostgreSQL names the constraint; SQLite names `table.column`s for a UNIQUE (give them), or
    the text that one of our triggers raises.
    """
    text = str(error.orig)
    return name in text or bool(columns and ", ".join(columns) in text)
