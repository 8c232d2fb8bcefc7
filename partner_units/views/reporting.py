"""双报到: the unit reports where it sits; colleagues who let it see; the feedback cards."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.queries.areas import list_communities
from accounts.queries.reporting import find_unit_report, list_members_of
from accounts.services.reporting import end_unit_report, report_unit
from foundation.access import signed_in
from foundation.forms import Form, saying
from partner_units.forms.reporting import ReportUnitForm
from partner_units.policies import get_unit_desk
from partner_units.views.blueprint import bp
from partner_units.views.navigation import desk_page
from wishes.queries.feedback import get_card_of_unit, list_cards_of_unit
from wishes.views.feedback_words import (
    figures_of,
    quarter_words,
    report_light,
    report_line,
    short_figures,
    show_card,
)

REPORTING = "/unit/<int:unit_id>/reporting"


@bp.route(REPORTING, methods=["GET", "POST"])
@signed_in
def reporting(unit_id: int) -> Any:
    """Where the unit reported, who of it reported at home, what the communities say."""
    unit = get_unit_desk(current_user.id, unit_id)
    form = ReportUnitForm(data={"community": unit.home_area_id})
    form.community.offer(list_communities())
    if form.validate_on_submit():
        with saying(form):
            report_unit(
                unit_id, actor_id=current_user.id, community_id=form.community.data,
                branch=form.branch.data or "",
            )  # fmt: skip
            flash(_("报到交给社区了，确认后会告诉您。"), "success")
            return redirect(url_for("partner_units.reporting", unit_id=unit_id))
    unit, report = get_unit_desk(current_user.id, unit_id), find_unit_report(unit_id)
    page = desk_page(
        "reporting.html", unit, form=form, report=report, quarter_words=quarter_words,
        line=report_line(report) if report else None,
        members=[(each, report_light(each.state)) for each in list_members_of(unit_id)],
        cards=[(each, short_figures(figures_of(each.card)))
               for each in list_cards_of_unit(unit_id)],
    )  # fmt: skip
    return page, form.status


@bp.post(f"{REPORTING}/end")
@signed_in
def end_reporting(unit_id: int) -> Response:
    """Take the unit's report back."""
    get_unit_desk(current_user.id, unit_id)
    if Form().validate_on_submit():
        end_unit_report(unit_id, actor_id=current_user.id)
        flash(_("单位的报到结束了。"), "success")
    return redirect(url_for("partner_units.reporting", unit_id=unit_id))


@bp.get(f"{REPORTING}/cards/<int:card_id>")
@signed_in
def unit_card(unit_id: int, card_id: int) -> Response:
    """One card, on paper."""
    unit = get_unit_desk(current_user.id, unit_id)
    found = get_card_of_unit(unit_id, card_id)
    back_url = url_for("partner_units.reporting", unit_id=unit_id)
    return show_card(found.card, name=found.name or unit.name, back_url=back_url)
