"""我会的: what I can do, when I have time, whether communities may ask me."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.forms.skills import HelpForm
from accounts.queries.people import get_person
from accounts.queries.skills import get_help
from accounts.services.skills import write_help
from accounts.views.blueprint import bp
from accounts.views.door import Answer
from foundation.access import signed_in
from foundation.forms import saying


@bp.route("/me/skills", methods=["GET", "POST"])
@signed_in
def skills() -> Answer:
    """My skills and my week."""
    form = HelpForm(get_help(current_user.id))
    if form.validate_on_submit():
        with saying(form):
            write_help(current_user.id, words=form.words())
            flash(_("记下了。合适的心愿会出现在“我的心愿”里。"), "success")
            return redirect(url_for("accounts.profile"))
    home = get_person(current_user.id).home_area
    return render_template("accounts/skills.html", form=form, home=home), form.status
