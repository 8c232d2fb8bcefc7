"""即办 on the member's phone: one tap before leaving, or one tap for the next in turn."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from foundation.access import signed_in
from foundation.forms import Form, saying
from volunteers.views.blueprint import bp
from wishes.queries.quick import get_turn
from wishes.rules.quick import TURN_LABELS
from wishes.services.quick import accept_turn, decline_turn


@bp.get("/quick/<int:quick_id>")
@signed_in
def quick_turn(quick_id: int) -> Any:
    """What is asked, until when, and the two answers."""
    return _page(quick_id, Form(formdata=None))


@bp.post("/quick/<int:quick_id>/accept")
@signed_in
def accept_quick(quick_id: int) -> Any:
    """Set out; the door is one tap further on the wish's page."""
    get_turn(quick_id, current_user.id)
    form = Form()
    if form.validate():
        with saying(form):
            wish_id = accept_turn(quick_id, actor_id=current_user.id)
            flash(_("社区知道您去了。出门前在这里看门牌，到了请签到。"), "success")
            return redirect(url_for("wishes.wish_page", wish_id=wish_id, _anchor="door"))
    return _page(quick_id, form)


@bp.post("/quick/<int:quick_id>/decline")
@signed_in
def decline_quick(quick_id: int) -> Any:
    """Cannot go: the next is asked at once."""
    get_turn(quick_id, current_user.id)
    form = Form()
    if form.validate():
        with saying(form):
            decline_turn(quick_id, actor_id=current_user.id)
            flash(_("知道了，马上问下一位。"), "success")
            return redirect(url_for("volunteers.my_claims"))
    return _page(quick_id, form)


def _page(turn_id: int, form: Form) -> tuple[str, int]:
    turn = get_turn(turn_id, current_user.id)
    answer = _(TURN_LABELS[turn.answer]) if turn.answer else None
    page = render_template(
        "volunteers/quick.html", turn=turn, wish=turn.call.wish, form=form, answer=answer
    )
    return page, form.status
