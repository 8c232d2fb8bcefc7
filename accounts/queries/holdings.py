"""What the product holds about a person, from every table that has rows of theirs.

Tables speak for themselves: a column of ABOUT (or a reference to the passbook's account) means
"about this person". So a new table is not forgotten, and no room above has to be asked.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, LargeBinary, Table, or_, select

from accounts.models import User
from foundation.db import Base, db

SECRETS = ("password_hash", "token_hash", "gate_secret", "join_code")
PASSBOOK = "book_account"
ABOUT = ("user_id", "asked_by_id", "claimed_by_id", "uploaded_by_id", "accepted_by_id")


def get_holdings(person: User) -> dict[str, list[dict[str, Any]]]:
    """Rows about a person by table, secrets left out."""
    held: dict[str, list[dict[str, Any]]] = {}
    for table in Base.metadata.sorted_tables:
        theirs = _columns_about(table)
        if not theirs:
            continue
        clauses = [c == (person.book_id if _names_passbook(c) else person.id) for c in theirs]
        shown = [c for c in table.columns if _may_show(c)]
        rows = db.session.execute(select(*shown).where(or_(*clauses))).mappings()
        found = [{name: _plain(value) for name, value in row.items()} for row in rows]
        if found:
            held[table.name] = found
    return held


def _columns_about(table: Table) -> list[Column[Any]]:
    if table is User.__table__:
        return [table.c.id]
    about = [c for c in table.columns if c.name in ABOUT]
    return about or [c for c in table.columns if _names_passbook(c)]


def _names_passbook(column: Column[Any]) -> bool:
    return any(key.column.table.name == PASSBOOK for key in column.foreign_keys)


def _may_show(column: Column[Any]) -> bool:
    return column.name not in SECRETS and not isinstance(column.type, LargeBinary)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value
