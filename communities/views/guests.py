"""Signing up for a lecture or a clinic, without an account or with one; cancelling by the code."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from communities.forms.guests import JoinForm
from communities.views.blueprint import bp
from communities.views.visitors import guessing, my_id, sources_of
from foundation import clock
from foundation.access import public
from foundation.forms import Form, saying
from foundation.links import draw_qr, whole_link
from wishes.models import Guest
from wishes.queries.guests import find_guest_of, find_seats, get_guest_by_code
from wishes.queries.wish_page import get_visible_wish
from wishes.refusals.guests import NoGuestSeats
from wishes.rules.codes import read_ask_code, show_ask_code
from wishes.rules.guests import SIGN_UPS_PER_ADDRESS, SIGN_UPS_PER_VISITOR, why_no_seat
from wishes.rules.life import CLAIMABLE
from wishes.services.guests import cancel_sign_up, sign_up

Page = Response | tuple[str, int]


@bp.route("/wishes/<int:wish_id>/join", methods=["GET", "POST"])
@public
def join(wish_id: int) -> Page:
    """Keep a seat; the page after it shows the code that gives it back."""
    wish, me = get_visible_wish(wish_id, my_id()), my_id()
    mine = find_guest_of(wish_id, me) if me else None
    if mine is not None:
        return redirect(url_for("communities.joined", code=mine.code))
    form = JoinForm(data=_about_me())
    if form.validate_on_submit():
        with saying(form):
            code = sign_up(
                wish_id, words=form.words(), actor_id=me,
                sources=sources_of(SIGN_UPS_PER_VISITOR, SIGN_UPS_PER_ADDRESS, what="guest "),
            )  # fmt: skip
            return redirect(url_for("communities.joined", code=code, new=1))
        wish = get_visible_wish(wish_id, me)
    seats = find_seats(wish_id)
    if seats is None or seats.capacity is None:
        raise NoGuestSeats
    refusal = why_no_seat(wish, seats, 1, at=clock.now())
    if refusal is not None and not form.refused_with:
        form.refuse(refusal)
    page = render_template(
        "communities/join.html", form=form, wish=wish, seats=seats, may_join=refusal is None
    )
    return page, form.status


@bp.get("/joined/<code>")
@public
def joined(code: str) -> Page:
    """A sign-up, for whoever holds its code."""
    guest = _find(code)
    if guest.code != code:
        return redirect(url_for("communities.joined", code=guest.code))
    return _show(guest, Form(formdata=None))


@bp.post("/joined/<code>/cancel")
@public
def cancel_join(code: str) -> Page:
    """Give the seat back."""
    guest, form = _find(code), Form()
    if form.validate():
        with saying(form):
            wish_id = cancel_sign_up(guest.code)
            flash(_("报名取消了，座位让出来了，您的称呼和电话也删掉了。"), "success")
            return redirect(url_for("wishes.wish_page", wish_id=wish_id))
    return _show(_find(code), form)


def _find(code: str) -> Guest:
    with guessing():
        return get_guest_by_code(read_ask_code(code))


def _show(guest: Guest, form: Form) -> Page:
    wish = guest.seats.wish
    address = whole_link(url_for("communities.joined", code=guest.code))
    ahead = wish.state in CLAIMABLE and wish.starts_at is not None
    page = render_template(
        "communities/joined.html",
        form=form,
        guest=guest,
        wish=wish,
        note=guest.seats.note,
        is_new=request.args.get("new") == "1",
        shown_code=show_ask_code(guest.code),
        address=address,
        qr=draw_qr(address),
        may_cancel=guest.live and ahead and clock.now() < (wish.starts_at or clock.now()),
    )
    return page, form.status


def _about_me() -> dict[str, str]:
    if not current_user.is_authenticated:
        return {}
    return {"name": current_user.name, "phone": current_user.phone or ""}
