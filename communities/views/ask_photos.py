"""One picture of an ask at the desk: look for faces and doors, then show it to the neighbours."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from communities.forms.reports import PublicForm
from communities.views.ask_desk import ASK, Page
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_desk
from foundation.access import signed_in
from foundation.forms import saying
from wishes.queries.asks import get_at_desk
from wishes.queries.photos import get_photo_of_ask
from wishes.services.showing import show_ask_photo, take_ask_photo_back


@bp.route(f"{ASK}/photos/<int:photo_id>", methods=["GET", "POST"])
@signed_in
def ask_photo(area_id: int, ask_id: int, photo_id: int) -> Page:
    """One picture in full, and the button that makes it public."""
    desk = my_desk(area_id)
    ask, photo = get_at_desk(desk, ask_id), get_photo_of_ask(ask_id, photo_id)
    form = PublicForm()
    if form.validate_on_submit():
        with saying(form):
            show_ask_photo(ask_id, photo_id, actor_id=current_user.id)
            flash(_("照片公开了，邻居在诉求页上看得到。"), "success")
            return redirect(url_for("communities.ask_desk", area_id=area_id, ask_id=ask_id))
        ask, photo = get_at_desk(desk, ask_id), get_photo_of_ask(ask_id, photo_id)
    page = render_desk("communities/ask_photo.html", desk, form=form, ask=ask, photo=photo)
    return page, form.status


@bp.post(f"{ASK}/photos/<int:photo_id>/take-back")
@signed_in
def take_ask_photo_back_page(area_id: int, ask_id: int, photo_id: int) -> Response:
    """Take a picture off the public page."""
    get_at_desk(my_desk(area_id), ask_id)
    take_ask_photo_back(ask_id, photo_id, actor_id=current_user.id)
    flash(_("照片收回了，只有工作人员看得到。"), "success")
    return redirect(url_for("communities.ask_desk", area_id=area_id, ask_id=ask_id))
