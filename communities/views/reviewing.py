"""审核: a second person publishes a colleague's draft, or returns it."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user

from communities.forms.care import ReturnForm
from communities.forms.wishes import CancelForm
from communities.views.blueprint import bp
from communities.views.desks import my_worker_desk
from communities.views.wish_desk import show_desk
from communities.views.wish_forms import WISH, Page
from foundation.access import signed_in
from foundation.forms import saying
from wishes.queries.completion import get_wish_under
from wishes.services import reviewing as errands


@bp.post(f"{WISH}/review/pass")
@signed_in
def pass_review(area_id: int, wish_id: int) -> Page:
    """Looked at: on the wall it goes."""
    desk = my_worker_desk(area_id)
    get_wish_under(desk, wish_id)
    form = CancelForm(formdata=None)
    with saying(form):
        errands.pass_review(wish_id, actor_id=current_user.id)
        flash(_("已发布，大家能看到并认领了。"), "success")
        return redirect(url_for("communities.wish_desk", area_id=desk.id, wish_id=wish_id))
    return show_desk(desk, get_wish_under(desk, wish_id), form)


@bp.post(f"{WISH}/review/return")
@signed_in
def return_draft(area_id: int, wish_id: int) -> Page:
    """Back to who handed it in, with a reason."""
    desk = my_worker_desk(area_id)
    get_wish_under(desk, wish_id)
    form = ReturnForm()
    if form.validate():
        with saying(form):
            errands.return_draft(wish_id, actor_id=current_user.id, reason=form.reason.data or "")
            flash(_("退回了，写的人会收到理由。"), "success")
            return redirect(url_for("communities.wish_desk", area_id=desk.id, wish_id=wish_id))
    wish = get_wish_under(desk, wish_id)
    return show_desk(desk, wish, CancelForm(formdata=None), return_form=form)
