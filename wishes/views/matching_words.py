"""Reasons and slots in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from accounts.rules.skills import SLOT_LABELS, WEEKDAY_LABELS, WeekSlot, sort_slots
from foundation.forms import fill_in
from foundation.labels import listed
from wishes.rules.matching import Reason

DOT = " · "


def say_reasons(reasons: Iterable[Reason]) -> str:
    """Why, in one line: 会电工 · 周六上午有空 · 住在本社区."""
    return DOT.join(fill_in(each.sentence, each.params) for each in reasons)


def say_slots(slots: Iterable[WeekSlot]) -> str:
    """When an offer applies; no slot means any time."""
    words = [
        _("%(day)s%(slot)s", day=_(WEEKDAY_LABELS[day]), slot=_(SLOT_LABELS[slot]))
        for day, slot in sort_slots(slots)
    ]
    return listed(words) if words else _("时间可以商量")
