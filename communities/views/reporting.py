"""双报到 at the community: confirm or return, who served, sign the quarter's cards."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area, PartyReport
from accounts.policies.reporting import get_report_desk
from accounts.queries.reporting import get_report_at, list_reports_at
from accounts.rules.reporting import ReportState
from accounts.services.reporting import confirm_report, return_report
from communities.forms.reporting import ReturnReportForm, SignAllForm, SignCardForm
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from foundation import clock
from foundation.access import signed_in
from foundation.forms import Form, saying
from foundation.labels import day
from wishes.models import FeedbackCard
from wishes.queries.feedback import count_figures, get_card_at, list_cards_at
from wishes.rules.feedback import CardState, Figures, Quarter, quarter_of
from wishes.services.feedback import sign_card, sign_cards
from wishes.views.feedback_words import figure_lines, quarter_words, short_figures, show_card

REPORTING = "/desk/<int:area_id>/reporting"
REPORT = f"{REPORTING}/<int:reporting_id>"
CARD = f"{REPORTING}/cards/<int:card_id>"


def name_of(report: PartyReport) -> str:
    """The person, or the unit."""
    if report.user is not None:
        return report.user.name
    return report.organisation.name if report.organisation else ""


def _note(report: PartyReport) -> str:
    unit = report.organisation.name if report.user and report.organisation else ""
    told = (report.branch, unit, _("%(day)s 报到", day=day(report.made_at)))
    return " · ".join(word for word in told if word)


def _fresh(card: FeedbackCard) -> Figures:
    return count_figures(card.report, Quarter(card.quarter))


def _private(page: str, status: int = 200) -> Response:
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get(REPORTING)
@signed_in
def reporting(area_id: int) -> Response:
    """What waits for an answer, what is to sign, who reported and served this quarter."""
    return _list_page(get_report_desk(current_user.id, area_id))


def _list_page(desk: Area, form: SignAllForm | None = None) -> Response:
    drafts = [(card, _fresh(card)) for card in list_cards_at(desk.id, CardState.DRAFT)]
    listed = " ".join(f"{card.id}:{figures.seen}" for card, figures in drafts)
    now = quarter_of(clock.local_day(clock.now()))
    form = form or SignAllForm(formdata=None)
    form.seen.data = listed
    page = render_desk(
        "communities/reporting.html", desk, form=form, name_of=name_of, note_of=_note,
        quarter_words=quarter_words,
        waiting=list_reports_at(desk.id, ReportState.SUBMITTED),
        drafts=[(card, short_figures(figures)) for card, figures in drafts],
        standing=[
            (report, count_figures(report, now))
            for report in list_reports_at(desk.id, ReportState.CONFIRMED)
        ],
        short=short_figures, cards=list_cards_at(desk.id, CardState.SIGNED),
    )  # fmt: skip
    return _private(page, form.status)


def _back(area_id: int) -> Response:
    return redirect(url_for("communities.reporting", area_id=area_id))


@bp.post(f"{REPORT}/confirm")
@signed_in
def confirm_reporting(area_id: int, reporting_id: int) -> Response:
    """One tap: they are known here."""
    get_report_desk(current_user.id, area_id)
    get_report_at(area_id, reporting_id)
    if Form().validate_on_submit():
        confirm_report(reporting_id, actor_id=current_user.id)
        flash(_("确认了，已经告诉对方。"), "success")
    return _back(area_id)


@bp.route(f"{REPORT}/return", methods=["GET", "POST"])
@signed_in
def return_reporting(area_id: int, reporting_id: int) -> Any:
    """Back to them, with a reason."""
    desk = get_report_desk(current_user.id, area_id)
    report = get_report_at(area_id, reporting_id)
    form = ReturnReportForm()
    if form.validate_on_submit():
        with saying(form):
            return_report(reporting_id, actor_id=current_user.id, reason=form.reason.data or "")
            flash(_("退回了，原因已经告诉对方。"), "success")
            return _back(area_id)
        desk, report = (
            get_report_desk(current_user.id, area_id),
            get_report_at(area_id, reporting_id),
        )
    page = render_desk(
        "communities/return_report.html", desk, form=form, name=name_of(report), note=_note(report)
    )
    return _private(page, form.status)


@bp.post(f"{REPORTING}/sign")
@signed_in
def sign_all(area_id: int) -> Response:
    """Sign every card of the page with the same words."""
    desk = get_report_desk(current_user.id, area_id)
    form = SignAllForm()
    if not form.validate_on_submit():
        return _list_page(desk, form)
    seen = form.read_seen()
    done = sign_cards(area_id, actor_id=current_user.id, words=form.words.data or "", seen=seen)
    flash(_("签发了 %(n)s 张。", n=done), "success")
    if done < len(seen):
        said = _("还有 %(n)s 张没签：数字变了，或者是您自己的。请逐张看。", n=len(seen) - done)
        flash(said, "warning")
    return _back(area_id)


@bp.route(CARD, methods=["GET", "POST"])
@signed_in
def feedback_card(area_id: int, card_id: int) -> Any:
    """A draft to look at and sign; a signed card on paper."""
    desk = get_report_desk(current_user.id, area_id)
    form = SignCardForm()
    if form.validate_on_submit():
        with saying(form):
            sign_card(
                area_id, card_id, actor_id=current_user.id, words=form.words.data or "",
                seen=form.seen.data or "",
            )  # fmt: skip
            flash(_("签发了，已经告诉对方。"), "success")
            return _back(area_id)
        desk = get_report_desk(current_user.id, area_id)
    card = get_card_at(area_id, card_id)
    if card.state == CardState.SIGNED and not form.is_submitted():
        back_url = url_for("communities.reporting", area_id=area_id)
        return show_card(card, name=name_of(card.report), back_url=back_url)
    figures = _fresh(card)
    form.seen.data = figures.seen
    page = render_desk(
        "communities/sign_card.html", desk, form=form, name=name_of(card.report),
        quarter=quarter_words(card), figures=figure_lines(figures),
    )  # fmt: skip
    return _private(page, form.status)
