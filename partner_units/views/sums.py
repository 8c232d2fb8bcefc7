"""The four sums in words, for the home page and the record."""

from __future__ import annotations

from flask_babel import gettext as _

from foundation.labels import hours_words
from partner_units.rules.record import Sums


def sum_boxes(sums: Sums) -> list[tuple[str, str]]:
    """(number, words) of each box."""
    return [
        (str(sums.wishes), _("件心愿")),
        (str(sums.colleagues), _("名同事参加")),
        (hours_words(sums.minutes), _("其中扫码 %(hours)s", hours=hours_words(sums.scanned))),
        (str(sums.pieces), _("件物品送到")),
    ]
