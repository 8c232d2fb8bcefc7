"""Asking without an account, and following an ask by its code."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.queries.areas import list_grids
from communities.forms.asks import CodeForm, PublicAskForm
from communities.policies import get_public_community
from communities.views.blueprint import bp
from communities.views.rating import is_ready
from communities.views.reply_words import later_replies, reply_note, verdict_of
from communities.views.timelines import steps_of, tell_ask
from communities.views.visitors import guessing, my_id, sources_of
from foundation import labels
from foundation.access import public
from foundation.forms import saying
from foundation.links import draw_qr, whole_link
from wishes.models import Ask
from wishes.queries.asks import get_by_code, list_ask_events
from wishes.queries.guests import find_by_code
from wishes.queries.photos import list_ask_photos
from wishes.queries.ratings import find_rating
from wishes.queries.serving import get_serving
from wishes.queries.supports import count_supports
from wishes.refusals.asks import AskNotFound
from wishes.refusals.rating import TooManyGuesses
from wishes.rules.asking import MOST_PER_ADDRESS, MOST_PER_VISITOR
from wishes.rules.codes import read_ask_code, show_ask_code
from wishes.rules.life import AskState
from wishes.services.asking import submit_again, submit_ask
from wishes.services.photos import keep_photos


@bp.route("/communities/<int:area_id>/ask", methods=["GET", "POST"])
@public
def ask(area_id: int) -> str | Response | tuple[str, int]:
    """Somebody asks; the page after it shows the follow code."""
    community = get_public_community(area_id)
    form = PublicAskForm(grids=list_grids(community.id), data=_about_me())
    if form.validate_on_submit():
        with saying(form), keep_photos(form.photos.data) as kept:
            code = submit_ask(
                community.id, words=form.words(), private=form.private(), grid_id=form.grid_id,
                photos=kept, actor_id=my_id(),
                sources=sources_of(MOST_PER_VISITOR, MOST_PER_ADDRESS),
            )  # fmt: skip
            return redirect(url_for("communities.follow", code=code, new=1))
    page = render_template("communities/ask.html", form=form, community=community)
    return page, form.status


@bp.get("/asks")
@public
def find_ask() -> str | Response | tuple[str, int]:
    """Key in a follow code."""
    form = CodeForm(request.args) if "code" in request.args else CodeForm()
    if "code" in request.args and form.validate():
        try:
            with guessing():
                return redirect(_place_of(read_ask_code(form.code.data)))
        except (AskNotFound, TooManyGuesses) as refusal:
            form.refuse(refusal)
    return render_template("communities/find_ask.html", form=form), form.status


def _place_of(code: str) -> str:
    """Where a code leads: to a sign-up or to an ask. Raises AskNotFound."""
    if find_by_code(code) is not None:
        return url_for("communities.joined", code=code)
    return url_for("communities.follow", code=get_by_code(code).code)


@bp.get("/asks/<code>")
@public
def follow(code: str) -> str | Response:
    """Where an ask stands and who serves, for whoever holds its code."""
    with guessing():
        found = get_by_code(read_ask_code(code))
    if found.code != code:
        return redirect(url_for("communities.follow", code=found.code))
    events, rating = list_ask_events(found.id), find_rating(ask_id=found.id)
    address = whole_link(url_for("communities.follow", code=found.code))
    return render_template(
        "communities/follow.html",
        ask=found,
        is_new=request.args.get("new") == "1",
        shown_code=show_ask_code(found.code),
        address=address,
        qr=draw_qr(address),
        steps=steps_of(found, events, found.wish),
        lines=tell_ask(events),
        who=_who(found),
        photo_count=len(list_ask_photos(found.id)),
        may_submit_again=found.state == AskState.RETURNED,
        supports=count_supports([found.id])[found.id],
        took=reply_note(found),
        later=later_replies(found.id),
        verdict=verdict_of(rating),
        may_rate=rating is None and is_ready(found, found.wish),
        may_close=found.state == AskState.FOLLOWED_UP,
    )


@bp.route("/asks/<code>/again", methods=["GET", "POST"])
@public
def ask_again(code: str) -> str | Response | tuple[str, int]:
    """A returned ask is completed by whoever asked, and sent once more."""
    with guessing():
        found = get_by_code(read_ask_code(code))
    form = PublicAskForm(grids=list_grids(found.community_id), data=words_on(found))
    if form.validate_on_submit():
        with saying(form), keep_photos(form.photos.data) as kept:
            submit_again(
                found.code,
                words=form.words(),
                private=form.private(),
                photos=kept,
                actor_id=my_id(),
            )
            flash(_("已重新提交，社区会再看一遍。"), "success")
            return redirect(url_for("communities.follow", code=found.code))
    page = render_template("communities/ask.html", form=form, community=found.community, ask=found)
    return page, form.status


def _who(found: Ask) -> str:
    """Units by name, volunteers only counted: no person's name stands on a public page."""
    if found.wish_id is None:
        return ""
    serving = get_serving(found.wish_id)
    people = list(serving.units)
    if serving.volunteers:
        people.append(_("志愿者 %(n)s 人", n=serving.volunteers))
    return labels.listed(people) or _("还在等人认领")


def words_on(found: Ask) -> dict[str, str | None]:
    """An ask's words for its form; the private details are not shown again."""
    return {
        "title": found.title,
        "category": str(found.category),
        "text": found.text,
        "when": found.when_words,
        "where": found.where_words,
        "grid": str(found.grid_id or ""),
        "is_public": "yes" if found.is_public else "",
    }


def _about_me() -> dict[str, str]:
    if not current_user.is_authenticated:
        return {}
    return {"name": current_user.name, "phone": current_user.phone or ""}
