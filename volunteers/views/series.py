"""Taking every day of a series; keeping somebody company for long."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user

from foundation.access import signed_in
from foundation.forms import saying
from volunteers.views.blueprint import bp
from wishes.forms.series import OtherTimeForm
from wishes.policies.series import ensure_companion, ensure_may_end
from wishes.queries.series import get_public_series
from wishes.services import long_term
from wishes.services.series_changing import end_series
from wishes.services.series_claiming import claim_series as claim_days
from wishes.views.series import answer_words, show_series


def _nothing() -> OtherTimeForm:
    return OtherTimeForm(formdata=None)


def _back(series_id: int) -> Any:
    return redirect(url_for("wishes.series", series_id=series_id))


@bp.post("/series/<int:series_id>/claim")
@signed_in
def claim_series(series_id: int) -> Any:
    """Take all open days that do not collide; the others are named."""
    form = _nothing()
    with saying(form):
        answer = claim_days(series_id, actor_id=current_user.id)
        for sentence, category in answer_words(answer["taken"], answer["not_taken"]):
            flash(sentence, category)
        return _back(series_id)
    return show_series(series_id, form)


@bp.post("/series/<int:series_id>/accompany")
@signed_in
def accompany(series_id: int) -> Any:
    """Offer to be the companion of a long-term wish."""
    form = _nothing()
    with saying(form):
        long_term.claim_long_term(series_id, actor_id=current_user.id)
        flash(_("认领好了。社区会给您打电话，约多久来一次、哪天来。"), "success")
        return _back(series_id)
    return show_series(series_id, form)


@bp.post("/series/<int:series_id>/agree")
@signed_in
def agree_plan(series_id: int) -> Any:
    """Say yes to the plan: every visit is arranged."""
    form = _nothing()
    with saying(form):
        made = long_term.agree(series_id, actor_id=current_user.id)
        flash(_("说定了，%(n)s 次都排好了，在“我的”里能看到。", n=made), "success")
        return _back(series_id)
    return show_series(series_id, form)


@bp.post("/series/<int:series_id>/other-time")
@signed_in
def other_time(series_id: int) -> Any:
    """The proposed time does not suit."""
    ensure_companion(current_user.id, get_public_series(series_id))
    form = OtherTimeForm()
    if form.validate_on_submit():
        with saying(form):
            long_term.ask_other_time(
                series_id, actor_id=current_user.id, words=form.words.data or ""
            )
            flash(_("社区知道了，会再和您约。"), "success")
            return _back(series_id)
    return show_series(series_id, form)


@bp.post("/series/<int:series_id>/step-back")
@signed_in
def step_back(series_id: int) -> Any:
    """Give a long-term wish back before there is a plan."""
    form = _nothing()
    with saying(form):
        long_term.step_back(series_id, actor_id=current_user.id)
        flash(_("退出了，社区会另外找人。谢谢您提前说。"), "success")
        return _back(series_id)
    return show_series(series_id, form)


@bp.post("/series/<int:series_id>/end")
@signed_in
def end_plan(series_id: int) -> Any:
    """End an agreed plan early, with a word."""
    ensure_may_end(current_user.id, get_public_series(series_id))
    form = OtherTimeForm()
    if form.validate_on_submit():
        with saying(form):
            end_series(series_id, actor_id=current_user.id, why=form.words.data or "")
            flash(_("结束了，还没开始的都取消了。谢谢您一路陪伴。"), "success")
            return _back(series_id)
    return show_series(series_id, form)
