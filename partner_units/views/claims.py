"""The unit claims a wish."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.models import Organisation
from foundation import clock
from foundation.access import signed_in
from foundation.forms import saying
from partner_units.forms.claims import BlockForm, NumberForm
from partner_units.policies import get_unit_desk
from partner_units.queries.claims import (
    Candidate,
    find_claim_id,
    get_public_wish,
    list_candidates,
    list_tools_to_bring,
    starting,
)
from partner_units.views.blueprint import bp
from partner_units.views.navigation import desk_page
from wishes.models import Wish
from wishes.queries.waiting import find_turn
from wishes.refusals import WishIsFull
from wishes.rules.claiming import why_not_claimable
from wishes.rules.deadlines import withdraw_until
from wishes.rules.releasing import release_at
from wishes.services.claiming import claim_for_unit
from wishes.services.releasing import release_before
from wishes.views.line_words import my_place_in_line


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
    return _page(unit, wish, form, people), form.status


def show_claim(unit_id: int, wish_id: int, *, waiting: NumberForm) -> tuple[str, int]:
    """The page again, with the form of the line that may carry a refusal."""
    unit, wish = get_unit_desk(current_user.id, unit_id), get_public_wish(wish_id)
    people, tools = list_candidates(unit_id, wish), list_tools_to_bring(wish_id)
    form = BlockForm(formdata=None).offer(people, tools)
    return _page(unit, wish, form, people, waiting), waiting.status


def _page(
    unit: Organisation,
    wish: Wish,
    form: BlockForm,
    people: list[Candidate],
    waiting: NumberForm | None = None,
) -> str:
    now, starts_at = clock.now(), starting(wish)
    turn = find_turn(wish.id, user_id=current_user.id, organisation_id=unit.id)
    full = isinstance(why_not_claimable(wish, 1, at=now), WishIsFull)
    return desk_page(
        "claim.html", unit, wish=wish, form=form, people=people, now=now,
        names_due=release_at(starts_at, now, before=release_before()),
        withdraw_until=withdraw_until(starts_at),
        waiting=waiting or NumberForm(formdata=None),
        turn=my_place_in_line(turn) if turn else None, turn_places=turn.places if turn else 0,
        may_wait=turn is None and (full or waiting is not None),
    )  # fmt: skip
