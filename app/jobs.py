"""What the worker does without being asked: mails that are due, clocks that ran out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from flask import Flask
from huey import SqliteHuey, crontab

from accounts.queries.people import find_address
from accounts.services.signing_in import forget_old_failures
from app.languages import DEFAULT
from communities.jobs.folders import make_folders
from communities.services.announcing import announce_due
from foundation import clock
from foundation.delivery import Reader, deliver_due
from foundation.errands import forget_old_keys
from foundation.outbox import Message
from oversight.services.reporting import run_reports
from wishes.services.backing import run_campaigns
from wishes.services.clocks import run_due
from wishes.services.feedback import run_feedback
from wishes.services.series_starting import make_all_due
from wishes.services.spot_checking import run_draws
from wishes.services.stepping_up import run_levels

log = logging.getLogger(__name__)


def find_reader(message: Message) -> Reader | None:
    """Where the person of a message reads; None when they have no mail address."""
    if message.user_id is None:
        return Reader(message.address or "", message.language or DEFAULT)
    found = find_address(message.user_id)
    return Reader(*found) if found else None


CLOCKS: tuple[Callable[[datetime], object], ...] = (
    run_due,
    run_levels,
    run_campaigns,
    make_all_due,
    run_feedback,
    run_draws,
    announce_due,
    run_reports,
)


def _tick(each: Callable[[datetime], object]) -> None:
    each(clock.now())


def run_clocks() -> None:
    """One round of every clock at the present moment, without the mails; an error is raised."""
    for each in CLOCKS:
        _tick(each)


def sweep(app: Flask) -> None:
    """One round: clocks first, then the mails they and others left. Errors are logged, not lost."""
    steps: list[Callable[[], object]] = [
        *(partial(_tick, each) for each in CLOCKS),
        lambda: _mail(app),
        forget_old_keys,
        forget_old_failures,
    ]
    _do(app, steps)


def sweep_folders(app: Flask) -> None:
    """Make the next inspection folder: minutes of work, so beside the sweep, never in its way."""
    _do(app, [partial(_tick, make_folders)])


def _do(app: Flask, steps: list[Callable[[], object]]) -> None:
    with app.app_context():
        for step in steps:
            try:
                step()
            except Exception:
                log.exception("a step of the sweep failed; it is tried again in a minute")


def _mail(app: Flask) -> None:
    if app.config["MAIL_SERVER"]:
        deliver_due(find_reader)


def make_queue(app: Flask) -> SqliteHuey:
    """The worker's queue, in a file of its own (it uses the standard SQLite module)."""
    queue = SqliteHuey(filename=str(Path(app.instance_path) / "jobs.sqlite3"))

    @queue.periodic_task(crontab(minute="*"))
    def every_minute() -> None:
        sweep(app)

    @queue.periodic_task(crontab(minute="*"))
    def every_minute_beside() -> None:
        sweep_folders(app)

    return queue
