"""The unit claims a wish."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user

from foundation import clock
from foundation.access import signed_in
from foundation.forms import saying
from partner_units.forms.claims import BlockForm
from partner_units.policies import get_unit_desk
from partner_units.queries.claims import (
    find_claim_id,
    get_public_wish,
    list_candidates,
    list_tools_to_bring,
)
from partner_units.views.blueprint import bp
from partner_units.views.navigation import desk_page
from wishes.rules.deadlines import names_due, withdraw_until
from wishes.services.claiming import claim_for_unit


@bp.route("/unit/<int:unit_id>/wishes/<int:wish_id>/claim", methods=["GET", "POST"])
@signed_in
def claim(unit_id: int, wish_id: int) -> Any:
    """Take a block of places, with names or without."""
    unit = get_unit_desk(current_user.id, unit_id)
    wish = get_public_wish(wish_id)
    people, tools = list_candidates(unit_id, wish), list_tools_to_bring(wish_id)
    form = BlockForm().offer(people, tools)
    if form.validate_on_submit():
        with saying(form):
            claim_id = claim_for_unit(
                wish_id,
                actor_id=current_user.id,
                organisation_id=unit_id,
                places=form.places.data,
                named=form.named.data or [],
                tools=form.tools.data or [],
            )
            flash(_("认领成功。"), "success")
            return redirect(url_for("partner_units.claim_page", unit_id=unit_id, claim_id=claim_id))
    elif known := find_claim_id(wish_id, unit_id):
        return redirect(url_for("partner_units.claim_page", unit_id=unit_id, claim_id=known))
    page = desk_page(
        "claim.html", unit, wish=wish, form=form, people=people, now=clock.now(),
        names_due=names_due(wish.starts_at), withdraw_until=withdraw_until(wish.starts_at),
    )  # fmt: skip
    return page, form.status
