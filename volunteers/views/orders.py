"""派单 to a person: what a community asks of me; and what suits me (适合您的)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from foundation import clock
from foundation.access import signed_in
from foundation.forms import Form, saying
from volunteers.views.blueprint import bp
from wishes.forms.dispatch import AcceptForm, DeclineForm
from wishes.models import Dispatch
from wishes.queries.dispatches import get_dispatch
from wishes.queries.for_you import WishFit, suggest_wishes
from wishes.refusals.dispatch import DispatchNotFound
from wishes.services.answering import accept, decline
from wishes.views.matching_words import say_reasons

MOST = 20


@dataclass(frozen=True)
class Suits:
    """A wish that suits me, and why."""

    wish: WishFit
    why: str


def list_suiting(limit: int) -> list[Suits]:
    """The wishes that suit the signed-in person, best first."""
    found = suggest_wishes(current_user.id, at=clock.now(), limit=limit)
    return [Suits(fit, say_reasons(fit.reasons)) for fit in found]


@bp.get("/for-you")
@signed_in
def for_you() -> str:
    """Wishes that suit me, each with its reasons."""
    return render_template("volunteers/for_you.html", suits=list_suiting(MOST))


def _get(order_id: int) -> Dispatch:
    asked = get_dispatch(order_id)
    if asked.user_id != current_user.id:
        raise DispatchNotFound
    return asked


def _yes_form(asked: Dispatch) -> AcceptForm:
    return AcceptForm(version=str(asked.wish.version), places=asked.places).offer()


@bp.get("/orders/<int:order_id>")
@signed_in
def order_page(order_id: int) -> Any:
    """One invitation: what, when, where, and the two answers."""
    return _page(order_id)


@bp.post("/orders/<int:order_id>/accept")
@signed_in
def accept_order(order_id: int) -> Any:
    """Take it."""
    form = _yes_form(_get(order_id))
    if form.validate_on_submit():
        with saying(form):
            accept(order_id, actor_id=current_user.id, version=form.seen, places=form.places.data)
            flash(_("接单了，社区已经知道。"), "success")
            return redirect(url_for("volunteers.my_claims"))
    return _page(order_id, form)


@bp.post("/orders/<int:order_id>/decline")
@signed_in
def decline_order(order_id: int) -> Any:
    """Say no, with a reason."""
    _get(order_id)
    form = DeclineForm()
    if form.validate_on_submit():
        with saying(form):
            decline(order_id, actor_id=current_user.id, reason=form.reason.data or "")
            flash(_("已回复社区。谢谢您说明原因。"), "success")
            return redirect(url_for("volunteers.my_claims"))
    return _page(order_id, form)


def _page(order_id: int, sent: Form | None = None) -> tuple[str, int]:
    asked = _get(order_id)
    yes = sent if isinstance(sent, AcceptForm) else _yes_form(asked)
    if isinstance(sent, AcceptForm):
        sent.version.data = str(asked.wish.version)  # what the reader sees now
    page = render_template(
        "volunteers/order.html", asked=asked, wish=asked.wish, yes=yes,
        no=sent if isinstance(sent, DeclineForm) else DeclineForm(formdata=None), sent=sent,
    )  # fmt: skip
    return page, sent.status if sent else 200
