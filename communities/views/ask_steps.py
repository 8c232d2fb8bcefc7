"""Steps after the first reply, each a page of its own: 办结, 二次答复, 代录评价, 确认办结."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area
from communities.forms.ratings import EnterRatingForm, HeardForm, SayForm
from communities.views.ask_desk import ASK, Page
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_desk
from communities.views.reply_words import later_replies, reply_note, verdict_of
from communities.views.wish_forms import WISH
from foundation.access import signed_in
from foundation.forms import Form, saying
from wishes.models import Ask
from wishes.queries.asks import get_at_desk
from wishes.queries.completion import get_wish_under
from wishes.queries.ratings import find_rating
from wishes.services.following_up import answer_again, close_for_resident, finish_passed_on
from wishes.services.rating import enter_ask_rating, enter_wish_rating
from wishes.services.showing import hide_ask


@bp.route(f"{ASK}/finish", methods=["GET", "POST"])
@signed_in
def finish_ask(area_id: int, ask_id: int) -> Page:
    """办结 of what was passed on: what was done."""
    form = SayForm()
    return _step(
        area_id, ask_id, form, _("办结"), _("转办的部门办好了什么，写给居民看。"),
        lambda: finish_passed_on(ask_id, actor_id=current_user.id, done=form.words.data or ""),
    )  # fmt: skip


@bp.route(f"{ASK}/answer-again", methods=["GET", "POST"], endpoint="answer_again")
@signed_in
def answer_again_page(area_id: int, ask_id: int) -> Page:
    """二次答复 after a bad rating."""
    form = SayForm()
    return _step(
        area_id, ask_id, form, _("二次答复"), _("再办了什么、什么时候办好，写给居民看。"),
        lambda: answer_again(ask_id, actor_id=current_user.id, reply=form.words.data or ""),
    )  # fmt: skip


@bp.route(f"{ASK}/confirm", methods=["GET", "POST"])
@signed_in
def confirm_ask(area_id: int, ask_id: int) -> Page:
    """The resident told staff that it is settled."""
    form = HeardForm()
    return _step(
        area_id, ask_id, form, _("居民确认办结"), _("例如：电话里说不漏了。"),
        lambda: close_for_resident(ask_id, actor_id=current_user.id, heard=form.words.data or ""),
    )  # fmt: skip


@bp.route(f"{ASK}/rating", methods=["GET", "POST"])
@signed_in
def enter_ask_rating_page(area_id: int, ask_id: int) -> Page:
    """代录评价: what the resident said on the phone or on paper."""
    form = EnterRatingForm()
    return _step(
        area_id, ask_id, form, _("代录评价"), "",
        lambda: enter_ask_rating(
            ask_id, actor_id=current_user.id, channel=form.channel, words=form.rating()
        ),
    )  # fmt: skip


@bp.route(f"{WISH}/rating", methods=["GET", "POST"])
@signed_in
def wish_rating(area_id: int, wish_id: int) -> Page:
    """The rating of a wish, or the form to enter the one on the paper slip."""
    desk = my_desk(area_id)
    wish = get_wish_under(desk, wish_id)
    back = url_for("communities.wish_desk", area_id=area_id, wish_id=wish_id)
    form = EnterRatingForm()
    if form.validate_on_submit():
        with saying(form):
            enter_wish_rating(
                wish_id, actor_id=current_user.id, channel=form.channel, words=form.rating()
            )
            flash(_("记下了。"), "success")
            return redirect(back)
        wish = get_wish_under(desk, wish_id)
    verdict = verdict_of(find_rating(wish_id=wish_id), named=True)
    page = render_desk(
        "communities/ask_step.html", desk, form=form, heading=_("居民评价"), hint="",
        subject=wish.title, back_url=back, ask=None, verdict=verdict,
    )  # fmt: skip
    return page, form.status


@bp.post(f"{ASK}/hide")
@signed_in
def hide_ask_page(area_id: int, ask_id: int) -> Response:
    """Neighbours do not read it any more."""
    get_at_desk(my_desk(area_id), ask_id)
    hide_ask(ask_id, actor_id=current_user.id)
    flash(_("改好了，现在只有社区看得到。"), "success")
    return redirect(url_for("communities.ask_desk", area_id=area_id, ask_id=ask_id))


def _step(
    area_id: int, ask_id: int, form: Form, heading: str, hint: str, do: Callable[[], Any]
) -> Page:
    desk = my_desk(area_id)
    ask = get_at_desk(desk, ask_id)
    back = url_for("communities.ask_desk", area_id=area_id, ask_id=ask_id)
    if form.validate_on_submit():
        with saying(form):
            do()
            flash(_("办好了，居民用查询码能看到。"), "success")
            return redirect(back)
        ask = get_at_desk(desk, ask_id)
    return _show(desk, ask, form, heading=heading, hint=hint, back_url=back), form.status


def _show(desk: Area, ask: Ask, form: Form, **words: str) -> str:
    return render_desk(
        "communities/ask_step.html", desk, form=form, ask=ask, subject=ask.title,
        took=reply_note(ask), later=later_replies(ask.id),
        verdict=verdict_of(find_rating(ask_id=ask.id), named=True), **words,
    )  # fmt: skip
