"""The pieces of a report's page: figures with their lists, bars, and a table of communities."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _

from foundation.sheets import Cell
from oversight.models import MonthlyReport
from oversight.rules.fields import number_words, share_words
from oversight.rules.figures import (
    FIGURE_LABELS,
    GRADES,
    HOURS,
    LEVELS,
    OUTCOMES,
    Figure,
    Numbers,
    Report,
)

SHOWN_PLACES = (
    Figure.ASKS, Figure.ANSWERED, Figure.SOLVED, Figure.RAISED, Figure.WISHES, Figure.ON_TIME,
    Figure.SERVICES, Figure.MINUTES,
)  # fmt: skip
GROUPS = (
    (Figure.ASKS, *OUTCOMES, Figure.QUICK),
    tuple(LEVELS),
    (Figure.WISHES, Figure.ON_TIME, Figure.HELPED),
    (Figure.SERVICES, Figure.UNITS, Figure.MINUTES, *GRADES),
)


class Bar(NamedTuple):
    """One bar: its width in hundredths of the longest."""

    label: str
    text: str
    width: int


class Linked(NamedTuple):
    """A figure and the way to its rows."""

    label: str
    text: str
    url: str


def bars_of(numbers: Numbers, figures: tuple[Figure, ...]) -> list[Bar]:
    """Bars of these figures; the text says the number, so that no colour is needed."""
    most = max((numbers[each] for each in figures), default=0) or 1
    return [
        Bar(
            _(FIGURE_LABELS[each]), number_words(each, numbers[each]),
            round(100 * numbers[each] / most),
        )
        for each in figures
    ]  # fmt: skip


def linked_figures(report: MonthlyReport, numbers: Numbers) -> list[list[Linked]]:
    """Every figure in its group, each with the rows behind it."""
    return [[_linked(report, each, numbers) for each in group] for group in GROUPS]


def _linked(report: MonthlyReport, figure: Figure, numbers: Numbers) -> Linked:
    text = number_words(figure, numbers[figure])
    if figure is Figure.QUICK:
        text = f"{text} · {share_words(numbers, Figure.QUICK, Figure.ASKS)}"
    if figure is Figure.ON_TIME:
        text = f"{text} · {share_words(numbers, Figure.ON_TIME, Figure.WISHES)}"
    url = url_for(
        "oversight.report_rows", area_id=report.area_id, report_id=report.id, figure=figure
    )
    return Linked(_(FIGURE_LABELS[figure]), text, url)


def place_table(counted: Report) -> tuple[list[tuple[str, str]], list[list[str]]]:
    """Columns and rows of the communities, by name."""
    columns = [(_("社区"), ""), *((_(FIGURE_LABELS[each]), "num") for each in SHOWN_PLACES)]
    rows = [
        [name, *(number_words(each, numbers[each]) for each in SHOWN_PLACES)]
        for _id, name, numbers in counted.places
    ]
    return columns, rows


def sheet_of(counted: Report) -> tuple[list[str], list[list[Cell]]]:
    """Columns and rows of the sheet: a line for each figure, a column for each place."""
    columns = [_("指标"), _("合计"), *(name for _id, name, _numbers in counted.places)]
    everywhere = [counted.total, *(numbers for _id, _name, numbers in counted.places)]
    rows: list[list[Cell]] = [
        [_(FIGURE_LABELS[each]), *(_cell(each, numbers) for numbers in everywhere)]
        for each in Figure
    ]
    return columns, rows


def _cell(figure: Figure, numbers: Numbers) -> Cell:
    """Hours as the page writes them would be text; here a sum must be able to add them up."""
    number = numbers[figure]
    return timedelta(minutes=number) if figure in HOURS else number
