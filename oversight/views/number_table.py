"""The street's table: a line for each place, a number for each column, each number a link."""

from __future__ import annotations

from typing import NamedTuple

from flask import url_for
from flask_babel import gettext as _

from accounts.models import Area
from accounts.rules import AreaKind
from foundation.settings import setting
from oversight.rules.columns import COLUMN_DAYS, COLUMN_LABELS, Column, Tally, sum_at

Tallies = dict[Column, list[Tally]]


class Cell(NamedTuple):
    """One number, and the list behind it."""

    label: str
    number: int
    url: str


class Line(NamedTuple):
    """One place: its name, the way further down, its numbers."""

    name: str
    url: str | None
    cells: list[Cell]


def column_label(column: Column) -> str:
    """A column's name with its days."""
    days = setting(COLUMN_DAYS[column]) if column in COLUMN_DAYS else 0
    return _(COLUMN_LABELS[column], days=days)


def line_of(
    area: Area, place: Area, tallies: Tallies, communities: list[Area], *, opens: bool = True
) -> Line:
    """A place as a line of the table of `area`; a grid counts only what carries its name."""
    grid_id = place.id if place.kind == AreaKind.GRID else None
    home_id = place.parent_id if grid_id else None
    below = {each.id for each in communities if each.path.startswith(place.path)}
    below |= {home_id} if home_id is not None else set()
    cells = [
        Cell(
            column_label(column), sum_at(tallies[column], below, grid_id),
            url_for(
                "oversight.column", area_id=area.id, column=column,
                place=None if place.id == area.id else place.id,
            ),
        )
        for column in Column
    ]  # fmt: skip
    url = url_for("oversight.tree", area_id=area.id, below_id=place.id) if opens else None
    return Line(place.name, url, cells)
