"""派单 to a unit: what communities ask for, taken or declined with a reason."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user

from foundation.access import signed_in
from foundation.forms import Form, saying
from partner_units.forms.claims import write_person
from partner_units.policies import get_unit_desk
from partner_units.queries.claims import Candidate, list_candidates
from partner_units.views.blueprint import bp
from partner_units.views.navigation import desk_page
from wishes.forms.dispatch import AcceptForm, DeclineForm
from wishes.models import Dispatch
from wishes.queries.dispatches import get_dispatch, list_for_unit
from wishes.refusals.dispatch import DispatchNotFound
from wishes.services.answering import accept, decline

ORDERS = "/unit/<int:unit_id>/orders"
ORDER = f"{ORDERS}/<int:order_id>"


def _get(unit_id: int, order_id: int) -> Dispatch:
    get_unit_desk(current_user.id, unit_id)
    asked = get_dispatch(order_id)
    if asked.organisation_id != unit_id:
        raise DispatchNotFound
    return asked


def _yes_form(asked: Dispatch, people: list[Candidate]) -> AcceptForm:
    form = AcceptForm(version=str(asked.wish.version), places=asked.places)
    return form.offer((each.user_id, write_person(each)) for each in people)


@bp.get(ORDERS)
@signed_in
def orders(unit_id: int) -> str:
    """What waits for an answer, then what was answered."""
    unit = get_unit_desk(current_user.id, unit_id)
    return desk_page("orders.html", unit, orders=list_for_unit(unit_id))


@bp.get(ORDER)
@signed_in
def order_page(unit_id: int, order_id: int) -> Any:
    """One invitation: what, when, where, and the two answers."""
    return _page(unit_id, order_id)


@bp.post(f"{ORDER}/accept")
@signed_in
def accept_order(unit_id: int, order_id: int) -> Any:
    """Take it, with names or without."""
    asked = _get(unit_id, order_id)
    form = _yes_form(asked, list_candidates(unit_id, asked.wish))
    if form.validate_on_submit():
        with saying(form):
            claim_id = accept(
                order_id, actor_id=current_user.id, version=form.seen,
                places=form.places.data, named=form.named.data or [],
            )  # fmt: skip
            flash(_("接单了，社区已经知道。"), "success")
            return redirect(url_for("partner_units.claim_page", unit_id=unit_id, claim_id=claim_id))
    return _page(unit_id, order_id, form)


@bp.post(f"{ORDER}/decline")
@signed_in
def decline_order(unit_id: int, order_id: int) -> Any:
    """Say no, with a reason."""
    _get(unit_id, order_id)
    form = DeclineForm()
    if form.validate_on_submit():
        with saying(form):
            decline(order_id, actor_id=current_user.id, reason=form.reason.data or "")
            flash(_("已回复社区。谢谢您说明原因。"), "success")
            return redirect(url_for("partner_units.orders", unit_id=unit_id))
    return _page(unit_id, order_id, form)


def _page(unit_id: int, order_id: int, sent: Form | None = None) -> tuple[str, int]:
    asked = _get(unit_id, order_id)
    people = list_candidates(unit_id, asked.wish)
    yes = sent if isinstance(sent, AcceptForm) else _yes_form(asked, people)
    if isinstance(sent, AcceptForm):
        sent.version.data = str(asked.wish.version)  # what the reader sees now
    page = desk_page(
        "order.html", get_unit_desk(current_user.id, unit_id), asked=asked, wish=asked.wish,
        yes=yes, no=sent if isinstance(sent, DeclineForm) else DeclineForm(formdata=None),
        sent=sent, people=people,
    )  # fmt: skip
    return page, sent.status if sent else 200
