"""没来的记录: my own, what it means, and my side of it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from foundation import clock
from foundation.access import signed_in
from foundation.forms import saying
from foundation.settings import setting
from volunteers.forms.changes import AppealForm
from volunteers.views.blueprint import bp
from wishes.queries.no_shows import count_counting, get_own_no_show, list_own_no_shows
from wishes.rules.no_shows import NoShowState, counts_from, is_faded, needs_a_nod
from wishes.services.appeals import appeal


@bp.get("/mine/no-shows")
@signed_in
def no_shows() -> str:
    """All of mine, and what they mean today."""
    days, limit = setting("NO_SHOW_DAYS"), setting("NO_SHOW_LIMIT")
    count = count_counting(current_user.id, since=counts_from(clock.now(), days=days))
    return render_template(
        "volunteers/no_shows.html", rows=list_own_no_shows(current_user.id), count=count,
        days=days, limit=limit, is_held=needs_a_nod(count, limit=limit),
    )  # fmt: skip


@bp.route("/mine/no-shows/<int:no_show_id>", methods=["GET", "POST"])
@signed_in
def no_show(no_show_id: int) -> Any:
    """One of mine, and the form of an appeal."""
    form = AppealForm()
    if form.validate_on_submit():
        with saying(form):
            appeal(no_show_id, actor_id=current_user.id, words=form.words.data or "")
            flash(_("申诉交上去了，由另一位工作人员答复，结果会通知您。"), "success")
            return redirect(url_for("volunteers.no_show", no_show_id=no_show_id))
    row = get_own_no_show(no_show_id, current_user.id)
    faded = is_faded(row.happened_at, at=clock.now(), days=setting("NO_SHOW_DAYS"))
    may_appeal = row.state == NoShowState.COUNTS and row.appealed_at is None and not faded
    page = render_template(
        "volunteers/no_show.html", form=form, row=row, may_appeal=may_appeal,
        days=setting("NO_SHOW_DAYS"),
    )  # fmt: skip
    return page, form.status
