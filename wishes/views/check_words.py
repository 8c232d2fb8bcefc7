"""Spot checks in words: the month, the published rate."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from wishes.rules.spot_checks import CheckRate


def month_name(month: date) -> str:
    """'2026年10月'."""
    return _("%(year)s年%(month)s月", year=month.year, month=month.month)


def rate_words(rate: CheckRate) -> str:
    """A published rate in words."""
    said = _(
        "抽 %(drawn)s 件，回访 %(called)s 件，属实 %(reached)s 件，不符 %(contradicts)s 件",
        drawn=rate.drawn, called=rate.called, reached=rate.reached, contradicts=rate.contradicts,
    )  # fmt: skip
    if rate.share is None:
        return said
    return _("%(said)s，属实率 %(share)s%%", said=said, share=rate.share)
