"""即办: urgent calls to the standing team, how they stand, and who is on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area
from accounts.queries.areas import get_community_of, list_grids
from accounts.rules.skills import WEEKDAY_LABELS
from communities.forms.quick import MemberForm, QuickForm
from communities.forms.wishes import CancelForm
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_worker_desk
from communities.views.wish_desk import show_desk
from communities.views.wish_forms import WISH, Page
from foundation import clock, labels
from foundation.access import signed_in
from foundation.forms import Form, saying
from foundation.phones import show_phone
from wishes.models import QuickCall, QuickTurn, TeamMember
from wishes.queries.completion import get_wish_under
from wishes.queries.quick import list_calls, list_team
from wishes.rules.quick import CALL_LABELS, TURN_LABELS, Duty
from wishes.services.quick import call_out, call_out_draft
from wishes.services.team import add_member, end_member

QUICK = "/desk/<int:area_id>/quick"
SHOWN = timedelta(days=7)
NINE, SIX = time(9), time(18)


@dataclass(frozen=True)
class CallLine:
    """One call in words."""

    call: QuickCall
    state: str
    arrive: str | None
    turns: list[str]


@dataclass(frozen=True)
class MemberLine:
    """One member in words."""

    member: TeamMember
    duty: str
    phone_label: str


@bp.get(QUICK)
@signed_in
def quick(area_id: int) -> Page:
    """The calls of the last days, minute by minute, and the team."""
    return _show(my_worker_desk(area_id), _member_form())


@bp.route(f"{QUICK}/new", methods=["GET", "POST"])
@signed_in
def new_quick(area_id: int) -> Page:
    """A call that cannot wait."""
    desk = my_worker_desk(area_id)
    form = QuickForm(grids=list_grids(desk.id))
    if form.validate_on_submit():
        with saying(form):
            call_out(
                desk.id, actor_id=current_user.id, words=form.words(), private=form.private(),
                care=form.care(), skill=form.skill,
            )  # fmt: skip
            return _called(area_id)
    return render_desk("communities/new_quick.html", desk, form=form), form.status


@bp.post(f"{WISH}/quick")
@signed_in
def call_draft(area_id: int, wish_id: int) -> Page:
    """The team is called about a draft, as one that came from an ask."""
    desk = my_worker_desk(area_id)
    get_wish_under(desk, wish_id)
    form = CancelForm(formdata=None)
    with saying(form):
        call_out_draft(wish_id, actor_id=current_user.id)
        return _called(area_id)
    return show_desk(desk, get_wish_under(desk, wish_id), form)


@bp.post(f"{QUICK}/members")
@signed_in
def new_member(area_id: int) -> Page:
    """Somebody joins the team."""
    desk = my_worker_desk(area_id)
    form = _member_form()
    if form.validate():
        with saying(form):
            add_member(
                area_id, actor_id=current_user.id, person=form.person.data or "", duty=form.duty()
            )
            flash(_("加好了，对方会收到通知。"), "success")
            return redirect(url_for("communities.quick", area_id=area_id))
        desk = my_worker_desk(area_id)
    return _show(desk, form)


@bp.post(f"{QUICK}/members/<int:member_id>/end")
@signed_in
def finish_member(area_id: int, member_id: int) -> Response:
    """Somebody leaves the team."""
    my_worker_desk(area_id)
    if Form().validate():
        end_member(area_id, member_id, actor_id=current_user.id)
        flash(_("移出了服务队。"), "success")
    return redirect(url_for("communities.quick", area_id=area_id))


def _called(area_id: int) -> Response:
    flash(_("已问值班的队员，几分钟没回话会自动问下一位。"), "success")
    return redirect(url_for("communities.quick", area_id=area_id))


def _member_form() -> MemberForm:
    return MemberForm(data={"days": list(range(5)), "starts": NINE, "ends": SIX})


def _show(desk: Area, form: MemberForm) -> Page:
    calls = list_calls(desk, since=clock.now() - SHOWN)
    team = list_team(get_community_of(desk).id)
    page = render_desk(
        "communities/quick.html", desk, form=form, calls=[_call(each) for each in calls],
        team=[_member(each) for each in team],
    )  # fmt: skip
    return page, form.status


def _call(call: QuickCall) -> CallLine:
    until = labels.time_of_day(call.arrive_until) if call.arrive_until else None
    return CallLine(
        call, _(CALL_LABELS[call.state]), _("%(at)s 前到", at=until) if until else None,
        [_turn(turn) for turn in call.turns],
    )  # fmt: skip


def _turn(turn: QuickTurn) -> str:
    words: dict[str, Any] = {"name": turn.user.name, "asked": labels.time_of_day(turn.asked_at)}
    if turn.answer is None or turn.answered_at is None:
        until = labels.time_of_day(turn.accept_until)
        return _("%(asked)s 问%(name)s，等到 %(until)s", until=until, **words)
    said, at = _(TURN_LABELS[turn.answer]), labels.time_of_day(turn.answered_at)
    return _("%(asked)s 问%(name)s，%(at)s %(said)s", said=said, at=at, **words)


def _member(member: TeamMember) -> MemberLine:
    phone = member.user.phone
    return MemberLine(member, say_duty(member.duty), show_phone(phone) if phone else "")


def say_duty(duty: Duty) -> str:
    """周一、周二 09:00–18:00."""
    days = labels.listed([_(WEEKDAY_LABELS[day]) for day in sorted(duty.days)])
    hours = [f"{minute // 60:02d}:{minute % 60:02d}" for minute in (duty.starts, duty.ends)]
    return f"{days} {hours[0]}–{hours[1]}"
