"""物品 at the desk: received, checked, handed over."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.policies import get_desk
from accounts.rules import AREA_ROLES
from communities.forms.campaigns import AnswerForm
from communities.forms.reports import CheckForm, HandOverForm, ReceiveForm
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.reports import WISH
from foundation.access import signed_in
from foundation.forms import Form, saying
from wishes.models import Wish
from wishes.queries.belonging import ensure_claim_on, ensure_delivery_of
from wishes.queries.completion import get_wish_under
from wishes.queries.items import list_pledged
from wishes.queries.substitutes import list_offers
from wishes.services.items import check_item, hand_over, receive_item
from wishes.services.photos import keep_photos
from wishes.services.substituting import answer_substitute


@bp.get(f"{WISH}/items")
@signed_in
def items(area_id: int, wish_id: int) -> tuple[str, int]:
    """How far the pledged things have come."""
    return _page(area_id, _get_wish(area_id, wish_id))


def _get_wish(area_id: int, wish_id: int) -> Wish:
    return get_wish_under(get_desk(current_user.id, area_id, AREA_ROLES), wish_id)


def _get_delivery(area_id: int, wish_id: int, claim_id: int, delivery_id: int) -> Wish:
    wish = _get_wish(area_id, wish_id)
    ensure_claim_on(wish_id, claim_id)
    ensure_delivery_of(claim_id, delivery_id)
    return wish


def _page(
    area_id: int, wish: Wish, wrong: Form | None = None, claim_id: int | None = None
) -> tuple[str, int]:
    """The page, with the form that was refused in its place."""
    area = get_desk(current_user.id, area_id, AREA_ROLES)
    pledged = list_pledged(wish.id)

    def form_for(kind: type[Form], claim: int) -> Form:
        form = wrong if isinstance(wrong, kind) and claim == claim_id else kind(formdata=None)
        for field in form:  # several of a kind stand on the page, each needs ids of its own
            field.id = field.label.field_id = f"{field.short_name}-{claim}"
        return form

    page = render_desk(
        "communities/items.html",
        area,
        wish=wish,
        pledged=pledged,
        receive=lambda claim: form_for(ReceiveForm, claim),
        check=lambda claim: form_for(CheckForm, claim),
        hand=lambda claim: form_for(HandOverForm, claim),
        answer=lambda claim: form_for(AnswerForm, claim),
        offers=list_offers([each.claim_id for each in pledged]),
    )
    return page, wrong.status if wrong else 200


def _back(area_id: int, wish_id: int) -> Response:
    return redirect(url_for("communities.items", area_id=area_id, wish_id=wish_id))


@bp.post(f"{WISH}/items/<int:claim_id>/receive")
@signed_in
def receive(area_id: int, wish_id: int, claim_id: int) -> Response | tuple[str, int]:
    """收到."""
    wish = _get_wish(area_id, wish_id)
    ensure_claim_on(wish_id, claim_id)
    form = ReceiveForm()
    if form.validate_on_submit():
        with saying(form):
            receive_item(claim_id, actor_id=current_user.id, pieces=form.pieces.data or 0)
            flash(_("收到了，请验收。"), "success")
            return _back(area_id, wish_id)
    return _page(area_id, wish, form, claim_id)


@bp.post(f"{WISH}/items/<int:claim_id>/<int:delivery_id>/check")
@signed_in
def check(
    area_id: int, wish_id: int, claim_id: int, delivery_id: int
) -> Response | tuple[str, int]:
    """验收: the button says whether it is as wished."""
    wish = _get_delivery(area_id, wish_id, claim_id, delivery_id)
    form = CheckForm()
    if form.validate_on_submit():
        with saying(form):
            good = not form.is_refused.data
            check_item(
                delivery_id, actor_id=current_user.id, is_good=good, reason=form.reason.data or ""
            )
            flash(_("验收通过，可以送了。") if good else _("退回了，认领人会收到原因。"), "success")
            return _back(area_id, wish_id)
    return _page(area_id, wish, form, claim_id)


@bp.post(f"{WISH}/items/<int:claim_id>/<int:delivery_id>/hand-over")
@signed_in
def hand_item_over(
    area_id: int, wish_id: int, claim_id: int, delivery_id: int
) -> Response | tuple[str, int]:
    """送达: with a picture of the receipt."""
    wish = _get_delivery(area_id, wish_id, claim_id, delivery_id)
    form = HandOverForm()
    if form.validate_on_submit():
        with saying(form), keep_photos(form.receipt.data) as kept:
            hand_over(
                delivery_id, actor_id=current_user.id, receipt=kept, text=form.text.data or ""
            )
            flash(_("送达已记下。全部送到后，等另一位工作人员核实。"), "success")
            return _back(area_id, wish_id)
    return _page(area_id, wish, form, claim_id)


@bp.post(f"{WISH}/items/<int:claim_id>/substitute")
@signed_in
def answer_offer(area_id: int, wish_id: int, claim_id: int) -> Response | tuple[str, int]:
    """Record what the resident said about another thing."""
    wish = _get_wish(area_id, wish_id)
    ensure_claim_on(wish_id, claim_id)
    form = AnswerForm()
    if form.validate_on_submit():
        with saying(form):
            answer_substitute(
                claim_id, actor_id=current_user.id, agreed=form.answer.data == "yes",
                how=form.how.data or "",
            )  # fmt: skip
            flash(_("居民的答复记下了，认领人会收到通知。"), "success")
            return _back(area_id, wish_id)
    return _page(area_id, wish, form, claim_id)
