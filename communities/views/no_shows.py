"""没来的记录 at the desk: appeals to answer, excuses, the nod to go on."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area
from communities.forms.changes import AnswerForm
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_desk
from communities.views.wish_forms import Page
from foundation.access import signed_in
from foundation.forms import saying
from foundation.settings import setting
from wishes.queries.no_shows import get_no_show_at, list_no_shows_at
from wishes.rules.no_shows import NoShowState
from wishes.services import appeals

NO_SHOWS = "/desk/<int:area_id>/no-shows"


@bp.get(NO_SHOWS)
@signed_in
def no_shows(area_id: int) -> str:
    """Who did not come lately, open appeals first."""
    desk = my_desk(area_id)
    return render_desk(
        "communities/no_shows.html", desk, rows=list_no_shows_at(desk),
        days=setting("NO_SHOW_DAYS"),
    )  # fmt: skip


@bp.route(f"{NO_SHOWS}/<int:no_show_id>", methods=["GET", "POST"])
@signed_in
def no_show(area_id: int, no_show_id: int) -> Page:
    """One of them: excuse it, or answer the appeal."""
    desk = my_desk(area_id)
    get_no_show_at(desk, no_show_id)
    form = AnswerForm()
    if form.validate_on_submit():
        with saying(form):
            _answer(no_show_id, form.words.data or "")
            flash(_("记好了，本人已收到通知。"), "success")
            return _back(desk, no_show_id)
    return _show(desk, no_show_id, form)


@bp.post(f"{NO_SHOWS}/<int:no_show_id>/go-on")
@signed_in
def let_go_on(area_id: int, no_show_id: int) -> Page:
    """The worker's nod."""
    desk = my_desk(area_id)
    get_no_show_at(desk, no_show_id)
    form = AnswerForm(formdata=None)
    with saying(form):
        appeals.let_go_on(no_show_id, actor_id=current_user.id)
        flash(_("好，可以继续认领了。"), "success")
        return _back(desk, no_show_id)
    return _show(desk, no_show_id, form)


def _answer(no_show_id: int, words: str) -> None:
    me = current_user.id
    if "excuse" in request.form:
        appeals.excuse(no_show_id, actor_id=me, words=words)
    else:
        accept = "accept" in request.form
        appeals.answer_appeal(no_show_id, actor_id=me, accept=accept, words=words)


def _back(desk: Area, no_show_id: int) -> Response:
    return redirect(url_for("communities.no_show", area_id=desk.id, no_show_id=no_show_id))


def _show(desk: Area, no_show_id: int, form: AnswerForm) -> Page:
    row = get_no_show_at(desk, no_show_id)
    is_open = row.state in (NoShowState.COUNTS, NoShowState.LET_PASS) and row.answered_at is None
    mine = row.noted_by_id == current_user.id and row.appealed_at is not None
    page = render_desk(
        "communities/no_show.html", desk, row=row, form=form, is_open=is_open and not mine,
        is_mine=is_open and mine, limit=setting("NO_SHOW_LIMIT"),
        may_nod=row.state == NoShowState.COUNTS and row.user_id != current_user.id,
    )  # fmt: skip
    return page, form.status
