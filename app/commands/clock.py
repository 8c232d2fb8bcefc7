"""`flask clock run`: one round of the clocks now, or a day replayed for a trial."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import click
from flask import Flask
from flask_babel import gettext as _

from app.jobs import run_clocks
from foundation import clock


def _moments(text: str | None) -> Iterator[datetime]:
    """Now; the one moment that is named; or each hour of the day that is named (local time)."""
    if text is None:
        yield clock.now()
        return
    try:
        named = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(_("请写成 2026-11-24 或 2026-11-24T09:00 这样。")) from error
    if "T" in text or " " in text:
        yield _aware(named)
        return
    yield from _hours(named.date())


def _aware(named: datetime) -> datetime:
    local = clock.from_local(named.date(), named.time()) if named.tzinfo is None else named
    return local.astimezone(UTC)


def _hours(day: date) -> Iterator[datetime]:
    begins = clock.from_local(day, time(0))
    while clock.local_day(begins) == day:
        yield begins
        begins += timedelta(hours=1)


@click.group("clock")
def clock_group() -> None:
    """Clocks: what comes due by itself."""


@clock_group.command("run")
@click.option("--at", "named", help="2026-11-24T09:00 · 2026-11-24 = 24 h")
def run(named: str | None) -> None:
    """Run the clocks once, as the worker does each minute.

    With --at as if it were then: for trials on a copy, never on the real data, because what a
    later day brings (places given back, asks sent up) is done at once.
    """
    rounds = 0
    for moment in _moments(named):
        with clock.at(moment):
            run_clocks()
        rounds += 1
    click.echo(_("时钟走了 %(n)s 轮。", n=rounds))


def register(app: Flask) -> None:
    """Hang the commands on the app."""
    app.cli.add_command(clock_group)
