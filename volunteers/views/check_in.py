"""Check-in on the day: by the code of the site, by the resident's slip, by one's own tap."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from foundation import clock
from foundation.access import signed_in
from foundation.forms import saying
from foundation.labels import time_of_day, when_span
from volunteers.forms.check_in import CheckInForm, ScanForm
from volunteers.views.blueprint import bp
from wishes.queries.attendance import list_borrowed
from wishes.queries.my_day import MyWish, get_my_wish, list_my_day
from wishes.services.attending import arrive, leave


@bp.route("/check-in", methods=["GET", "POST"])
@signed_in
def check_in() -> Any:
    """My wishes today, a field for the digits, and the buttons."""
    now = clock.now()
    mine = list_my_day(current_user.id, now, until=_midnight(now))
    due = [wish for wish in mine if wish.takes_check_in(now)]
    form = CheckInForm()
    form.offer_wishes((wish.wish_id, _words(wish)) for wish in due)
    form.offer_tools(_borrowed(due))
    if form.validate_on_submit():
        with saying(form):
            _record(form.wish.data, form, None if form.is_tap else form.code.data or "")
            return redirect(url_for("volunteers.check_in"))
    others = [wish for wish in mine if wish not in due]
    return render_template("volunteers/check_in.html", form=form, due=due, others=others), (
        form.status
    )


@bp.route("/c/<int:wish_id>/<code>", methods=["GET", "POST"])
@signed_in
def scan(wish_id: int, code: str) -> Any:
    """What the site's QR opens: GET shows the wish and its button, POST records."""
    wish = get_my_wish(current_user.id, wish_id)
    form = ScanForm()
    form.offer_tools(_borrowed([wish]))
    if form.validate_on_submit():
        with saying(form):
            _record(wish_id, form, code)
            return redirect(url_for("volunteers.check_in"))
    return render_template("volunteers/scan.html", form=form, mine=wish), form.status


def _record(wish_id: int, form: ScanForm, code: str | None) -> None:
    if form.is_arriving:
        arrive(wish_id, actor_id=current_user.id, code=code)
        at = time_of_day(clock.now())
        flash(_("已签到，%(at)s。走之前记得再签退。", at=at), "success")
        return
    leave(wish_id, actor_id=current_user.id, code=code, returned=form.returned.data or [])
    flash(_("已签退，辛苦了！社区核实后，时长会写进您的存折。"), "success")


def _borrowed(wishes: list[MyWish]) -> list[tuple[int, str]]:
    return [tool for wish in wishes if wish.is_here for tool in list_borrowed(wish.claim_id)]


def _words(wish: MyWish) -> str:
    span = when_span(wish.starts_at, wish.ends_at)
    if wish.is_here:
        at = time_of_day(wish.arrived_at)
        return str(_("%(title)s（%(span)s，%(at)s 到的）", title=wish.title, span=span, at=at))
    return str(_("%(title)s（%(span)s）", title=wish.title, span=span))


def _midnight(now: datetime) -> datetime:
    return clock.from_local(clock.local_day(now) + timedelta(days=1), time())
