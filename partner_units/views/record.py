"""The unit's service record, on the page and as a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from io import BytesIO
from typing import Any

from flask import request, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from foundation import clock, labels
from foundation.access import signed_in
from foundation.sheets import Cell, write_sheet
from love_bank.rules import GRADE_LABELS
from partner_units.forms.record import RecordForm, write_colleague
from partner_units.policies import get_unit_desk
from partner_units.queries.record import (
    Record,
    list_record_communities,
    list_record_people,
    load_record,
)
from partner_units.rules.record import Line, Person
from partner_units.views.blueprint import bp
from partner_units.views.navigation import desk_page
from partner_units.views.sums import sum_boxes
from wishes.rules.kinds import CATEGORY_LABELS, PROVISION_LABELS, Provision

SHOWN = 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _chosen(unit_id: int) -> tuple[RecordForm, Record]:
    form = RecordForm(formdata=request.args)
    form.offer(list_record_communities(unit_id), list_record_people(unit_id))
    now = clock.now()
    fits = not request.args or form.validate()
    choice = form.choice() if fits else form.first_choice(clock.local_day(now))
    return form, load_record(unit_id, choice, at=now)


def _sheet_url(unit_id: int) -> str:
    """The sheet of what the page shows."""
    path = url_for("partner_units.record_sheet", unit_id=unit_id)
    asked = request.query_string.decode()
    return f"{path}?{asked}" if asked else path


def _evidence(line: Line) -> list[str]:
    return [_(GRADE_LABELS[grade]) for grade in line.grades]


def _colleagues(people: Iterable[Person]) -> str:
    return labels.listed(map(write_colleague, people))


def _tools(line: Line) -> str:
    return labels.listed(
        _(
            "%(tool)s（%(provision)s）",
            tool=name,
            provision=_(PROVISION_LABELS[Provision(provision)]),
        )
        for name, provision in line.wish.tools
    )


@bp.get("/unit/<int:unit_id>/record")
@signed_in
def record(unit_id: int) -> Any:
    """Every service of the unit's people, filtered, with its sums."""
    unit = get_unit_desk(current_user.id, unit_id)
    form, found = _chosen(unit_id)
    page = desk_page(
        "record.html", unit, form=form, record=found, shown=SHOWN, evidence=_evidence,
        tools=_tools, colleagues=_colleagues, boxes=sum_boxes(found.sums),
        excel_url=_sheet_url(unit_id),
    )  # fmt: skip
    return page, form.status


@bp.get("/unit/<int:unit_id>/record.xlsx")
@signed_in
def record_sheet(unit_id: int) -> Response:
    """The same lines as a sheet, the sums in its last row."""
    unit = get_unit_desk(current_user.id, unit_id)
    _form, found = _chosen(unit_id)
    columns = [
        _("日期"), _("结束"), _("心愿"), _("类别"), _("工具"), _("社区"), _("参加的同事"),
        _("人数"), _("时长"), _("件数"), _("证据"), _("照片"), _("公示"),
    ]  # fmt: skip
    rows = [_row(line) for line in found.lines]
    sheet = write_sheet(columns, [*rows, _sums_row(found)], _("服务记录"))
    today = clock.local_day(clock.now()).isoformat()
    name = _("%(unit)s 服务记录 %(day)s", unit=unit.short_name, day=today)
    answer = send_file(
        BytesIO(sheet), mimetype=XLSX, as_attachment=True, download_name=f"{name}.xlsx"
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _row(line: Line) -> list[Cell]:
    return [
        line.at,
        line.ends_at,
        line.wish.title,
        _(CATEGORY_LABELS[line.wish.category]),
        _tools(line),
        line.wish.community_name,
        _colleagues(line.people),
        len(line.people) or None,
        timedelta(minutes=line.minutes) if line.minutes else None,
        line.pieces or None,
        labels.listed(_evidence(line)),
        line.wish.photos,
        _("公示中") if line.in_notice else None,
    ]


def _sums_row(found: Record) -> list[Cell]:
    sums = found.sums
    return [
        _("合计"), None, _("%(n)s 件心愿", n=sums.wishes), None, None, None,
        _("%(n)s 名同事", n=sums.colleagues), None, timedelta(minutes=sums.minutes), sums.pieces,
        _("其中扫码 %(hours)s 小时", hours=f"{sums.scanned // 60}:{sums.scanned % 60:02d}"),
        None, None,
    ]  # fmt: skip
