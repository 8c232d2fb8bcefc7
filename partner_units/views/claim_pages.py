"""One claim of the unit: who goes, how many, or not at all."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from foundation import clock
from foundation.access import signed_in
from foundation.forms import Form, saying
from partner_units.forms.claims import NamesForm, NumberForm, WithdrawForm, offer_people
from partner_units.policies import get_unit_desk
from partner_units.queries.claims import (
    Candidate,
    get_unit_claim,
    list_candidates,
    list_named,
    list_pledged,
    starting,
)
from partner_units.views.blueprint import bp
from partner_units.views.navigation import desk_page
from wishes.models import Claim
from wishes.queries.belonging import ensure_place_of
from wishes.queries.items import find_delivery_of
from wishes.rules.deadlines import withdraw_until
from wishes.rules.releasing import release_at
from wishes.services.blocks import change_number
from wishes.services.claiming import withdraw
from wishes.services.naming import name_people, unname
from wishes.services.releasing import release_before


def _get(unit_id: int, claim_id: int) -> Claim:
    get_unit_desk(current_user.id, unit_id)
    return get_unit_claim(unit_id, claim_id)


def _to_claim(unit_id: int, claim_id: int) -> Response:
    return redirect(url_for("partner_units.claim_page", unit_id=unit_id, claim_id=claim_id))


def _names(claim: Claim) -> tuple[NamesForm, list[Candidate]]:
    people = list_candidates(claim.organisation_id or 0, claim.wish, without_claim=claim.id)
    form = NamesForm()
    offer_people(form.named, people)
    return form, people


def _page(unit_id: int, claim_id: int, sent: Form | None = None) -> tuple[str, int]:
    unit = get_unit_desk(current_user.id, unit_id)
    claim = get_unit_claim(unit_id, claim_id)
    page = desk_page("claim_page.html", unit, **_facts(claim), **_forms(claim, sent), sent=sent)
    return page, sent.status if sent else 200


def _facts(claim: Claim) -> dict[str, Any]:
    starts_at = starting(claim.wish)
    return {
        "claim": claim,
        "wish": claim.wish,
        "named": list_named(claim),
        "pledged": list_pledged(claim.id),
        "delivery": find_delivery_of(claim.id),
        "now": clock.now(),
        "names_due": release_at(starts_at, claim.claimed_at, before=release_before()),
        "withdraw_until": withdraw_until(starts_at),
        "end_reason": _(claim.end_reason) if claim.end_reason else None,
    }


def _forms(claim: Claim, sent: Form | None) -> dict[str, Any]:
    """The three forms of the page; the one that was sent keeps what was typed."""
    names, people = _names(claim)
    forms: dict[str, Any] = {
        "names": names,
        "number": NumberForm(formdata=None, places=claim.places),
        "leaving": WithdrawForm(formdata=None),
    }
    slots: dict[type, str] = {NamesForm: "names", NumberForm: "number", WithdrawForm: "leaving"}
    if sent is not None:
        forms[slots[type(sent)]] = sent
    return {**forms, "people": people}


@bp.get("/unit/<int:unit_id>/claims/<int:claim_id>")
@signed_in
def claim_page(unit_id: int, claim_id: int) -> Any:
    """What was claimed, who goes, and what can still be changed."""
    return _page(unit_id, claim_id)


@bp.post("/unit/<int:unit_id>/claims/<int:claim_id>/names")
@signed_in
def add_names(unit_id: int, claim_id: int) -> Any:
    """Put names on places that are held."""
    form, _people = _names(_get(unit_id, claim_id))
    if form.validate_on_submit():
        with saying(form):
            chosen = form.named.data or []
            name_people(claim_id, actor_id=current_user.id, user_ids=chosen)
            flash(_("排好了 %(n)s 人，已通知他们。", n=len(chosen)), "success")
            return _to_claim(unit_id, claim_id)
    return _page(unit_id, claim_id, form)


@bp.post("/unit/<int:unit_id>/claims/<int:claim_id>/places/<int:place_id>/unname")
@signed_in
def take_name_off(unit_id: int, claim_id: int, place_id: int) -> Any:
    """Take a name off; the place stays the unit's."""
    form, _people = _names(_get(unit_id, claim_id))
    ensure_place_of(claim_id, place_id)
    if form.is_submitted():
        with saying(form):
            unname(place_id, actor_id=current_user.id)
            flash(_("名字撤下了，已通知本人。"), "success")
            return _to_claim(unit_id, claim_id)
    return _page(unit_id, claim_id, form)


@bp.post("/unit/<int:unit_id>/claims/<int:claim_id>/number")
@signed_in
def set_number(unit_id: int, claim_id: int) -> Any:
    """More places, or fewer."""
    _get(unit_id, claim_id)
    form = NumberForm()
    if form.validate_on_submit():
        with saying(form):
            change_number(claim_id, actor_id=current_user.id, places=form.places.data)
            flash(_("数字改好了。"), "success")
            return _to_claim(unit_id, claim_id)
    return _page(unit_id, claim_id, form)


@bp.post("/unit/<int:unit_id>/claims/<int:claim_id>/withdraw")
@signed_in
def leave_claim(unit_id: int, claim_id: int) -> Any:
    """Give every place back."""
    _get(unit_id, claim_id)
    form = WithdrawForm()
    if form.validate_on_submit():
        with saying(form):
            withdraw(claim_id, actor_id=current_user.id, why=form.why.data or None)
            flash(_("已退出，名额让给别人了。"), "success")
            return redirect(url_for("partner_units.home", unit_id=unit_id))
    return _page(unit_id, claim_id, form)
