"""A colleague joins with the unit's code."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.queries.people import get_unit
from accounts.services.joining import join_unit
from foundation.access import signed_in
from foundation.forms import saying
from partner_units.forms.roster import JoinForm
from partner_units.views.blueprint import bp


@bp.route("/join", methods=["GET", "POST"])
@signed_in
def join() -> Any:
    """Enter the code; a link or QR brings it along."""
    form = JoinForm(code=request.args.get("code", "")[:40])
    if form.validate_on_submit():
        with saying(form):
            unit_id = join_unit(form.code.data, actor_id=current_user.id)
            flash(_("您已加入“%(unit)s”。", unit=get_unit(unit_id).name), "success")
            return redirect(url_for("volunteers.my_claims"))
    return render_template("partner_units/join.html", form=form), form.status
