"""台账: files in, with a preview of every row; the register out again as a sheet."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from flask import flash, redirect, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from communities.forms.register import ChoiceForm, ColumnsForm, FileForm, RowsForm
from communities.queries.register import count_rows, get_batch, list_batches
from communities.queries.register_lines import RegisterChoice, count_lines, list_lines
from communities.services.register import import_rows, set_columns, take_in
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_worker_desk
from communities.views.register_preview import PAGE, preview_rows, say_notes
from communities.views.register_sheet import claimed_by, columns_of, row_of
from foundation import clock
from foundation.access import signed_in
from foundation.forms import row_id, saying
from foundation.sheet_reading import MOST_ROWS
from foundation.sheets import write_sheet

SHOWN = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REGISTER = "/desk/<int:area_id>/register"
BATCH = f"{REGISTER}/<int:batch_id>"


@bp.route(REGISTER, methods=["GET", "POST"])
@signed_in
def register(area_id: int) -> Response | tuple[str, int]:
    """The community's wishes as a register; a file may be brought here."""
    area = my_worker_desk(area_id)
    form = FileForm()
    if form.validate_on_submit():
        file = form.file.data
        with saying(form):
            batch_id, seen = take_in(
                area.id, actor_id=current_user.id, data=file.read(), filename=file.filename
            )
            if seen:
                flash(_("这份文件以前传过，这是上次的结果；已导入的行不会重复导入。"))
            return redirect(_batch_url(area_id, batch_id))
    choice, filters = _choice()
    page = render_desk(
        "communities/register.html", area, form=form, filters=filters,
        batches=list_batches(area.id), lines=list_lines(area.id, choice, limit=SHOWN),
        total=count_lines(area.id, choice), claimed_by=claimed_by, sheet_url=_sheet_url(area_id),
    )  # fmt: skip
    return page, form.status


def _sheet_url(area_id: int) -> str:
    return url_for(
        "communities.register_sheet",
        area_id=area_id,
        month=request.args.get("month"),
        state=request.args.get("state"),
    )


def _choice() -> tuple[RegisterChoice, ChoiceForm]:
    form = ChoiceForm(formdata=request.args)
    form.offer(clock.local_day(clock.now()))
    return RegisterChoice(form.chosen_month(), form.chosen_state()), form


@bp.get(f"{REGISTER}.xlsx")
@signed_in
def register_sheet(area_id: int) -> Response:
    """The chosen part of the register as a sheet, original words at the end of each row."""
    area = my_worker_desk(area_id)
    choice, _form = _choice()
    lines = list_lines(area.id, choice)
    own = list(dict.fromkeys(header for line in lines for header in line.original or {}))
    columns = [*columns_of(), *(_("原台账：%(header)s", header=header) for header in own)]
    rows = ([*row_of(line), *((line.original or {}).get(each) for each in own)] for line in lines)
    title = _("%(area)s微心愿台账", area=area.name)
    return send_file(
        BytesIO(write_sheet(columns, rows, title)),
        mimetype=XLSX, as_attachment=True, download_name=f"{title}.xlsx", max_age=0,
    )  # fmt: skip


@bp.route(BATCH, methods=["GET", "POST"])
@signed_in
def register_batch(area_id: int, batch_id: int) -> Response | tuple[str, int]:
    """What was understood of each row; the ticked ones become drafts."""
    area = my_worker_desk(area_id)
    batch = get_batch(area.id, batch_id)
    form = RowsForm()
    if form.validate_on_submit():
        with saying(form):
            made = import_rows(
                batch_id, actor_id=current_user.id, area_id=area_id, lines=form.lines.data,
                again=form.again.data,
            )  # fmt: skip
            flash(_("导入了 %(n)s 个心愿，都是草稿，原话都留着。", n=len(made)), "success")
            return redirect(_batch_url(area_id, batch_id, page=_page()))
    return _show_batch(area, batch, form)


def _page() -> int:
    return min(request.args.get("page", 1, type=row_id), MOST_ROWS)


def _show_batch(area: Any, batch: Any, form: Any) -> tuple[str, int]:
    columns = ColumnsForm(formdata=None, data={"columns": batch.columns})
    columns.offer(batch.headers)
    ticked = _ticked(form.lines.data) if form.is_submitted() else None
    page = render_desk(
        "communities/register_batch.html", area, batch=batch, form=form, columns=columns,
        notes=say_notes(batch.notes), total=count_rows(batch.id), page=_page(), page_rows=PAGE,
        rows=preview_rows(area.id, batch, page=_page(), ticked=ticked),
        here=_batch_url(area.id, batch.id, page=_page()),
        next_url=_batch_url(area.id, batch.id, page=_page() + 1),
        first_url=_batch_url(area.id, batch.id),
    )  # fmt: skip
    return page, form.status


def _ticked(lines: Iterable[Any] | None) -> set[int]:
    return {int(line) for line in lines or ()}


@bp.post(f"{BATCH}/columns")
@signed_in
def register_columns(area_id: int, batch_id: int) -> Response | tuple[str, int]:
    """Correct what the columns say."""
    area = my_worker_desk(area_id)
    batch = get_batch(area.id, batch_id)
    form = ColumnsForm()
    if form.validate_on_submit():
        with saying(form):
            set_columns(batch_id, actor_id=current_user.id, area_id=area_id, columns=form.chosen())
            flash(_("已按新的列重新读了一遍。"), "success")
            return redirect(_batch_url(area_id, batch_id))
    rows = RowsForm(formdata=None)
    rows.refusals, rows.refused_with = form.refusals, form.refused_with or 422
    return _show_batch(area, batch, rows)


def _batch_url(area_id: int, batch_id: int, page: int = 1) -> str:
    return url_for(
        "communities.register_batch", area_id=area_id, batch_id=batch_id,
        page=page if page > 1 else None,
    )  # fmt: skip
