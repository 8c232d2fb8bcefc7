"""At the desk: who waits for a place, who confirmed, and whether too few people go ahead."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from communities.forms.wishes import CancelForm
from communities.views.blueprint import bp
from communities.views.claimants import PersonLine
from communities.views.desks import my_worker_desk
from communities.views.wish_forms import WISH
from foundation import clock, labels
from foundation.access import signed_in
from foundation.forms import saying
from foundation.phones import show_phone
from wishes.models import Waiting, Wish
from wishes.policies.wishes import may_write
from wishes.queries.completion import get_wish_under
from wishes.queries.least import find_terms, is_thin
from wishes.queries.waiting import list_turns
from wishes.rules.waiting import LineState
from wishes.services.least import go_ahead as decide


@bp.post(f"{WISH}/go-ahead")
@signed_in
def go_ahead(area_id: int, wish_id: int) -> Response:
    """Too few people, and it takes place all the same."""
    desk = my_worker_desk(area_id)
    get_wish_under(desk, wish_id)
    form = CancelForm(formdata=None)
    with saying(form):
        decide(wish_id, actor_id=current_user.id)
        flash(_("好，照常办。"), "success")
    for sentence in form.refusals:
        flash(sentence, "error")
    return redirect(url_for("communities.wish_desk", area_id=desk.id, wish_id=wish_id))


def line_facts(wish: Wish) -> dict[str, Any]:
    """The line of a wish for its own staff, and whether it waits for their word."""
    thin = is_thin(wish.id, at=clock.now())
    terms = find_terms(wish.id) if thin else None
    return {
        "turns": [_turn(turn) for turn in list_turns(wish.id)] if wish.in_line else [],
        "least": terms.least if terms is not None else None,
        "may_go_ahead": thin and may_write(current_user.id, wish),
    }


def _turn(turn: Waiting) -> PersonLine:
    unit = turn.organisation.short_name if turn.organisation else None
    places = _("%(n)s 个名额", n=turn.places)
    if turn.state == LineState.OFFERED:
        how = _("等答复，留到 %(when)s", when=labels.when(turn.offer_until))
    else:
        how = _("%(when)s 开始候补", when=labels.when(turn.joined_at))
    phone = turn.user.phone
    return PersonLine(
        unit or turn.user.name, f"{places} · {how}", phone,
        show_phone(phone) if phone else None,
    )  # fmt: skip
