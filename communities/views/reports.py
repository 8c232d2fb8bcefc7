"""完成: the community worker says what was done."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.policies import get_desk
from accounts.rules import AREA_ROLES
from communities.forms.reports import ReportForm
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.people_lines import make_line
from foundation.access import signed_in
from foundation.forms import saying
from wishes.queries.completion import (
    count_unresolved,
    find_verification,
    get_wish_under,
    list_presences,
)
from wishes.queries.photos import list_photos
from wishes.services.photos import keep_photos
from wishes.services.reporting import hand_in_report

WISH = "/desk/<int:area_id>/wishes/<int:wish_id>"


@bp.route(f"{WISH}/report", methods=["GET", "POST"])
@signed_in
def report(area_id: int, wish_id: int) -> Response | tuple[str, int]:
    """What was done, with a preview of everybody's minutes."""
    area = get_desk(current_user.id, area_id, AREA_ROLES)
    wish = get_wish_under(area, wish_id)
    form = ReportForm()
    if form.validate_on_submit():
        with saying(form):
            _hand_in(form, wish_id)
            flash(_("已提交，等另一位工作人员核实。"), "success")
            return redirect(url_for("communities.wish_desk", area_id=area_id, wish_id=wish_id))
    page = render_desk(
        "communities/report.html",
        area,
        form=form,
        wish=wish,
        lines=[make_line(presence) for presence in list_presences(wish_id)],
        unresolved=count_unresolved(wish_id),
        photos=list_photos(wish_id),
        decision=find_verification(wish_id),
    )
    return page, form.status


def _hand_in(form: ReportForm, wish_id: int) -> None:
    with keep_photos(form.before.data) as before, keep_photos(form.after.data) as after:
        hand_in_report(
            wish_id,
            actor_id=current_user.id,
            text=form.text.data,
            before=before,
            after=after,
            overrun_reason=form.overrun_reason.data or "",
        )
