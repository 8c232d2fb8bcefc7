"""上报 and 计时 of an ask or a wish, and the desk's list of what goes through the levels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area
from accounts.rules import AreaKind
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_worker_desk
from foundation import clock
from foundation.access import signed_in
from foundation.forms import Form, saying
from wishes.forms.referrals import PauseForm, SendForm
from wishes.models import Ask, Wish
from wishes.queries.asks import get_at_desk
from wishes.queries.completion import get_wish_under
from wishes.queries.overdue import find_late, find_pause
from wishes.queries.presses import list_presses_to
from wishes.queries.referrals import Place, find_live, get_current, list_of
from wishes.rules.lateness import PAUSE_LABELS, Kind, PauseReason
from wishes.rules.life import LIVE
from wishes.rules.pressing import PressState
from wishes.rules.referrals import LEG_LABELS, REFERABLE_ASKS, REFERABLE_WISHES, LegState
from wishes.services.pausing import pause_clock, resume_clock
from wishes.services.referring import refer_ask, refer_wish
from wishes.views.referral_words import groups_of, late_words, path_words, press_line

ASK = "/desk/<int:area_id>/asks/<int:ask_id>/levels"
WISH = "/desk/<int:area_id>/wishes/<int:wish_id>/levels"
Page = str | Response | tuple[str, int]


@bp.get("/desk/<int:area_id>/referrals")
@signed_in
def referrals(area_id: int) -> str:
    """What waits for this desk, what others have in hand for it, what it is pressed for."""
    desk = my_worker_desk(area_id)
    place = Place(area_id=desk.id)
    states = (PressState.PRESSED, PressState.ACKNOWLEDGED)
    pressed = [press_line(each) for each in list_presses_to(place, states)]
    return render_desk("communities/referrals.html", desk, groups=groups_of(place), pressed=pressed)


@bp.route(ASK, methods=["GET", "POST"])
@signed_in
def ask_levels(area_id: int, ask_id: int) -> Page:
    """Send an ask up, and see its clock."""
    desk = my_worker_desk(area_id)
    ask = get_at_desk(desk, ask_id)
    form = SendForm()
    if form.validate_on_submit():
        with saying(form):
            sent = refer_ask(ask_id, actor_id=current_user.id, words=form.words.data or "")
            return _sent(sent)
        ask = get_at_desk(desk, ask_id)
    return _page(desk, ask, sending=form)


@bp.route(WISH, methods=["GET", "POST"])
@signed_in
def wish_levels(area_id: int, wish_id: int) -> Page:
    """Send a wish up, and see its clock."""
    desk = my_worker_desk(area_id)
    wish = get_wish_under(desk, wish_id)
    form = SendForm()
    if form.validate_on_submit():
        with saying(form):
            sent = refer_wish(wish_id, actor_id=current_user.id, words=form.words.data or "")
            return _sent(sent)
        wish = get_wish_under(desk, wish_id)
    return _page(desk, wish, sending=form)


@bp.post(f"{ASK}/pause")
@signed_in
def pause_ask(area_id: int, ask_id: int) -> Page:
    """The clock of an ask stands still, or runs again."""
    desk = my_worker_desk(area_id)
    get_at_desk(desk, ask_id)
    return _pause(desk, Kind.ASK, ask_id, lambda: get_at_desk(desk, ask_id))


@bp.post(f"{WISH}/pause")
@signed_in
def pause_wish(area_id: int, wish_id: int) -> Page:
    """The clock of a wish stands still, or runs again."""
    desk = my_worker_desk(area_id)
    get_wish_under(desk, wish_id)
    return _pause(desk, Kind.WISH, wish_id, lambda: get_wish_under(desk, wish_id))


def _sent(referral_id: int) -> Response:
    flash(_("已上报，上级会收到通知。"), "success")
    return redirect(url_for("wishes.referral", referral_id=referral_id))


def _pause(desk: Area, kind: Kind, matter_id: int, get: Callable[[], Ask | Wish]) -> Page:
    resumes = "resume" in request.form
    form = Form() if resumes else PauseForm()
    if form.validate_on_submit():
        with saying(form):
            _turn(form, kind, matter_id)
            flash(_("时钟又走了。") if resumes else _("暂停了，这些天不计时。"), "success")
            return redirect(_levels_url(desk, kind, matter_id))
    return _page(desk, get(), pausing=form)


def _turn(form: Form, kind: Kind, matter_id: int) -> None:
    me = current_user.id
    if isinstance(form, PauseForm):
        reason, note = PauseReason(form.why.data), form.note.data or ""
        pause_clock(kind, matter_id, actor_id=me, reason=reason, words=note)
    else:
        resume_clock(kind, matter_id, actor_id=me)


def _levels_url(desk: Area, kind: Kind, matter_id: int) -> str:
    if kind is Kind.ASK:
        return url_for("communities.ask_levels", area_id=desk.id, ask_id=matter_id)
    return url_for("communities.wish_levels", area_id=desk.id, wish_id=matter_id)


def _page(
    desk: Area, matter: Ask | Wish, *, sending: Form | None = None, pausing: Form | None = None
) -> Page:
    kind = Kind.ASK if isinstance(matter, Ask) else Kind.WISH
    sent = pausing or sending
    page = render_desk(
        "communities/levels.html", desk, matter=matter, is_ask=kind is Kind.ASK, sent=sent,
        sending=sending or SendForm(formdata=None),
        pausing=pausing if isinstance(pausing, PauseForm) else PauseForm(formdata=None),
        **_clock(desk, kind, matter), **_way(matter),
    )  # fmt: skip
    return page, sent.status if sent else 200


def _clock(desk: Area, kind: Kind, matter: Ask | Wish) -> dict[str, Any]:
    pause, late = find_pause(kind, matter.id), find_late(kind, matter.id, desk, at=clock.now())
    return {
        "pause": pause,
        "pause_word": _(PAUSE_LABELS[PauseReason(pause.reason)]) if pause else "",
        "late": late_words(late.days) if late else None,
        "may_pause": matter.state in (REFERABLE_ASKS if kind is Kind.ASK else LIVE),
        "pause_url": f"{_levels_url(desk, kind, matter.id)}/pause",
    }


def _way(matter: Ask | Wish) -> dict[str, Any]:
    ids = {"ask_id": matter.id} if isinstance(matter, Ask) else {"wish_id": matter.id}
    live = find_live(**ids)
    open_to = REFERABLE_ASKS if isinstance(matter, Ask) else REFERABLE_WISHES
    return {
        "may_send": live is None and matter.state in open_to,
        "referrals": [
            (
                url_for("wishes.referral", referral_id=each.id),
                path_words(each),
                _(LEG_LABELS[LegState(each.outcome or get_current(each).state)]),
            )
            for each in list_of(**ids)
        ],
    }


def levels_note(desk: Area, matter: Ask | Wish) -> dict[str, Any] | None:
    """For the desk page of an ask or a wish: is it on its way up, does its clock stand still."""
    if desk.kind != AreaKind.COMMUNITY:
        return None
    kind = Kind.ASK if isinstance(matter, Ask) else Kind.WISH
    ids = {"ask_id": matter.id} if kind is Kind.ASK else {"wish_id": matter.id}
    live, pause = find_live(**ids), find_pause(kind, matter.id)
    return {
        "url": _levels_url(desk, kind, matter.id),
        "referral_url": url_for("wishes.referral", referral_id=live.id) if live else None,
        "path": path_words(live) if live else "",
        "paused": _(PAUSE_LABELS[PauseReason(pause.reason)]) if pause else None,
    }
