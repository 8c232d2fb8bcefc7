"""What the tables hold, for a test's last lines."""

from __future__ import annotations

from sqlalchemy import func, select

from foundation.db import db


def count(model: type) -> int:
    """How many rows a model has."""
    return db.session.execute(select(func.count()).select_from(model)).scalar_one()
