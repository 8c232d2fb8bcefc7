"""Slips of paper on the desk: one wish in two lines, late ones in red."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _

from accounts.models import Area
from foundation import clock, labels
from wishes.models import Ask
from wishes.queries.desk import DeskRow
from wishes.rules.kinds import WishKind
from wishes.rules.life import STATE_LABELS, WishState

RUNNING = (WishState.OPEN, WishState.FILLED, WishState.IN_SERVICE, WishState.REPORTED)


class WishSlip(NamedTuple):
    """What the slip macro draws."""

    title: str
    note: str
    url: str
    late: str | None


def make_slip(row: DeskRow, desk: Area, *, at: datetime) -> WishSlip:
    """A wish as a slip: when and how many people, overdue from the planned end on."""
    return WishSlip(
        title=title_of(row),
        note=_note(row),
        url=url_for("communities.wish_desk", area_id=desk.id, wish_id=row.id),
        late=late_label(row.state, row.ends_at, at=at),
    )


def title_of(row: DeskRow) -> str:
    """The title, or what stands for a missing one."""
    return row.title or _("还没写标题（第 %(n)s 号）", n=f"{row.number:04d}")


def _note(row: DeskRow) -> str:
    if row.state in (WishState.CANCELLED, WishState.EXPIRED, WishState.UNFULFILLED):
        return _(STATE_LABELS[WishState(row.state)])
    if row.starts_at is None:
        when = _("时间待定")
    elif row.kind == WishKind.ITEM:
        when = _("%(day)s前", day=labels.short_day(row.ends_at))
    else:
        when = labels.short_when(row.starts_at)
    if row.headcount is None:
        return when
    seats = f"{row.places_taken}/{row.headcount}"
    if row.kind == WishKind.ITEM:
        return _("%(when)s · %(seats)s 件", when=when, seats=seats)
    return _("%(when)s · %(seats)s 人", when=when, seats=seats)


def waited(ask: Ask, at: datetime) -> str | None:
    """'已等 3 天' of an ask that nobody has taken up, None on the first two days."""
    days = (clock.local_day(at) - clock.local_day(ask.asked_at)).days
    return _("已等 %(days)s 天", days=days) if days >= 2 else None


def late_label(state: WishState, ends_at: datetime | None, *, at: datetime) -> str | None:
    """'超时 2 天' from the planned end on, None while there is time."""
    if ends_at is None or state not in RUNNING or ends_at >= at:
        return None
    days = (clock.local_day(at) - clock.local_day(ends_at)).days
    return _("超时 %(days)s 天", days=days) if days else _("今天超时")
