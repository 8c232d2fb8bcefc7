"""How many statements something costs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from foundation.db import db


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that run inside, BEGIN and its like left out."""
    seen: list[str] = []

    def note(_c: object, _k: object, statement: str, *_more: object) -> None:
        if statement.split()[0].upper() not in ("BEGIN", "PRAGMA", "ROLLBACK"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
