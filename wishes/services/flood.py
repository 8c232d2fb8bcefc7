"""Floods without an account: asks, 附议 and guesses in an hour, per browser and per address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from foundation import clock
from foundation.db import db
from foundation.errands import errand, under_key
from foundation.refusal import Refusal
from wishes.models import AskWindow
from wishes.refusals.asks import TooManyAsks
from wishes.refusals.rating import TooManyGuesses
from wishes.rules.asking import WINDOW


class Source(NamedTuple):
    """Where asks come from: a keyed hash, and how many of them one window takes."""

    mark: str
    most: int


def count_asks(sources: Sequence[Source], *, at: datetime) -> None:
    """Count one ask for each source, inside the errand that is open. Raises TooManyAsks."""
    count_in_window(sources, at=at, full=TooManyAsks)


def count_in_window(sources: Sequence[Source], *, at: datetime, full: type[Refusal]) -> None:
    """Count one for each source, inside the errand that is open. Raises `full`."""
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
            raise full
        window.asks += 1


def ensure_may_guess(sources: Sequence[Source]) -> None:
    """Raises TooManyGuesses for a source whose window is full of wrong codes."""
    at = clock.now()
    for source in sources:
        window = db.session.get(AskWindow, source.mark)
        if window is not None and at - window.began_at < WINDOW and window.asks >= source.most:
            raise TooManyGuesses


def count_wrong_guess(sources: Sequence[Source]) -> None:
    """Remember a wrong code, outside the page's key: it is kept although the page says no."""
    with under_key(None):
        _count_wrong_guess(list(sources))


@errand
def _count_wrong_guess(sources: list[Source]) -> None:
    try:
        count_in_window(sources, at=clock.now(), full=TooManyGuesses)
    except TooManyGuesses:
        return
