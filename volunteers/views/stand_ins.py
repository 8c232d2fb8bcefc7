"""请人顶替: offering one's place, and answering such an offer."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from foundation import clock
from foundation.access import signed_in
from foundation.forms import saying
from volunteers.forms.changes import WhoForm
from volunteers.forms.claims import NothingForm
from volunteers.views.blueprint import bp
from wishes.queries.attendance import get_seat
from wishes.queries.stand_ins import find_open_offer, get_offer_to
from wishes.queries.wish_page import find_clash, list_page_tools
from wishes.rules.deadlines import withdraw_until
from wishes.services.standing_in import (
    accept_stand_in,
    ask_stand_in,
    decline_stand_in,
    take_stand_in_back,
)


@bp.route("/wishes/<int:wish_id>/stand-in", methods=["GET", "POST"])
@signed_in
def ask_for_stand_in(wish_id: int) -> Any:
    """Offer my place to somebody; whether the number exists is not said."""
    form = WhoForm()
    if form.validate_on_submit():
        with saying(form):
            ask_stand_in(wish_id, actor_id=current_user.id, who=form.who.data or "")
            flash(_("如果这个号码是志愿者，对方已经收到邀请。答应之前，名额还是您的。"), "success")
            return redirect(url_for("wishes.wish_page", wish_id=wish_id))
    place = get_seat(wish_id, current_user.id)
    wish = place.claim.wish
    return render_template(
        "volunteers/ask_stand_in.html", form=form, wish=wish,
        unit=place.claim.organisation, offer=find_open_offer(place.id),
        is_late=wish.starts_at is not None and clock.now() > withdraw_until(wish.starts_at),
    ), form.status  # fmt: skip


@bp.get("/stand-ins/<int:stand_in_id>")
@signed_in
def stand_in(stand_in_id: int) -> Any:
    """What I am asked to do, and the two answers."""
    return _show(stand_in_id, NothingForm())


@bp.post("/stand-ins/<int:stand_in_id>/accept")
@signed_in
def accept(stand_in_id: int) -> Any:
    """Take the place over."""
    form = NothingForm()
    with saying(form):
        wish_id = accept_stand_in(stand_in_id, actor_id=current_user.id)
        flash(_("好，名额是您的了，对方已经知道。"), "success")
        return redirect(url_for("wishes.wish_page", wish_id=wish_id))
    return _show(stand_in_id, form)


@bp.post("/stand-ins/<int:stand_in_id>/decline")
@signed_in
def decline(stand_in_id: int) -> Any:
    """Say no."""
    form = NothingForm()
    with saying(form):
        decline_stand_in(stand_in_id, actor_id=current_user.id)
        flash(_("已回复去不了，名额还是对方的。"), "success")
        return redirect(url_for("volunteers.my_claims"))
    return _show(stand_in_id, form)


@bp.post("/stand-ins/<int:stand_in_id>/take-back")
@signed_in
def take_back(stand_in_id: int) -> Any:
    """Ask nobody any more."""
    form = NothingForm()
    wish_id = None
    with saying(form):
        wish_id = take_stand_in_back(stand_in_id, actor_id=current_user.id)
        flash(_("收回了，名额还是您的。"), "success")
    for sentence in form.refusals:
        flash(sentence, "error")
    if wish_id is None:
        return redirect(url_for("volunteers.my_claims"))
    return redirect(url_for("wishes.wish_page", wish_id=wish_id))


def _show(stand_in_id: int, form: NothingForm) -> Any:
    offer = get_offer_to(stand_in_id, current_user.id)
    wish = offer.place.claim.wish
    at = clock.now()
    is_open = offer.state == "asked" and offer.place.live
    ahead = wish.starts_at is not None and at < wish.starts_at
    page = render_template(
        "volunteers/stand_in.html", form=form, offer=offer, wish=wish,
        is_open=is_open and ahead and not form.refused_with,
        clash=find_clash(wish, current_user.id) if is_open and ahead else None,
        tools=[tool for tool in list_page_tools(wish.id) if tool.pledges],
    )  # fmt: skip
    return page, form.status
