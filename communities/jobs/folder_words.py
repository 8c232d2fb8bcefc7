"""Words that the papers of a folder share: days and moments with their year, in any language."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import gettext as _

from foundation import clock
from foundation.labels import NOTHING


def moment(at: datetime | None) -> str:
    """'2026-10-03 14:00': papers are read years later."""
    return f"{clock.local(at):%Y-%m-%d %H:%M}" if at else NOTHING


def span(start: datetime | None, end: datetime | None) -> str:
    """'2026-10-03 14:00–15:00'; the second day is named only when it is another one."""
    if start is None or end is None or start == end:
        return moment(start or end)
    same = clock.local_day(start) == clock.local_day(end)
    return (
        f"{moment(start)}–{clock.local(end):%H:%M}" if same else f"{moment(start)} – {moment(end)}"
    )


def period(first: date, last: date) -> str:
    """'2026-10-01 至 2026-10-31'."""
    return str(_("%(first)s 至 %(last)s", first=first.isoformat(), last=last.isoformat()))
