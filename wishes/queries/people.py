"""Names for ids, many at once."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from accounts.models import User
from foundation.db import db


def name_people(user_ids: Iterable[int | None]) -> dict[int | None, str]:
    """The names of these people; an id of nobody is left out."""
    ids = {user_id for user_id in user_ids if user_id is not None}
    if not ids:
        return {}
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {row.id: row.name for row in rows}
