"""The one clock of the house: UTC in storage, the local zone for display and "which day"."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from flask import current_app, has_app_context, has_request_context

DEFAULT_TIMEZONE = "Asia/Shanghai"

_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)


class ClockHeld(RuntimeError):
    """A request tried to move the clock: only a command that makes example data may."""


@cache
def _zone_named(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def now() -> datetime:
    """The present moment, aware, UTC."""
    return _pretended.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let `now()` be this moment inside the block, for example data that has a past.

    Raises ValueError for a naive datetime, ClockHeld within a request.
    """
    if moment.tzinfo is None:
        raise ValueError("a naive datetime has no moment; pass aware UTC")
    if has_request_context():
        raise ClockHeld
    token = _pretended.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)


def zone() -> ZoneInfo:
    """The zone people here live in: setting TIMEZONE, Asia/Shanghai outside an application."""
    if has_app_context():
        return _zone_named(current_app.config.get("TIMEZONE") or DEFAULT_TIMEZONE)
    return _zone_named(DEFAULT_TIMEZONE)


def local(moment: datetime) -> datetime:
    """The same moment in the local zone. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError("a naive datetime has no moment; store and pass aware UTC")
    return moment.astimezone(zone())


def local_day(moment: datetime) -> date:
    """The calendar day on which people here lived this moment."""
    return local(moment).date()


def from_local(day: date, at: time) -> datetime:
    """The UTC moment at which the clock on the wall here shows `at` on `day`."""
    return datetime.combine(day, at.replace(tzinfo=None), tzinfo=zone()).astimezone(UTC)
