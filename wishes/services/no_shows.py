"""Noting that somebody missed a service, and taking it back: steps of the roll call."""

from __future__ import annotations

from datetime import datetime

from foundation.db import db
from foundation.settings import setting
from wishes.models import NoShow, Wish
from wishes.notices.no_shows import tell_no_show
from wishes.queries.no_shows import count_counting, find_no_show
from wishes.refusals.changes import NeedsNod
from wishes.rules.no_shows import NoShowState, counts_from, needs_a_nod


def record_no_show(wish: Wish, user_id: int, *, actor_id: int, at: datetime) -> None:
    """Put it on record and tell the person, inside the errand that holds the wish's sheet."""
    assert wish.starts_at is not None  # noqa: S101 - ck_wish_complete promises it
    row = find_no_show(wish.id, user_id, wish.starts_at)
    if row is None:
        row = NoShow(wish_id=wish.id, user_id=user_id, happened_at=wish.starts_at)
        db.session.add(row)
    elif row.state != NoShowState.UNDONE:
        return
    row.state, row.noted_at, row.noted_by_id = NoShowState.COUNTS, at, actor_id
    db.session.flush()
    tell_no_show(row, wish)


def undo_no_show(wish: Wish, user_id: int) -> None:
    """The person had been there after all."""
    assert wish.starts_at is not None  # noqa: S101 - the same
    row = find_no_show(wish.id, user_id, wish.starts_at)
    if row is not None:
        row.state = NoShowState.UNDONE


def ensure_may_go_on(user_id: int, *, at: datetime) -> None:
    """Raises NeedsNod when so many no-shows count that a worker says yes first.

    Setting NO_SHOW_LIMIT; 0, the default, asks nobody and costs no query.
    """
    limit, days = setting("NO_SHOW_LIMIT"), setting("NO_SHOW_DAYS")
    if not limit:
        return
    count = count_counting(user_id, since=counts_from(at, days=days))
    if needs_a_nod(count, limit=limit):
        raise NeedsNod(count=count, days=days)
