"""One wish at the desk: everything a worker needs of it, and what may be done now."""

from __future__ import annotations

from typing import Any

from flask import flash, make_response, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area
from communities.forms.care import ReturnForm
from communities.forms.series import TemplateForm
from communities.forms.wishes import CancelForm
from communities.views.blueprint import bp
from communities.views.claimants import facts_of, people_of
from communities.views.desk_page import render_desk
from communities.views.desks import my_desk, my_worker_desk
from communities.views.doors import private_pairs
from communities.views.levels import levels_note
from communities.views.reply_words import verdict_of
from communities.views.review_facts import review_facts
from communities.views.slips import late_label
from communities.views.timelines import tell_wish
from communities.views.waiting import line_facts
from communities.views.wish_forms import WISH, Page
from foundation import clock
from foundation.access import signed_in
from foundation.forms import saying
from wishes.models import Wish
from wishes.policies.private import may_look
from wishes.policies.wishes import may_write
from wishes.queries.asks import find_by_wish
from wishes.queries.completion import get_wish_under
from wishes.queries.people import name_people
from wishes.queries.photos import list_ask_photos
from wishes.queries.private import find_details, list_looks
from wishes.queries.ratings import find_rating
from wishes.queries.reconfirming import list_answers
from wishes.queries.series import find_day_of
from wishes.queries.serving import list_claims, list_events, list_pledged
from wishes.rules.asking import PrivateWords
from wishes.rules.dispatch import ASKABLE
from wishes.rules.kinds import WishKind
from wishes.rules.life import CLAIMABLE, WISH_MOVES, WishMove, WishState
from wishes.rules.proof import OPENS_BEFORE
from wishes.rules.publishing import find_missing
from wishes.services.cancelling import cancel_wish
from wishes.services.caring import care_of
from wishes.services.private import look_at_details
from wishes.services.slips import has_slip
from wishes.services.writing import words_of
from wishes.views.care_words import care_pairs

HERE = (*CLAIMABLE, WishState.IN_SERVICE)  # somebody may be at work


@bp.get(WISH)
@signed_in
def wish_desk(area_id: int, wish_id: int) -> Page:
    """One wish, for its own staff."""
    desk = my_desk(area_id)
    return _show(desk, get_wish_under(desk, wish_id), CancelForm())


@bp.post(f"{WISH}/look")
@signed_in
def look_wish(area_id: int, wish_id: int) -> Page:
    """Show door and phone; the look is written down."""
    desk = my_desk(area_id)
    get_wish_under(desk, wish_id)
    form = CancelForm(formdata=None)
    details = None
    with saying(form):
        details = look_at_details(wish_id, actor_id=current_user.id)
    return _show(desk, get_wish_under(desk, wish_id), form, details)


@bp.post(f"{WISH}/cancel")
@signed_in
def cancel(area_id: int, wish_id: int) -> Page:
    """Cancel with a reason; everybody who planned to come is told."""
    desk = my_worker_desk(area_id)
    wish = get_wish_under(desk, wish_id)
    form = CancelForm()
    if wish.state == WishState.DRAFT or form.validate():
        with saying(form):
            cancel_wish(wish_id, actor_id=current_user.id, why=form.words.data or "")
            flash(_("取消了，认领的人都已通知。"), "success")
            return redirect(url_for("communities.wish_desk", area_id=desk.id, wish_id=wish_id))
    return _show(desk, get_wish_under(desk, wish_id), form)


def _show(desk: Area, wish: Wish, form: CancelForm, details: PrivateWords | None = None) -> Page:
    return show_desk(desk, wish, form, details=details)


def show_desk(
    desk: Area,
    wish: Wish,
    form: CancelForm,
    *,
    details: PrivateWords | None = None,
    return_form: ReturnForm | None = None,
) -> Page:
    """Draw a wish at its desk, with a refusal on one of its forms or with its opened door."""
    page = render_desk(
        "communities/wish_desk.html", desk, desk=desk, wish=wish, form=form, details=details,
        private_pairs=private_pairs(details),
        levels=levels_note(desk, wish) if may_write(current_user.id, wish) else None,
        **_facts(wish), **_people(wish), **_doors(wish), **line_facts(wish),
        **review_facts(wish, return_form),
    )  # fmt: skip
    response: Response = make_response(page, (return_form or form).status)
    if details is not None:
        response.headers["Cache-Control"] = "no-store"
    return response


def _facts(wish: Wish) -> dict[str, Any]:
    state, me, at = WishState(wish.state), current_user.id, clock.now()
    writes = may_write(me, wish)
    opens = wish.starts_at - OPENS_BEFORE if wish.starts_at else None
    here = state in HERE and opens is not None and opens <= at
    over = wish.ends_at is not None and wish.ends_at <= at
    return {
        "late": late_label(wish.state, wish.ends_at, at=at),
        "on_the_day": here,
        "acts_now": state == WishState.REPORTED or (here and over),
        "missing": find_missing(words_of(wish)) if state == WishState.DRAFT else (),
        "may_edit": writes and state in (WishState.DRAFT, *CLAIMABLE),
        "may_publish": writes and state == WishState.DRAFT,
        "may_cancel": writes and (state, WishMove.CANCEL) in WISH_MOVES,
        "may_ask": writes and state in ASKABLE,
        "may_keep": writes and wish.kind == WishKind.SERVICE,
        "series_row": find_day_of(wish.id),
        "template_form": TemplateForm(formdata=None),
        "may_change": writes and state in CLAIMABLE,
        "may_offer_again": writes and state == WishState.UNFULFILLED,
        "may_print": has_slip(wish),
        "lines": tell_wish(list_events(wish.id)),
    }


def _people(wish: Wish) -> dict[str, Any]:
    claims, answers = list_claims(wish.id), list_answers(wish.id)
    return {
        "people": [line for claim in claims for line in people_of(claim, answers)],
        "pledged": list_pledged(wish.id),
        "fact_pairs": facts_of(wish) + care_pairs(care_of(wish.id)),
    }


def _doors(wish: Wish) -> dict[str, Any]:
    looks, ask = list_looks(wish.id), find_by_wish(wish.id)
    return {
        "has_details": find_details(wish_id=wish.id) is not None,
        "may_look": may_look(current_user.id, wish, at=clock.now()),
        "looks": looks,
        "lookers": name_people(look.user_id for look in looks),
        "ask": ask,
        "verdict": verdict_of(find_rating(wish_id=wish.id), named=True),
        "ask_photos": list_ask_photos(ask.id) if ask is not None else [],
    }
