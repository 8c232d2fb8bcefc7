"""换一样: the giver offers something else."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from foundation.access import signed_in
from foundation.forms import saying
from wishes.forms.campaigns import OfferForm
from wishes.policies.giving import ensure_gives
from wishes.queries.substitutes import get_live_claim, list_offers
from wishes.services.substituting import offer_substitute
from wishes.views.blueprint import bp


@bp.route("/claims/<int:claim_id>/substitute", methods=["GET", "POST"])
@signed_in
def substitute(claim_id: int) -> Response | tuple[str, int]:
    """Say what one would bring instead; the community asks the resident."""
    claim = get_live_claim(claim_id)
    ensure_gives(current_user.id, claim)
    form = OfferForm()
    if form.validate_on_submit():
        with saying(form):
            offer_substitute(claim_id, actor_id=current_user.id, offered=form.offered.data or "")
            flash(_("记下了。社区会去问居民，有答复会通知您。"), "success")
            return redirect(url_for("wishes.substitute", claim_id=claim_id))
        claim = get_live_claim(claim_id)
    page = render_template(
        "wishes/substitute.html", claim=claim, wish=claim.wish, form=form,
        offer=list_offers([claim_id]).get(claim_id),
    )  # fmt: skip
    return page, form.status
