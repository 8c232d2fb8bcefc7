"""Floods of asks without an account: a window of an hour per browser and per address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from foundation.db import db
from wishes.models import AskWindow
from wishes.refusals.asks import TooManyAsks
from wishes.rules.asking import WINDOW


class Source(NamedTuple):
    """Where asks come from: a keyed hash, and how many of them one window takes."""

    mark: str
    most: int


def count_asks(sources: Sequence[Source], *, at: datetime) -> None:
    """Count one ask for each source, inside the errand that is open. Raises TooManyAsks."""
    session = db.session()
    dialect = session.get_bind().dialect.name
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    for source in sorted(sources):
        first = make(AskWindow).values(source=source.mark, began_at=at, asks=0)
        session.execute(first.on_conflict_do_nothing())
        window = session.scalars(
            select(AskWindow)
            .where(AskWindow.source == source.mark)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).one()
        if at - window.began_at >= WINDOW:
            window.began_at, window.asks = at, 0
        if window.asks >= source.most:
            raise TooManyAsks
        window.asks += 1
