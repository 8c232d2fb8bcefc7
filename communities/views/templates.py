"""常用心愿: the list to start from, keeping a wish as one, taking one away."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user

from communities.forms.series import TemplateForm
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_worker_desk
from communities.views.wish_forms import WISH
from foundation.access import signed_in
from foundation.forms import saying
from wishes.queries.completion import get_wish_under
from wishes.queries.series import list_templates
from wishes.rules.kept_words import unpack
from wishes.services.templates import remove_template, save_template

TEMPLATES = "/desk/<int:area_id>/templates"


@bp.get(TEMPLATES)
@signed_in
def templates(area_id: int) -> str:
    """What is written here again and again; one tap begins a new wish."""
    desk = my_worker_desk(area_id)
    lines = [(each, unpack(each.words)) for each in list_templates(desk.id)]
    return render_desk("communities/templates.html", desk, lines=lines)


@bp.post(f"{WISH}/keep")
@signed_in
def keep_template(area_id: int, wish_id: int) -> Any:
    """Keep a wish's words and tools for the next time."""
    desk = my_worker_desk(area_id)
    get_wish_under(desk, wish_id)
    form = TemplateForm()
    if form.validate_on_submit():
        with saying(form):
            save_template(wish_id, actor_id=current_user.id, name=form.name.data or "")
            flash(_("存成常用心愿了，下次从这里写起。"), "success")
            return redirect(url_for("communities.templates", area_id=desk.id))
    for sentence in [*form.refusals, *form.name.errors]:
        flash(sentence, "error")
    return redirect(url_for("communities.wish_desk", area_id=desk.id, wish_id=wish_id))


@bp.post(f"{TEMPLATES}/<int:template_id>/remove")
@signed_in
def drop_template(area_id: int, template_id: int) -> Any:
    """Take a template off the list."""
    desk = my_worker_desk(area_id)
    remove_template(template_id, area_id=desk.id, actor_id=current_user.id)
    flash(_("从常用里拿掉了，写过的心愿不受影响。"), "success")
    return redirect(url_for("communities.templates", area_id=desk.id))
