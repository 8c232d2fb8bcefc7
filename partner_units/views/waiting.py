"""The unit waits for places, takes what is held, or lets it go."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user

from foundation.access import signed_in
from foundation.forms import saying
from partner_units.forms.claims import NumberForm
from partner_units.policies import get_unit_desk
from partner_units.queries.claims import get_public_wish
from partner_units.views.blueprint import bp
from partner_units.views.claims import show_claim
from wishes.queries.waiting import get_own_wish_id
from wishes.services.waiting import accept_offer, join_line
from wishes.services.waiting import leave_line as leave


@bp.post("/unit/<int:unit_id>/wishes/<int:wish_id>/wait")
@signed_in
def wait(unit_id: int, wish_id: int) -> Any:
    """Get in line with a number of places: all of them or none will be offered."""
    get_unit_desk(current_user.id, unit_id)
    get_public_wish(wish_id)
    form = NumberForm()
    if form.validate_on_submit():
        with saying(form):
            join_line(
                wish_id, actor_id=current_user.id, places=form.places.data,
                organisation_id=unit_id,
            )  # fmt: skip
            flash(_("排上了，有足够的名额会马上通知联络员。"), "success")
            return redirect(url_for("partner_units.claim", unit_id=unit_id, wish_id=wish_id))
    return show_claim(unit_id, wish_id, waiting=form)


@bp.post("/unit/<int:unit_id>/waiting/<int:turn_id>/accept")
@signed_in
def accept_places(unit_id: int, turn_id: int) -> Any:
    """Take the places that are held; names follow on the claim's page."""
    get_unit_desk(current_user.id, unit_id)
    wish_id = get_own_wish_id(turn_id, organisation_id=unit_id)
    form = NumberForm(formdata=None)
    with saying(form):
        claim_id = accept_offer(turn_id, actor_id=current_user.id)
        flash(_("补上了，请排谁去。"), "success")
        return redirect(url_for("partner_units.claim_page", unit_id=unit_id, claim_id=claim_id))
    return show_claim(unit_id, wish_id, waiting=form)


@bp.post("/unit/<int:unit_id>/waiting/<int:turn_id>/leave")
@signed_in
def leave_line(unit_id: int, turn_id: int) -> Any:
    """Step out of the line, or decline the places that are held."""
    get_unit_desk(current_user.id, unit_id)
    wish_id = get_own_wish_id(turn_id, organisation_id=unit_id)
    form = NumberForm(formdata=None)
    with saying(form):
        leave(turn_id, actor_id=current_user.id)
        flash(_("已退出候补。"), "success")
        return redirect(url_for("partner_units.claim", unit_id=unit_id, wish_id=wish_id))
    return show_claim(unit_id, wish_id, waiting=form)
