"""Taking a place, giving it back, naming friends, and the door behind a wish."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.queries.people import find_by_number
from foundation.access import signed_in
from foundation.forms import saying
from volunteers.forms.claims import FriendForm, NothingForm
from volunteers.queries.claims import get_claimed_wish_id, get_own_claim
from volunteers.refusals import FriendNotFound
from volunteers.views.blueprint import bp
from wishes.forms.claim import ClaimForm
from wishes.queries.belonging import ensure_place_of
from wishes.services import absence
from wishes.services.claiming import claim_wish
from wishes.services.claiming import withdraw as withdraw_claim
from wishes.services.naming import name_people, unname
from wishes.services.private import look_at_details
from wishes.views.wish import show_wish


@bp.post("/wishes/<int:wish_id>/claim")
@signed_in
def claim(wish_id: int) -> Any:
    """Take places on a wish; a refusal shows the wish again with everything ticked."""
    form = ClaimForm()
    if form.validate_on_submit():
        with saying(form):
            claim_wish(
                wish_id,
                actor_id=current_user.id,
                places=form.wanted_places,
                tools=form.tools.data or [],
            )
            flash(_("认领好了，社区已经知道。来不了请尽早退出，把名额让给别人。"), "success")
            return redirect(url_for("wishes.wish_page", wish_id=wish_id))
    return show_wish(wish_id, form)


@bp.post("/claims/<int:claim_id>/withdraw")
@signed_in
def withdraw(claim_id: int) -> Any:
    """Give all places of one's claim back, until the deadline."""
    wish_id = get_claimed_wish_id(claim_id, current_user.id)
    form = ClaimForm(formdata=None)
    with saying(form):
        withdraw_claim(claim_id, actor_id=current_user.id)
        flash(_("已退出，名额让给了别人。谢谢您提前说。"), "success")
        return redirect(url_for("wishes.wish_page", wish_id=wish_id))
    return show_wish(wish_id, form)


@bp.post("/wishes/<int:wish_id>/cannot-come")
@signed_in
def cannot_come(wish_id: int) -> Any:
    """Tell the community that one will not come, after the deadline too."""
    form = ClaimForm(formdata=None)
    with saying(form):
        absence.cannot_come(wish_id, actor_id=current_user.id)
        flash(_("社区已经知道您来不了，会另外找人。谢谢您说一声。"), "success")
        return redirect(url_for("wishes.wish_page", wish_id=wish_id))
    return show_wish(wish_id, form)


@bp.post("/wishes/<int:wish_id>/look")
@signed_in
def look(wish_id: int) -> Any:
    """Show door and phone to whoever may see them; the look is written down."""
    form = ClaimForm(formdata=None)
    with saying(form):
        opened = look_at_details(wish_id, actor_id=current_user.id)
        return show_wish(wish_id, form, opened=opened)
    return show_wish(wish_id, form)


@bp.route("/claims/<int:claim_id>/names", methods=["GET", "POST"])
@signed_in
def claim_names(claim_id: int) -> Any:
    """Who comes along: friends, each by volunteer number."""
    form = FriendForm()
    if form.validate_on_submit():
        with saying(form):
            friend = find_by_number(form.number.data)
            if friend is None:
                raise FriendNotFound
            name_people(claim_id, actor_id=current_user.id, user_ids=[friend.id])
            flash(_("名字写上了，对方会收到通知。"), "success")
            return redirect(url_for("volunteers.claim_names", claim_id=claim_id))
    claimed = get_own_claim(claim_id, current_user.id)
    return render_template("volunteers/claim_names.html", form=form, claim=claimed), form.status


@bp.post("/claims/<int:claim_id>/names/<int:place_id>/remove")
@signed_in
def remove_name(claim_id: int, place_id: int) -> Any:
    """Take a friend's name off; the place stays."""
    ensure_place_of(claim_id, place_id)
    form = NothingForm()
    with saying(form):
        unname(place_id, actor_id=current_user.id)
        flash(_("名字撤下了，名额还在。"), "success")
    for sentence in form.refusals:
        flash(sentence, "error")
    return redirect(url_for("volunteers.claim_names", claim_id=claim_id))
