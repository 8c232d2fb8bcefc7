"""迎检包 for the whole street: one for each community, names masked."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import get_locale, ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from foundation import clock
from foundation.access import signed_in
from foundation.forms import saying
from oversight.views.blueprint import bp
from oversight.views.street_page import my_area, render_street
from wishes.forms.folders import PeriodForm, last_month
from wishes.queries.folders import list_folders_under
from wishes.services.folders import ask_street_folders
from wishes.views.folder_words import folder_lines, is_in_the_making


@bp.route("/oversight/<int:area_id>/folders", methods=["GET", "POST"])
@signed_in
def folders(area_id: int) -> Response | tuple[str, int]:
    """The form, and the latest folders of the communities below."""
    area = my_area(area_id)
    form = PeriodForm(data=last_month(clock.local_day(clock.now())))
    if form.validate_on_submit():
        with saying(form):
            first, last = form.days()
            made = ask_street_folders(
                area_id, actor_id=current_user.id, first=first, last=last,
                language=str(get_locale()),
            )  # fmt: skip
            said = ngettext(
                "记下了，%(num)d 个社区各做一份，做好了会通知您。",
                "记下了，%(num)d 个社区各做一份，做好了会通知您。", len(made),
            )  # fmt: skip
            flash(said, "success")
            return redirect(url_for("oversight.folders", area_id=area_id))
        area = my_area(area_id)
    found = list_folders_under(area)
    page = render_street(
        "folders.html", area, form=form, lines=folder_lines(found, named=True),
        moving=is_in_the_making(found),
    )  # fmt: skip
    return page, form.status
