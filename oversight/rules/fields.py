"""A report's numbers as words: the same for the page, the sheet and the document."""

from __future__ import annotations

from typing import Any

from oversight.rules.documents import (
    MONTH,
    PLACE_NAME,
    PLACES,
    QUICK_SHARE,
    STREET,
    TIME_SHARE,
    WORDS,
)
from oversight.rules.figures import FIGURE_LABELS, HOURS, Figure, Numbers, Report, share

NOTHING = "—"


def number_words(figure: Figure, number: int) -> str:
    """A number as people read it: minutes as '1:30'."""
    return f"{number // 60}:{number % 60:02d}" if figure in HOURS else str(number)


def share_words(numbers: Numbers, part: Figure, whole: Figure) -> str:
    """'75%', or a dash of nothing."""
    found = share(numbers[part], numbers[whole])
    return NOTHING if found is None else f"{found}%"


def fields_of(report: Report, *, street: str, words: str) -> dict[str, Any]:
    """What a template may name."""
    total = report.total
    return {
        str(STREET): street,
        str(MONTH): f"{report.month:%Y-%m}",
        str(WORDS): words,
        str(QUICK_SHARE): share_words(total, Figure.QUICK, Figure.ASKS),
        str(TIME_SHARE): share_words(total, Figure.ON_TIME, Figure.WISHES),
        str(PLACES): [{str(PLACE_NAME): name, **_named(n)} for _id, name, n in report.places],
        **_named(total),
    }


def _named(numbers: Numbers) -> dict[str, str]:
    return {
        str(FIGURE_LABELS[each]): number_words(each, numbers.get(str(each), 0)) for each in Figure
    }
