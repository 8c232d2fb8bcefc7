"""The roster: see it, add one, take one off, bring in a sheet."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Organisation
from accounts.queries.rosters import list_roster
from accounts.services.rosters import add_colleague, import_roster, renew_join_code
from foundation.access import signed_in
from foundation.forms import Form, saying
from foundation.phones import show_phone
from partner_units.forms.roster import ColleagueForm, ImportForm, SheetForm, write_lines
from partner_units.policies import get_unit_desk
from partner_units.services.importing import preview_roster
from partner_units.services.leaving import remove_colleague
from partner_units.views.blueprint import bp
from partner_units.views.navigation import desk_page


def _to_roster(unit_id: int) -> Response:
    return redirect(url_for("partner_units.roster", unit_id=unit_id))


def _page(unit: Organisation, adding: ColleagueForm, sheet: SheetForm) -> tuple[str, int]:
    entries = list_roster(unit.id)
    page = desk_page(
        "roster.html", unit, entries=entries, adding=adding, sheet=sheet, show_phone=show_phone
    )
    return page, max(adding.status, sheet.status)


@bp.route("/unit/<int:unit_id>/roster", methods=["GET", "POST"])
@signed_in
def roster(unit_id: int) -> Any:
    """The list, and a form for one more."""
    unit = get_unit_desk(current_user.id, unit_id)
    form = ColleagueForm()
    if form.validate_on_submit():
        with saying(form):
            add_colleague(unit_id, actor_id=current_user.id, line=form.line())
            flash(_("%(name)s 已放进名册，把加入码告诉他们就行。", name=form.name.data), "success")
            return _to_roster(unit_id)
    return _page(unit, form, SheetForm(formdata=None))


@bp.post("/unit/<int:unit_id>/roster/<int:entry_id>/remove")
@signed_in
def remove(unit_id: int, entry_id: int) -> Response:
    """Take a colleague off."""
    get_unit_desk(current_user.id, unit_id)
    lost = remove_colleague(unit_id, actor_id=current_user.id, entry_id=entry_id)
    flash(_("已移出名册，做过的服务仍在记录里。"), "success")
    if lost:
        said = ngettext("%(num)d 个名额要另排人。", "%(num)d 个名额要另排人。", lost)
        flash(said, "warning")
    return _to_roster(unit_id)


@bp.post("/unit/<int:unit_id>/roster/import")
@signed_in
def preview(unit_id: int) -> Any:
    """Read a sheet and show what it would do; nothing is stored yet."""
    unit = get_unit_desk(current_user.id, unit_id)
    form = SheetForm()
    if form.validate_on_submit():
        file = form.file.data
        with saying(form):
            found = preview_roster(unit_id, file.stream.read(), file.filename)
            confirm = ImportForm(formdata=None, lines=write_lines(found.lines))
            return desk_page(
                "roster_preview.html", unit, found=found, form=confirm, show_phone=show_phone
            )
    return _page(unit, ColleagueForm(formdata=None), form)


@bp.post("/unit/<int:unit_id>/roster/import/confirm")
@signed_in
def confirm_import(unit_id: int) -> Any:
    """Store the rows that the preview showed."""
    get_unit_desk(current_user.id, unit_id)
    form = ImportForm()
    lines = form.read_lines() if form.validate_on_submit() else None
    if lines is None:
        flash(_("预览放得太久了，请重新选一次文件。"), "error")
        return _to_roster(unit_id)
    added, changed = import_roster(unit_id, actor_id=current_user.id, lines=lines)
    flash(_("导入好了：新增 %(added)s 人，更新 %(changed)s 人。", added=added, changed=changed),
          "success")  # fmt: skip
    return _to_roster(unit_id)


@bp.post("/unit/<int:unit_id>/join-code")
@signed_in
def renew_code(unit_id: int) -> Any:
    """A new join code; the old one is worth nothing from now on."""
    get_unit_desk(current_user.id, unit_id)
    if Form().validate_on_submit():
        renew_join_code(unit_id, actor_id=current_user.id)
        flash(_("换了新的加入码，旧码已作废。"), "success")
    return redirect(url_for("partner_units.home", unit_id=unit_id))
