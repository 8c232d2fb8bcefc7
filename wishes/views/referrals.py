"""The record of a referral, for everybody who took part, and the steps that are one's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.policies import works_at
from foundation import clock
from foundation.access import signed_in
from foundation.forms import Form, saying
from wishes.forms.referrals import PassOnForm, PauseForm, ReasonForm, ResultForm
from wishes.models import Leg, Referral
from wishes.policies.referrals import ensure_may_read, list_moves, may_pause, stands_for
from wishes.queries.overdue import find_days_left, find_pause, late_of_legs
from wishes.queries.referrals import (
    find_turned_down,
    get_current,
    get_referral,
    list_targets,
    receiver_of,
    title_of,
)
from wishes.rules.lateness import PAUSE_LABELS, Kind, PauseReason
from wishes.rules.referrals import LEG_LABELS, LEG_LIGHTS, LegState
from wishes.services.legs import (
    accept_leg,
    ask_again,
    confirm_leg,
    pass_on_leg,
    report_leg,
    return_leg,
)
from wishes.services.pausing import pause_clock, resume_clock
from wishes.views.blueprint import bp
from wishes.views.referral_words import path_words, record_lines

REFERRAL = "/referrals/<int:referral_id>"
Page = str | Response | tuple[str, int]


@bp.get(REFERRAL)
@signed_in
def referral(referral_id: int) -> Page:
    """Where it stands, whose step is next, and the whole record."""
    return _page(referral_id)


@bp.post(f"{REFERRAL}/accept")
@signed_in
def accept_referral(referral_id: int) -> Page:
    """承接."""
    return _do(
        referral_id, Form(), lambda me: accept_leg(referral_id, actor_id=me),
        _("承接了，办好后在这里回报。"),
    )  # fmt: skip


@bp.post(f"{REFERRAL}/return")
@signed_in
def return_referral(referral_id: int) -> Page:
    """退回, with a reason."""
    form = ReasonForm()
    return _do(
        referral_id, form,
        lambda me: return_leg(referral_id, actor_id=me, reason=form.reason.data or ""),
        _("退回了，对方会看到原因。"), as_="returning",
    )  # fmt: skip


@bp.post(f"{REFERRAL}/pass-on")
@signed_in
def pass_on_referral(referral_id: int) -> Page:
    """转办 or 交办."""
    form = PassOnForm()
    return _do(
        referral_id, form,
        lambda me: pass_on_leg(
            referral_id, actor_id=me, to=form.to.data or "", words=form.words.data or ""
        ),
        _("转出去了，对方会收到通知。"), as_="passing",
    )  # fmt: skip


@bp.post(f"{REFERRAL}/report")
@signed_in
def report_referral(referral_id: int) -> Page:
    """落实."""
    form = ResultForm()
    return _do(
        referral_id, form,
        lambda me: report_leg(referral_id, actor_id=me, result=form.result.data or ""),
        _("报上去了，等对方确认。"), as_="reporting",
    )  # fmt: skip


@bp.post(f"{REFERRAL}/confirm")
@signed_in
def confirm_referral(referral_id: int) -> Page:
    """追踪: content."""
    return _do(referral_id, Form(), lambda me: confirm_leg(referral_id, actor_id=me), _("已确认。"))


@bp.post(f"{REFERRAL}/again")
@signed_in
def again_referral(referral_id: int) -> Page:
    """追踪: not content yet."""
    form = ReasonForm()
    return _do(
        referral_id, form,
        lambda me: ask_again(referral_id, actor_id=me, reason=form.reason.data or ""),
        _("请对方再办了。"), as_="returning",
    )  # fmt: skip


@bp.post(f"{REFERRAL}/pause")
@signed_in
def pause_referral(referral_id: int) -> Page:
    """The clock stands still, with a reason."""
    form = PauseForm()
    return _do(
        referral_id, form,
        lambda me: pause_clock(
            Kind.REFERRAL, referral_id, actor_id=me, reason=PauseReason(form.why.data),
            words=form.note.data or "",
        ),
        _("暂停了，这些天不计时。"), as_="pausing",
    )  # fmt: skip


@bp.post(f"{REFERRAL}/resume")
@signed_in
def resume_referral(referral_id: int) -> Page:
    """The clock runs again."""
    return _do(
        referral_id, Form(),
        lambda me: resume_clock(Kind.REFERRAL, referral_id, actor_id=me), _("时钟又走了。"),
    )  # fmt: skip


def _do(
    referral_id: int, form: Form, step: Callable[[int], object], said: str, *, as_: str = "pressing"
) -> Page:
    """One step: shape, errand, a word, back to the record; a refusal lands on its form."""
    ensure_may_read(current_user.id, get_referral(referral_id))
    _offer(referral_id, form)
    if form.validate_on_submit():
        with saying(form):
            step(current_user.id)
            flash(said, "success")
            return redirect(url_for("wishes.referral", referral_id=referral_id))
    return _page(referral_id, sent=form, **{as_: form})


def _offer(referral_id: int, form: Form) -> None:
    if isinstance(form, PassOnForm):
        leg = get_current(get_referral(referral_id))
        area = leg.to_area
        form.offer(list_targets(area) if area is not None else [])


def _page(referral_id: int, *, sent: Form | None = None, **forms: Form) -> Page:
    found = get_referral(referral_id)
    ensure_may_read(current_user.id, found)
    leg = get_current(found)
    passing = forms.get("passing") or PassOnForm(formdata=None)
    _offer(referral_id, passing)
    page = render_template(
        "wishes/referral.html",
        referral=found,
        leg=leg,
        sent=sent or Form(formdata=None),
        passing=passing,
        returning=forms.get("returning") or ReasonForm(formdata=None),
        reporting=forms.get("reporting") or ResultForm(formdata=None),
        pausing=forms.get("pausing") or PauseForm(formdata=None),
        **_facts(found, leg),
    )
    return page, sent.status if sent else 200


def _facts(found: Referral, leg: Leg) -> dict[str, Any]:
    me, state = current_user.id, LegState(leg.state)
    over = found.closed_at is not None
    pause = None if over else find_pause(Kind.REFERRAL, found.id)
    light = LEG_LIGHTS[LegState(found.outcome or state)]
    turned = find_turned_down(found, leg)
    return {
        "title": title_of(found),
        "matter": found.ask or found.wish,
        "light_colour": light,
        "state_word": _(LEG_LABELS[LegState(found.outcome or state)]),
        "late_days": 0 if over else late_of_legs([leg], clock.now())[0].days,
        "days_left": None if over else find_days_left(leg, clock.now()),
        "holder": receiver_of(leg).name,
        "path": path_words(found),
        "turned_down": turned,
        "turned_down_by": receiver_of(turned).name if turned else "",
        "moves": set() if over else {str(each) for each in list_moves(me, leg)},
        "may_pause": not over and may_pause(me, leg),
        "pause": pause,
        "pause_word": _(PAUSE_LABELS[PauseReason(pause.reason)]) if pause else "",
        "lines": record_lines(found.id),
        "back_url": _back(found),
        "matter_url": _matter_url(found),
    }


def _matter_url(found: Referral) -> str | None:
    """The community's page of the ask or wish, for those who work there or above."""
    if not works_at(current_user.id, found.community_id):
        return None
    if found.ask_id is not None:
        return url_for("communities.ask_desk", area_id=found.community_id, ask_id=found.ask_id)
    return url_for("communities.wish_desk", area_id=found.community_id, wish_id=found.wish_id)


def _back(found: Referral) -> str:
    """The list of the desk from which this person takes part."""
    me = current_user.id
    for leg in reversed(found.legs):
        spot = receiver_of(leg)
        if not stands_for(me, spot):
            continue
        if spot.unit_id is not None:
            return url_for("partner_units.referrals", unit_id=spot.unit_id)
        if spot.may_send_over:
            return url_for("oversight.referrals", area_id=spot.area_id)
        return url_for("communities.referrals", area_id=spot.area_id)
    return url_for("communities.referrals", area_id=found.community_id)
