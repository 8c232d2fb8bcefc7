"""双报到: I report to the community where I live, and read my feedback cards."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.queries.areas import list_communities
from accounts.queries.people import get_person
from accounts.queries.reporting import find_my_report, list_own_units
from accounts.services.reporting import end_my_report, report_home
from foundation.access import signed_in
from foundation.forms import saying
from volunteers.forms.reporting import ReportHomeForm
from volunteers.views.blueprint import bp
from wishes.queries.feedback import get_card_of_person, list_cards_of_person
from wishes.views.feedback_words import quarter_words, report_line, show_card


@bp.route("/mine/reporting", methods=["GET", "POST"])
@signed_in
def reporting() -> Any:
    """Where I reported, or the form to do it; and what the community told me."""
    home = get_person(current_user.id).home_area_id
    form = ReportHomeForm(data={"community": home})
    form.offer(list_communities(), list_own_units(current_user.id))
    if form.validate_on_submit():
        with saying(form):
            report_home(
                current_user.id, community_id=form.community.data, agrees=form.agrees.data,
                organisation_id=form.unit_id,
            )  # fmt: skip
            flash(_("报到交给社区了，确认后会告诉您。"), "success")
            return redirect(url_for("volunteers.reporting"))
    report = find_my_report(current_user.id)
    page = render_template(
        "volunteers/reporting.html", form=form, report=report,
        line=report_line(report) if report else None,
        cards=list_cards_of_person(current_user.id), quarter_words=quarter_words,
    )  # fmt: skip
    return page, form.status


@bp.post("/mine/reporting/end")
@signed_in
def end_reporting() -> Response:
    """Take it back: community and unit see it no more."""
    end_my_report(current_user.id)
    flash(_("报到结束了，社区和单位都看不到了。"), "success")
    return redirect(url_for("volunteers.reporting"))


@bp.get("/mine/reporting/cards/<int:card_id>")
@signed_in
def my_card(card_id: int) -> Response:
    """My card of one quarter, on paper."""
    card = get_card_of_person(current_user.id, card_id)
    name = get_person(current_user.id).name
    return show_card(card, name=name, back_url=url_for("volunteers.reporting"))
