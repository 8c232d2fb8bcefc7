"""Cards from a sheet, with a preview of every row; the cards out again for the own staff."""

from __future__ import annotations

from io import BytesIO

from flask import flash, redirect, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from communities.forms.residents import (
    ImportResidentsForm,
    ResidentSheetForm,
    carry_lines,
    read_lines,
)
from communities.services.resident_import import preview_residents
from communities.views.blueprint import bp
from communities.views.register import XLSX
from communities.views.residents import RESIDENTS, Page, private_page
from foundation import clock, labels
from foundation.access import signed_in
from foundation.forms import saying
from foundation.phones import show_phone
from foundation.sheets import Cell, write_sheet
from wishes.policies.residents import get_care_desk
from wishes.queries.residents import Card, list_cards
from wishes.rules.residents import BEST_TIME_LABELS, BestTime
from wishes.services.resident_looks import note_export_of_all
from wishes.services.residents import add_residents


@bp.route(f"{RESIDENTS}/import", methods=["GET", "POST"])
@signed_in
def import_residents(area_id: int) -> Page:
    """Hand in a sheet and see what it would do; nothing is stored yet."""
    desk = get_care_desk(current_user.id, area_id)
    form = ResidentSheetForm()
    if form.validate_on_submit():
        file = form.file.data
        with saying(form):
            found = preview_residents(desk, file.stream.read(), file.filename)
            confirm = ImportResidentsForm(
                formdata=None, lines=carry_lines(found.lines, _purpose(area_id)),
                consent_on=clock.local_day(clock.now()),
            )  # fmt: skip
            return private_page("communities/resident_preview.html", desk, found=found,
                                form=confirm, show_phone=show_phone)  # fmt: skip
    return private_page("communities/resident_import.html", desk, form=form, status=form.status)


def _purpose(area_id: int) -> str:
    """The seal of one desk's and one person's preview: no other page opens it."""
    return f"resident.import.{area_id}.{current_user.id}"


@bp.post(f"{RESIDENTS}/import/confirm")
@signed_in
def confirm_residents(area_id: int) -> Page:
    """Store the rows that the preview showed."""
    desk = get_care_desk(current_user.id, area_id)
    form = ImportResidentsForm()
    lines = read_lines(form.lines.data or "", _purpose(area_id))
    if lines is None:
        flash(_("预览放得太久了，请重新选一次文件。"), "error")
        return redirect(url_for("communities.import_residents", area_id=area_id))
    if form.validate():
        with saying(form):
            added, known = add_residents(
                area_id, actor_id=current_user.id, lines=lines, consent_on=form.asked_on
            )
            said = _("导入了 %(added)s 位居民，%(known)s 位以前就有。", added=added, known=known)
            flash(said, "success")
            return redirect(url_for("communities.residents", area_id=area_id))
        desk = get_care_desk(current_user.id, area_id)
    return private_page("communities/resident_preview.html", desk, found=None, form=form,
                        lines=len(lines), status=form.status)  # fmt: skip


@bp.get(f"{RESIDENTS}.xlsx")
@signed_in
def residents_sheet(area_id: int) -> Response:
    """All cards of the own desk as a sheet that can be imported again; written on every card."""
    note_export_of_all(area_id, actor_id=current_user.id)
    desk = get_care_desk(current_user.id, area_id)
    columns = [
        _("姓名"), _("门牌"), _("电话"), _("网格"), _("标签"), _("方便的时间"), _("备注"),
        _("走访人"),
    ]  # fmt: skip
    rows = [_row(card) for card in list_cards(desk)]
    title = _("%(area)s重点居民", area=desk.name)
    return send_file(
        BytesIO(write_sheet(columns, rows, title)),
        mimetype=XLSX, as_attachment=True, download_name=f"{title}.xlsx", max_age=0,
    )  # fmt: skip


def _row(card: Card) -> list[Cell]:
    best = _(BEST_TIME_LABELS[BestTime(card.best_time)]) if card.best_time else ""
    phone = show_phone(card.phone) if card.phone else ""
    tags = labels.listed(card.tags)
    return [card.name, card.door, phone, card.grid, tags, best, card.note, card.helper]
