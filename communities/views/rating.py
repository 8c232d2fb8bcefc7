"""评单 by the resident: by the follow code, by the slip's code, with an account or without."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from communities.forms.ratings import RateForm, RatingCodeForm
from communities.views.blueprint import bp
from communities.views.reply_words import later_replies, verdict_of
from communities.views.visitors import guessing, my_id
from foundation.access import public
from foundation.forms import saying
from wishes.models import Ask, Wish
from wishes.queries.asks import find_by_wish, get_by_code
from wishes.queries.ratings import find_rating, get_wish_by_rating_code
from wishes.refusals.rating import RatingCodeNotFound, TooManyGuesses
from wishes.rules.codes import read_ask_code
from wishes.rules.life import ASK_MOVES, AskMove, AskState, WishState
from wishes.rules.rating import Grade
from wishes.services.following_up import close_by_code, close_by_slip
from wishes.services.rating import rate_by_code, rate_by_slip

Page = Response | tuple[str, int]


@bp.get("/rate")
@public
def find_rating_code() -> Page:
    """Key in the code of the slip."""
    form = RatingCodeForm(request.args) if "code" in request.args else RatingCodeForm()
    if "code" in request.args and form.validate():
        code = read_ask_code(form.code.data)
        try:
            with guessing():
                get_wish_by_rating_code(code)
            return redirect(url_for("communities.rate_slip", code=code))
        except (RatingCodeNotFound, TooManyGuesses) as refusal:
            form.refuse(refusal)
    return render_template("communities/find_rating.html", form=form), form.status


@bp.route("/rate/<code>", methods=["GET", "POST"])
@public
def rate_slip(code: str) -> Page:
    """The page behind the code on a slip: the rating, then what follows from it."""
    with guessing():
        wish = get_wish_by_rating_code(read_ask_code(code))
    key, form = read_ask_code(code), RateForm()
    if form.validate_on_submit():
        with saying(form):
            rate_by_slip(key, words=form.rating(), actor_id=my_id())
            _thank(form)
            return redirect(url_for("communities.rate_slip", code=key))
        wish = get_wish_by_rating_code(key)
    return _show(form, find_by_wish(wish.id), wish, url_for("communities.close_slip", code=key))


@bp.post("/rate/<code>/close")
@public
def close_slip(code: str) -> Page:
    """The resident with the slip is content now."""
    with guessing():
        wish = get_wish_by_rating_code(read_ask_code(code))
    key, form = read_ask_code(code), RateForm(formdata=None)
    with saying(form):
        close_by_slip(key, actor_id=my_id())
        flash(_("谢谢，这件事办结了。"), "success")
        return redirect(url_for("communities.rate_slip", code=key))
    return _show(form, find_by_wish(wish.id), wish, url_for("communities.close_slip", code=key))


@bp.route("/asks/<code>/rating", methods=["GET", "POST"])
@public
def rate_ask(code: str) -> Page:
    """The asker rates, signed in or with nothing but the follow code."""
    with guessing():
        found = get_by_code(read_ask_code(code))
    key, form = found.code, RateForm()
    if form.validate_on_submit():
        with saying(form):
            rate_by_code(key, words=form.rating(), actor_id=my_id())
            _thank(form)
            return redirect(url_for("communities.follow", code=key))
        found = get_by_code(key)
    return _show(form, found, found.wish, url_for("communities.close_ask", code=key))


@bp.post("/asks/<code>/close")
@public
def close_ask(code: str) -> Page:
    """The asker is content now."""
    with guessing():
        found = get_by_code(read_ask_code(code))
    key, form = found.code, RateForm(formdata=None)
    with saying(form):
        close_by_code(key, actor_id=my_id())
        flash(_("谢谢，这件事办结了。"), "success")
        return redirect(url_for("communities.follow", code=key))
    found = get_by_code(key)
    return _show(form, found, found.wish, url_for("communities.close_ask", code=key))


def _thank(form: RateForm) -> None:
    if form.rating().grade is Grade.BAD:
        flash(_("记下了。社区会再办，街道也看得到，办好后在这里告诉您。"), "success")
    else:
        flash(_("谢谢您的评价。"), "success")


def _show(form: RateForm, ask: Ask | None, wish: Wish | None, close_url: str) -> Page:
    rating = find_rating(ask_id=ask.id) if ask is not None else None
    if rating is None and wish is not None:
        rating = find_rating(wish_id=wish.id)
    page = render_template(
        "communities/rate.html",
        form=form,
        ask=ask,
        subject=ask if ask is not None else wish,
        community=ask.community if ask is not None else wish.community if wish else None,
        verdict=verdict_of(rating),
        later=later_replies(ask.id) if ask is not None else [],
        may_rate=rating is None and is_ready(ask, wish),
        close_url=close_url if ask is not None and ask.state == AskState.FOLLOWED_UP else None,
    )
    return page, form.status


def is_ready(ask: Ask | None, wish: Wish | None) -> bool:
    """Whether it may be rated now; the errand asks again."""
    if wish is not None and wish.state != WishState.VERIFIED:
        return False
    return ask is None or (AskState(ask.state), AskMove.RATE) in ASK_MOVES
