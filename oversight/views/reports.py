"""月报: the page with its charts, the rows behind each figure, .xlsx and .docx."""

from __future__ import annotations

from io import BytesIO

from flask import abort, flash, redirect, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from foundation import clock, labels
from foundation.access import signed_in
from foundation.forms import saying
from foundation.sheets import write_sheet
from oversight.forms.reports import WordsForm
from oversight.forms.spot_checks import MonthForm
from oversight.models import MonthlyReport
from oversight.queries.figures import load_report, load_rows, quick_days
from oversight.queries.reports import find_template, get_report, list_reports
from oversight.rules.documents import make_sample, render_document
from oversight.rules.fields import fields_of
from oversight.rules.figures import (
    FIGURE_LABELS,
    GRADES,
    OUTCOMES,
    AskRow,
    Figure,
    Row,
    WishRow,
    rows_behind,
)
from oversight.services.reporting import draft_report, word_report
from oversight.views.blueprint import bp
from oversight.views.report_page import bars_of, linked_figures, place_table, sheet_of
from oversight.views.street_page import my_area, render_street
from wishes.views.check_words import month_name

REPORT = "/oversight/<int:area_id>/reports/<int:report_id>"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PLAIN_NAME = "report.docx"
Page = str | Response | tuple[str, int]


@bp.route("/oversight/<int:area_id>/reports", methods=["GET", "POST"])
@signed_in
def reports(area_id: int) -> Page:
    """Every month's report, and the draft of an earlier month."""
    area, form = my_area(area_id), MonthForm()
    form.offer(clock.local_day(clock.now()))
    if form.validate_on_submit():
        with saying(form):
            report_id = draft_report(area_id, actor_id=current_user.id, month=form.month.data)
            return redirect(url_for("oversight.report", area_id=area_id, report_id=report_id))
        area = my_area(area_id)
    rows = [(each, month_name(each.month)) for each in list_reports(area.id)]
    page = render_street("reports.html", area, form=form, rows=rows, own=find_template(area.id))
    return page, form.status


@bp.route(REPORT, methods=["GET", "POST"])
@signed_in
def report(area_id: int, report_id: int) -> Page:
    """One month: figures, bars, communities, the street's words."""
    my_area(area_id)
    kept = get_report(report_id, area_id=area_id)
    form = WordsForm(words=kept.words)
    if form.validate_on_submit():
        finish = "finish" in request.form
        with saying(form):
            word_report(
                report_id, area_id=area_id, actor_id=current_user.id,
                words=form.words.data or "", finish=finish,
            )  # fmt: skip
            flash(_("定稿了，数字不再变。") if finish else _("说明存好了。"), "success")
            return redirect(url_for("oversight.report", area_id=area_id, report_id=report_id))
    return _report_page(area_id, report_id, form), form.status


def _report_page(area_id: int, report_id: int, form: WordsForm) -> str:
    area, kept = my_area(area_id), get_report(report_id, area_id=area_id)
    counted = load_report(kept)
    columns, rows = place_table(counted)
    return render_street(
        "report.html", area, report=kept, form=form, month=month_name(kept.month),
        groups=linked_figures(kept, counted.total), columns=columns, rows=rows,
        charts=[
            (_("诉求结果"), bars_of(counted.total, tuple(OUTCOMES))),
            (_("时长凭据"), bars_of(counted.total, tuple(GRADES))),
        ],
    )  # fmt: skip


@bp.get(f"{REPORT}/rows/<figure>")
@signed_in
def report_rows(area_id: int, report_id: int, figure: str) -> str:
    """The rows that a figure counts, as they are now."""
    area, kept = my_area(area_id), get_report(report_id, area_id=area_id)
    if figure not in set(Figure):
        abort(404)
    chosen = Figure(figure)
    rows = rows_behind(chosen, load_rows(area, kept.month), quick_days=quick_days())
    return render_street(
        "report_rows.html", area, report=kept, month=month_name(kept.month),
        label=_(FIGURE_LABELS[chosen]), entries=[_entry(row) for row in rows],
    )  # fmt: skip


def _entry(row: Row) -> tuple[str, str, str]:
    """Title, link and soft line of one row."""
    if isinstance(row, AskRow):
        url = url_for("communities.ask_desk", area_id=row.community_id, ask_id=row.id)
        figure = next(each for each, outcome in OUTCOMES.items() if outcome is row.outcome)
        days = "" if row.days is None else _("%(days)s 个工作日", days=row.days)
        return row.title, url, " · ".join(part for part in (_(FIGURE_LABELS[figure]), days) if part)
    url = url_for("communities.wish_desk", area_id=row.community_id, wish_id=row.id)
    if isinstance(row, WishRow):
        helped = _("受益 %(n)s 人次", n=row.helped) if row.helped else ""
        kept = _("按时") if row.on_time else _("没有按时")
        return row.title, url, " · ".join(part for part in (kept, helped) if part)
    parts = (row.person, row.unit or "", labels.hours_words(row.minutes))
    return row.title, url, " · ".join(part for part in parts if part)


@bp.get(f"{REPORT}.xlsx")
@signed_in
def report_sheet(area_id: int, report_id: int) -> Response:
    """The figures as a sheet, a column for each community."""
    area, kept = my_area(area_id), get_report(report_id, area_id=area_id)
    columns, rows = sheet_of(load_report(kept))
    title = _title(area.name, kept)
    return _send(write_sheet(columns, rows, title), XLSX, f"{title}.xlsx")


@bp.get(f"{REPORT}.docx")
@signed_in
def report_document(area_id: int, report_id: int) -> Response:
    """The report in the street's own template, or in the plain one."""
    area, kept = my_area(area_id), get_report(report_id, area_id=area_id)
    own = find_template(area.id)
    content, name = (own.content, own.filename) if own else (sample_document(), PLAIN_NAME)
    fields = fields_of(load_report(kept), street=area.name, words=kept.words)
    return _send(
        render_document(content, fields, name=name), DOCX, f"{_title(area.name, kept)}.docx"
    )


def sample_document() -> bytes:
    """The plain template: every field once."""
    return make_sample(
        _("微心愿月报"), _("受益人次：讲座等按签到人数，上门一次算一人次，送到一件算一人次。")
    )


def _title(street: str, kept: MonthlyReport) -> str:
    return _("%(street)s%(month)s微心愿月报", street=street, month=f"{kept.month:%Y-%m}")


def _send(content: bytes, mimetype: str, name: str) -> Response:
    return send_file(
        BytesIO(content), mimetype=mimetype, as_attachment=True, download_name=name, max_age=0
    )
