"""Writing a wish: a new one, a draft, and what may still change after publishing."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area
from accounts.queries.areas import list_grids
from accounts.queries.people import list_staff_ids
from accounts.rules import Role
from communities.forms.care import care_on
from communities.forms.terms import terms_on
from communities.forms.wishes import WishForm
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_worker_desk
from communities.views.doors import kept_labels
from communities.views.first_words import first_words
from foundation import clock
from foundation.access import signed_in
from foundation.forms import say, saying
from foundation.refusal import Refusal
from wishes.models import Wish
from wishes.policies.wishes import ensure_may_write
from wishes.queries.asks import find_by_wish
from wishes.queries.completion import get_wish_under
from wishes.queries.people import name_people
from wishes.rules.kinds import WishKind
from wishes.rules.life import WishState
from wishes.rules.publishing import ensure_public_words
from wishes.rules.wording import is_supplement
from wishes.services.caring import care_of
from wishes.services.drafting import draft_wish, edit_wish
from wishes.services.publishing import publish_wish
from wishes.services.terms import terms_of
from wishes.services.writing import words_of

WISHES = "/desk/<int:area_id>/wishes"
WISH = f"{WISHES}/<int:wish_id>"
Page = Response | tuple[str, int]


@bp.route(f"{WISHES}/new", methods=["GET", "POST"])
@signed_in
def new_wish(area_id: int) -> Page:
    """A new wish: published at once, or kept as a draft."""
    desk = my_worker_desk(area_id)
    form = make_form(desk, {"kind": _kind(), "contact": str(current_user.id), **first_words(desk)})
    if "add_tool" in request.form:
        form.add_tool()
    elif form.validate_on_submit():
        with saying(form):
            wish_id = draft_wish(
                desk.id, actor_id=current_user.id, words=form.words(), private=form.private(),
                publish="publish" in request.form, door=form.door_word(), terms=form.terms(),
                care=form.care(),
            )  # fmt: skip
            return _say_saved(desk, wish_id, form)
    return _show(desk, form, None)


@bp.route(f"{WISH}/edit", methods=["GET", "POST"], endpoint="edit_wish")
@signed_in
def edit_wish_page(area_id: int, wish_id: int) -> Page:
    """Change a wish; a form opened before somebody else's change is refused, nothing is lost."""
    desk = my_worker_desk(area_id)
    wish = get_wish_under(desk, wish_id)
    ensure_may_write(current_user.id, wish)
    form = make_form(desk, _words_on(wish))
    if "add_tool" in request.form:
        form.add_tool()
    elif form.validate_on_submit():
        with saying(form):
            edit_wish(
                wish_id, actor_id=current_user.id, version=_version(form), words=form.words(),
                private=form.private(), publish="publish" in request.form, door=form.door_word(),
                terms=form.terms(), care=form.care(),
            )  # fmt: skip
            return _say_saved(desk, wish_id, form)
        wish = get_wish_under(desk, wish_id)
        form.version.data = str(wish.version)
    return _show(desk, form, wish)


@bp.post(f"{WISH}/publish")
@signed_in
def publish(area_id: int, wish_id: int) -> Page:
    """Publish a draft as it stands; what is missing is said on its form."""
    desk = my_worker_desk(area_id)
    wish = get_wish_under(desk, wish_id)
    form = make_form(desk, _words_on(wish), filled=False)
    with saying(form):
        publish_wish(wish_id, actor_id=current_user.id)
        flash(_said_published(desk, wish_id), "success")
        return redirect(url_for("communities.wish_desk", area_id=desk.id, wish_id=wish_id))
    return _show(desk, form, get_wish_under(desk, wish_id))


def make_form(desk: Area, words: dict[str, Any], *, filled: bool = True) -> WishForm:
    """The form of a wish with this desk's grids and contacts; `words` is what stands in it."""
    staff = {current_user.id, *list_staff_ids(desk.id, [Role.COMMUNITY_WORKER])}
    if words.get("contact"):
        staff.add(int(words["contact"]))
    contacts = sorted((user_id, name) for user_id, name in name_people(staff).items() if user_id)
    more = {} if filled else {"formdata": None}
    return WishForm(grids=list_grids(desk.id), contacts=contacts, data=words, **more)


def _kind() -> str:
    return str(WishKind.ITEM if request.args.get("kind") == WishKind.ITEM else WishKind.SERVICE)


def _words_on(wish: Wish) -> dict[str, Any]:
    words = words_of(wish)
    starts = clock.local(words.starts_at) if words.starts_at else None
    ends = clock.local(words.ends_at) if words.ends_at else None
    draft_kind = request.args.get("kind") if wish.state == WishState.DRAFT else None
    return {
        "version": str(wish.version),
        "kind": draft_kind if draft_kind in set(WishKind) else str(words.kind),
        "title": words.title,
        "category": str(words.category),
        "text": words.text,
        "venue": str(words.venue),
        "grid": str(words.grid_id or ""),
        "public_place": words.public_place,
        "day": starts.date() if starts else None,
        "starts": starts.time() if starts else None,
        "ends": ends.time() if ends else None,
        "needed_by": ends.date() if ends else None,
        "headcount": words.headcount,
        "tools": [
            {"name": tool.name, "quantity": tool.quantity, "provision": str(tool.provision)}
            for tool in words.tools
        ],
        "no_tools": words.tools_answered and not words.tools,
        "contact": str(words.contact_id or current_user.id),
        **terms_on(terms_of(wish.id)),
        **care_on(care_of(wish.id)),
    }


def _version(form: WishForm) -> int:
    typed = form.version.data or ""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else -1


def _said_published(desk: Area, wish_id: int) -> str:
    """On the wall, or first before a colleague's eyes."""
    if get_wish_under(desk, wish_id).state == WishState.DRAFT:
        return _("已提交审核：另一位同事看过以后就发布。")
    return _("已发布，大家能看到并认领了。")


def _say_saved(desk: Area, wish_id: int, form: WishForm) -> Response:
    if "publish" in request.form:
        flash(_said_published(desk, wish_id), "success")
    else:
        flash(_("存好了。"), "success")
        try:
            ensure_public_words(form.words())
        except Refusal as refusal:
            flash(say(refusal), "warning")
    if form.is_item and is_supplement(form.title.data or "", form.text.data or ""):
        flash(_("这是保健品，送之前请先问清家属和医生。"), "warning")
    return redirect(url_for("communities.wish_desk", area_id=desk.id, wish_id=wish_id))


def _show(desk: Area, form: WishForm, wish: Wish | None) -> Page:
    form.pad_tools()
    page = render_desk(
        "communities/wish_form.html",
        desk,
        form=form,
        wish=wish,
        is_draft=wish is None or wish.state == WishState.DRAFT,
        ask=find_by_wish(wish.id) if wish is not None else None,
        kept=kept_labels(wish_id=wish.id) if wish is not None else [],
        price_cap=current_app.config["ITEM_PRICE_CAP"],
    )
    return page, form.status
