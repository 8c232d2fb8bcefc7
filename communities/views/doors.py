"""Private details as pages show them: opened for one answer, or only named as kept."""

from __future__ import annotations

from flask_babel import gettext as _

from foundation.phones import show_phone
from wishes.queries.private import find_details
from wishes.rules.asking import PrivateWords


def private_pairs(details: PrivateWords | None) -> list[tuple[str, str]]:
    """Opened details as facts; what was not told is left out."""
    if details is None:
        return []
    told = [
        (_("称呼"), details.name),
        (_("电话"), show_phone(details.phone) if details.phone else ""),
        (_("门牌"), details.door),
        (_("提醒"), details.note),
    ]
    return [(name, value) for name, value in told if value]


def kept_labels(*, ask_id: int | None = None, wish_id: int | None = None) -> list[str]:
    """Which details are kept, without showing them."""
    row = find_details(ask_id=ask_id, wish_id=wish_id)
    if row is None:
        return []
    told = [
        (_("称呼"), row.name),
        (_("电话"), row.phone),
        (_("门牌"), row.door),
        (_("提醒"), row.note),
    ]
    return [name for name, value in told if value]
