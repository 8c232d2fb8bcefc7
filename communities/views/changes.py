"""After publishing: another time, another number, words to the people, open once more."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area
from communities.forms.changes import LetterForm, NumberForm, PlanForm
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_worker_desk
from communities.views.wish_forms import WISH, Page
from foundation.access import signed_in
from foundation.forms import Form, saying
from wishes.models import Wish
from wishes.queries.changes import list_messages, list_people
from wishes.queries.completion import get_wish_under
from wishes.services.offering_again import offer_again
from wishes.services.rescheduling import reschedule
from wishes.services.resizing import change_headcount
from wishes.services.slips import has_slip
from wishes.services.telling import write_to_people


@bp.route(f"{WISH}/plan", methods=["GET", "POST"])
@signed_in
def change_plan(area_id: int, wish_id: int) -> Page:
    """Another time or place; who cannot then is named before anything changes."""
    desk, wish = _wish(area_id, wish_id)
    form = PlanForm(wish=wish)
    if form.validate_on_submit():
        with saying(form):
            reschedule(
                wish_id, actor_id=current_user.id, version=form.version_number(),
                plan=form.plan(), why=form.words.data or "", leaving=form.leaving_ids(),
            )  # fmt: skip
            flash(_("改好了，有名额的人都已通知。"), "success")
            if has_slip(get_wish_under(desk, wish_id)):
                flash(_("印过居民单的，请重新打印，旧单上的时间不对了。"), "warning")
            return _back(desk, wish_id)
    return _show("communities/change_plan.html", desk, wish_id, form)


@bp.route(f"{WISH}/number", methods=["GET", "POST"])
@signed_in
def change_number(area_id: int, wish_id: int) -> Page:
    """More or fewer people; never below who has a place."""
    desk, wish = _wish(area_id, wish_id)
    form = NumberForm(data={"headcount": wish.headcount})
    if form.validate_on_submit():
        with saying(form):
            change_headcount(wish_id, actor_id=current_user.id, headcount=form.headcount.data or 0)
            flash(_("人数改好了。"), "success")
            return _back(desk, wish_id)
    return _show("communities/change_number.html", desk, wish_id, form)


@bp.route(f"{WISH}/letter", methods=["GET", "POST"])
@signed_in
def write_letter(area_id: int, wish_id: int) -> Page:
    """A few words to everybody with a place, in the app and by mail."""
    desk, _found = _wish(area_id, wish_id)
    form = LetterForm()
    if form.validate_on_submit():
        with saying(form):
            count = write_to_people(wish_id, actor_id=current_user.id, text=form.text.data or "")
            flash(_("发给了 %(n)s 人。", n=count), "success")
            return redirect(url_for("communities.write_letter", area_id=desk.id, wish_id=wish_id))
    return _show(
        "communities/write_letter.html", desk, wish_id, form,
        letters=list_messages(wish_id), people=len(list_people(wish_id)),
    )  # fmt: skip


@bp.route(f"{WISH}/again", methods=["GET", "POST"], endpoint="offer_again")
@signed_in
def offer_again_page(area_id: int, wish_id: int) -> Page:
    """未兑现: open the wish once more, with a new time and an empty sheet."""
    desk, wish = _wish(area_id, wish_id)
    form = PlanForm(wish=wish)
    if form.validate_on_submit():
        with saying(form):
            offer_again(
                wish_id, actor_id=current_user.id, version=form.version_number(),
                plan=form.plan(), why=form.words.data or "",
            )  # fmt: skip
            flash(_("重新开放了，大家又能认领。"), "success")
            return _back(desk, wish_id)
    return _show("communities/offer_again.html", desk, wish_id, form)


def _wish(area_id: int, wish_id: int) -> tuple[Area, Wish]:
    desk = my_worker_desk(area_id)
    return desk, get_wish_under(desk, wish_id)


def _back(desk: Area, wish_id: int) -> Response:
    return redirect(url_for("communities.wish_desk", area_id=desk.id, wish_id=wish_id))


def _show(template: str, desk: Area, wish_id: int, form: Form, **more: Any) -> Page:
    wish = get_wish_under(desk, wish_id)
    return render_desk(template, desk, wish=wish, form=form, **more), form.status
