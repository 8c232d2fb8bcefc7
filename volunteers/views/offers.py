"""My own lines on the service menu."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from flask_login import current_user

from foundation.access import signed_in
from volunteers.views.blueprint import bp
from wishes.models import Offer
from wishes.queries.offers import get_offer, list_own
from wishes.refusals.dispatch import OfferNotFound
from wishes.views.offers import keep_offer, read_offer, this_month, turn_offer


def _own(offer_id: int) -> Offer:
    offer = get_offer(offer_id)
    if offer.user_id != current_user.id:
        raise OfferNotFound
    return offer


@bp.get("/offers")
@signed_in
def offers() -> str:
    """What I offer, with this month's orders."""
    found = list_own(user_id=current_user.id, month=this_month())
    return render_template("volunteers/offers.html", offers=found)


@bp.route("/offers/new", methods=["GET", "POST"])
@signed_in
def new_offer() -> Any:
    """Write a new one."""
    return _write(None)


@bp.route("/offers/<int:offer_id>", methods=["GET", "POST"])
@signed_in
def edit_offer(offer_id: int) -> Any:
    """Change one."""
    return _write(_own(offer_id))


@bp.post("/offers/<int:offer_id>/turn")
@signed_in
def turn(offer_id: int) -> Any:
    """Pause it, or put it on the menu."""
    turn_offer(_own(offer_id))
    return redirect(url_for("volunteers.offers"))


def _write(offer: Offer | None) -> Any:
    form = read_offer(offer)
    if keep_offer(form, offer, unit_id=None):
        return redirect(url_for("volunteers.offers"))
    return render_template("volunteers/offer.html", form=form, offer=offer), form.status
