"""The lists behind the street's numbers, and the way down the area tree, people masked."""

from __future__ import annotations

from datetime import date, datetime

from flask import abort, request, url_for
from flask_babel import gettext as _

from accounts.models import Area
from accounts.queries.areas import get_area, list_below, list_communities
from accounts.refusals import AreaNotFound
from accounts.rules import KIND_LABELS, AreaKind, is_under
from foundation import clock, labels
from foundation.access import signed_in
from foundation.forms import row_id
from foundation.masks import mask_person
from oversight.queries.columns import Row, count_columns, list_column, rows_of_late
from oversight.rules.columns import COLUMN_NOTES, Column
from oversight.views.blueprint import bp
from oversight.views.number_table import column_label, line_of
from oversight.views.street_page import my_area, render_street
from wishes.queries.overdue import list_overdue
from wishes.rules.lateness import Kind

ORDER = list(AreaKind)
DOUBTS = (lambda: _("补的签退"), lambda: _("有超时"), lambda: _("报告后改过到场记录"))


@bp.get("/oversight/<int:area_id>/columns/<column>")
@signed_in
def column(area_id: int, column: str) -> str:
    """What stands behind one number, of the whole area or of one place in it."""
    area = my_area(area_id)
    if column not in set(Column):
        abort(404)
    place_id = request.args.get("place", type=row_id)
    place = _place_in(area, place_id) if place_id else area
    chosen, at = Column(column), clock.now()
    if chosen is Column.OVERDUE:
        rows = rows_of_late(list_overdue(place, at=at), place)
    else:
        rows = list_column(chosen, place, at=at)
    return render_street(
        "column.html", area, spot=place, label=column_label(chosen),
        note=_(COLUMN_NOTES[chosen]), entries=[_entry(row, chosen) for row in rows],
    )  # fmt: skip


@bp.get("/oversight/<int:area_id>/tree/<int:below_id>")
@signed_in
def tree(area_id: int, below_id: int) -> str:
    """One place with its numbers, and those that lie directly in it."""
    area, at = my_area(area_id), clock.now()
    place = _place_in(area, below_id)
    late = list_overdue(area, at=at)
    tallies = count_columns(place, late, at=at)
    communities = list_communities(place)
    below = sorted(list_below(place.id), key=lambda each: ORDER.index(AreaKind(each.kind)))
    return render_street(
        "tree.html", area, spot=place, all_late=late, kind=_(KIND_LABELS[AreaKind(place.kind)]),
        above=_above(area, place), foot=line_of(area, place, tallies, communities, opens=False),
        lines=[line_of(area, each, tallies, communities) for each in below],
    )  # fmt: skip


def _place_in(area: Area, place_id: int) -> Area:
    place = get_area(place_id)
    if not is_under(place.path, area.path):
        raise AreaNotFound
    return place


def _above(area: Area, place: Area) -> list[tuple[str, str]]:
    """The way from the own area down to the place: (url, name)."""
    way: list[tuple[str, str]] = []
    step = place.parent
    while step is not None and is_under(step.path, area.path):
        way.append((url_for("oversight.tree", area_id=area.id, below_id=step.id), step.name))
        step = step.parent
    return way[::-1]


def _entry(row: Row, chosen: Column) -> tuple[str, str | None, str]:
    """Title, link and soft line of one thing; people only masked."""
    people = labels.listed(mask_person(name, phone) for name, phone in row.people)
    if row.kind is None:
        title = _("居民 %(n)s 号", n=row.id)
        met = _("上次见面 %(day)s", day=labels.day(row.since)) if row.since else _("还没有见过")
        parts = [row.community_name, row.grid_name or _("未分网格"), met]
        return title, None, " · ".join(parts)
    whys = [doubt() for doubt, yes in zip(DOUBTS, row.whys, strict=False) if yes]
    parts = [row.community_name, _since(row.since), people]
    parts += [labels.listed(whys)] if chosen is Column.DOUBTFUL else []
    return row.title, _matter(row), " · ".join(part for part in parts if part)


def _since(moment: datetime | date | None) -> str:
    if not isinstance(moment, datetime):
        return ""
    return _("%(when)s 起", when=labels.when(moment))


def _matter(row: Row) -> str:
    if row.kind is Kind.REFERRAL:
        return url_for("wishes.referral", referral_id=row.id)
    if row.kind is Kind.ASK:
        return url_for("communities.ask_desk", area_id=row.community_id, ask_id=row.id)
    return url_for("communities.wish_desk", area_id=row.community_id, wish_id=row.id)
