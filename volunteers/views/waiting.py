"""候补 and 明天还来吗: one tap each, from the page of the wish, from 我的, from a mail's link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from foundation.access import signed_in
from foundation.forms import saying
from volunteers.views.blueprint import bp
from wishes.forms.claim import ClaimForm
from wishes.queries.waiting import get_own_wish_id
from wishes.services.reconfirming import answer_coming
from wishes.services.waiting import accept_offer, join_line
from wishes.services.waiting import leave_line as leave
from wishes.views.wish import show_wish


def _do(wish_id: int, errand: Callable[[], object], words: str) -> Any:
    """Run the errand and go back to the wish; a refusal stands on its page."""
    form = ClaimForm(formdata=None)
    with saying(form):
        errand()
        flash(words, "success")
        return redirect(url_for("wishes.wish_page", wish_id=wish_id))
    return show_wish(wish_id, form)


@bp.post("/wishes/<int:wish_id>/wait")
@signed_in
def wait(wish_id: int) -> Any:
    """Get in line for a place."""
    words = _("排上了，有名额会马上通知您。")
    return _do(wish_id, lambda: join_line(wish_id, actor_id=current_user.id), words)


@bp.post("/waiting/<int:turn_id>/leave")
@signed_in
def leave_line(turn_id: int) -> Any:
    """Step out of the line, or decline the place that is held."""
    wish_id = get_own_wish_id(turn_id, user_id=current_user.id)
    return _do(wish_id, lambda: leave(turn_id, actor_id=current_user.id), _("已退出候补。"))


@bp.post("/waiting/<int:turn_id>/accept")
@signed_in
def accept_place(turn_id: int) -> Any:
    """Take the place that is held."""
    wish_id = get_own_wish_id(turn_id, user_id=current_user.id)
    words = _("补上了，名额是您的。来不了请尽早退出，把名额让给别人。")
    return _do(wish_id, lambda: accept_offer(turn_id, actor_id=current_user.id), words)


@bp.post("/wishes/<int:wish_id>/coming")
@signed_in
def coming(wish_id: int) -> Any:
    """Say whether one comes tomorrow."""
    is_coming = request.form.get("coming") == "1"
    words = _("好的，明天见。") if is_coming else _("知道了，名额让给别人。谢谢您说一声。")
    return _do(
        wish_id,
        lambda: answer_coming(wish_id, actor_id=current_user.id, is_coming=is_coming),
        words,
    )
