"""服务菜单 of a unit: what it offers to communities."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from flask_login import current_user

from foundation.access import signed_in
from partner_units.policies import get_unit_desk
from partner_units.views.blueprint import bp
from partner_units.views.navigation import desk_page
from wishes.models import Offer
from wishes.queries.offers import get_offer, list_own
from wishes.refusals.dispatch import OfferNotFound
from wishes.views.offers import keep_offer, read_offer, this_month, turn_offer

OFFERS = "/unit/<int:unit_id>/offers"


def _own(unit_id: int, offer_id: int) -> Offer:
    get_unit_desk(current_user.id, unit_id)
    offer = get_offer(offer_id)
    if offer.organisation_id != unit_id:
        raise OfferNotFound
    return offer


@bp.get(OFFERS)
@signed_in
def offers(unit_id: int) -> str:
    """What the unit offers, with this month's orders."""
    unit = get_unit_desk(current_user.id, unit_id)
    found = list_own(organisation_id=unit_id, month=this_month())
    return desk_page("offers.html", unit, offers=found)


@bp.route(f"{OFFERS}/new", methods=["GET", "POST"])
@signed_in
def new_offer(unit_id: int) -> Any:
    """Write a new one."""
    return _write(unit_id, None)


@bp.route(f"{OFFERS}/<int:offer_id>", methods=["GET", "POST"])
@signed_in
def edit_offer(unit_id: int, offer_id: int) -> Any:
    """Change one."""
    return _write(unit_id, _own(unit_id, offer_id))


@bp.post(f"{OFFERS}/<int:offer_id>/turn")
@signed_in
def turn(unit_id: int, offer_id: int) -> Any:
    """Pause it, or put it on the menu."""
    turn_offer(_own(unit_id, offer_id))
    return redirect(url_for("partner_units.offers", unit_id=unit_id))


def _write(unit_id: int, offer: Offer | None) -> Any:
    unit = get_unit_desk(current_user.id, unit_id)
    form = read_offer(offer)
    if keep_offer(form, offer, unit_id=unit_id):
        return redirect(url_for("partner_units.offers", unit_id=unit_id))
    return desk_page("offer.html", unit, form=form, offer=offer), form.status
