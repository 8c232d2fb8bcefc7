"""派单 for one wish: who fits and why, who was asked, what they answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user

from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_worker_desk
from communities.views.wish_forms import WISH, Page
from foundation.access import signed_in
from foundation.forms import saying
from wishes.forms.dispatch import NothingForm
from wishes.policies.wishes import ensure_may_write
from wishes.queries.completion import get_wish_under
from wishes.queries.dispatches import get_dispatch, list_for_wish
from wishes.queries.suggestions import suggest_people, suggest_units
from wishes.refusals.dispatch import DispatchNotFound
from wishes.rules.dispatch import ASKABLE
from wishes.rules.life import WishState
from wishes.rules.publishing import find_missing
from wishes.services.inviting import call_off, invite
from wishes.services.writing import words_of
from wishes.views.matching_words import say_reasons

INVITE = f"{WISH}/invite"


@bp.get(INVITE)
@signed_in
def invite_page(area_id: int, wish_id: int) -> Page:
    """Suggestions, each with its reasons, and the answers so far."""
    return _page(area_id, wish_id, NothingForm(formdata=None))


@bp.post(f"{INVITE}/unit/<int:unit_id>")
@signed_in
def invite_unit(area_id: int, wish_id: int, unit_id: int) -> Page:
    """Ask a unit."""
    return _do(
        area_id, wish_id, _("邀请发出了，等对方回复。"),
        lambda: invite(wish_id, actor_id=current_user.id, organisation_id=unit_id),
    )  # fmt: skip


@bp.post(f"{INVITE}/person/<int:user_id>")
@signed_in
def invite_person(area_id: int, wish_id: int, user_id: int) -> Page:
    """Ask a volunteer."""
    return _do(
        area_id, wish_id, _("邀请发出了，等对方回复。"),
        lambda: invite(wish_id, actor_id=current_user.id, user_id=user_id),
    )  # fmt: skip


@bp.post(f"{INVITE}/<int:order_id>/call-off")
@signed_in
def call_off_order(area_id: int, wish_id: int, order_id: int) -> Page:
    """Take an invitation back."""
    if get_dispatch(order_id).wish_id != wish_id:
        raise DispatchNotFound
    return _do(
        area_id, wish_id, _("收回了，对方会收到通知。"),
        lambda: call_off(order_id, actor_id=current_user.id),
    )  # fmt: skip


def _do(area_id: int, wish_id: int, done: str, errand: Callable[[], Any]) -> Page:
    get_wish_under(my_worker_desk(area_id), wish_id)
    form = NothingForm()
    with saying(form):
        errand()
        flash(done, "success")
        return redirect(url_for("communities.invite_page", area_id=area_id, wish_id=wish_id))
    return _page(area_id, wish_id, form)


def _page(area_id: int, wish_id: int, form: NothingForm) -> Page:
    desk = my_worker_desk(area_id)
    wish = get_wish_under(desk, wish_id)
    ensure_may_write(current_user.id, wish)
    missing = find_missing(words_of(wish)) if wish.state == WishState.DRAFT else ()
    may_ask = wish.state in ASKABLE and not missing
    page = render_desk(
        "communities/invite.html", desk, wish=wish, form=form, may_ask=may_ask, missing=missing,
        asked=list_for_wish(wish_id),
        units=[(fit, say_reasons(fit.reasons)) for fit in suggest_units(wish)] if may_ask else [],
        people=[(fit, say_reasons(fit.reasons)) for fit in suggest_people(wish)] if may_ask else [],
    )  # fmt: skip
    return page, form.status
