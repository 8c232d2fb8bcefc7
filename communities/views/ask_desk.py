"""One ask at the desk, and what the staff do with it."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, make_response, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area
from accounts.queries.areas import get_community_of, list_grids
from accounts.rules import AreaKind
from communities.forms.asks import CompleteAskForm, EnterAskForm, ReplyForm
from communities.views.asks import words_on
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_desk
from communities.views.doors import kept_labels, private_pairs
from communities.views.levels import levels_note
from communities.views.reply_words import later_replies, reply_note, verdict_of
from communities.views.timelines import tell_ask
from foundation.access import signed_in
from foundation.forms import saying
from foundation.refusal import N_
from wishes.models import Ask
from wishes.policies.asks import may_complete, may_decide
from wishes.queries.asks import (
    get_at_desk,
    list_ask_events,
)
from wishes.queries.photos import list_ask_photos
from wishes.queries.private import find_details
from wishes.queries.ratings import find_rating
from wishes.queries.supports import count_supports
from wishes.rules.asking import PrivateWords
from wishes.rules.codes import show_ask_code
from wishes.rules.kinds import CATEGORY_LABELS, Category, Channel
from wishes.rules.life import ASK_MOVES, AskMove, AskState
from wishes.services.asking import complete_ask, enter_ask
from wishes.services.photos import keep_photos
from wishes.services.private import look_at_ask
from wishes.services.replying import accept_ask, answer_ask, pass_on_ask, return_ask

ASK = "/desk/<int:area_id>/asks/<int:ask_id>"
STEPS = (
    (AskState.PASSED_ON, "communities.finish_ask", N_("办结")),
    (AskState.REOPENED, "communities.answer_again", N_("二次答复")),
    (AskState.FOLLOWED_UP, "communities.confirm_ask", N_("居民确认办结")),
)
Page = str | Response | tuple[str, int]


@bp.route("/desk/<int:area_id>/asks/new", methods=["GET", "POST"], endpoint="enter_ask")
@signed_in
def enter_ask_page(area_id: int) -> Page:
    """Write down what somebody said on the phone, at the door or on paper."""
    desk = my_desk(area_id)
    form = EnterAskForm(grids=_grids(desk))
    if desk.kind == AreaKind.GRID and not form.is_submitted():
        form.channel.data = str(Channel.VISIT)  # a grid worker writes on the round
    if form.validate_on_submit():
        with saying(form), keep_photos(form.photos.data) as kept:
            ask_id = enter_ask(
                desk.id, actor_id=current_user.id, channel=Channel(form.channel.data),
                words=form.words(), private=form.private(), grid_id=form.grid_id, photos=kept,
            )  # fmt: skip
            flash(_("记下了。"), "success")
            return redirect(url_for("communities.ask_desk", area_id=area_id, ask_id=ask_id))
    page = render_desk("communities/enter_ask.html", desk, form=form, ask=None, kept=[])
    return page, form.status


@bp.get(ASK)
@signed_in
def ask_desk(area_id: int, ask_id: int) -> Page:
    """Everything about one ask, and what may be done with it."""
    desk = my_desk(area_id)
    return _show(desk, get_at_desk(desk, ask_id), ReplyForm())


@bp.post(f"{ASK}/look")
@signed_in
def look_ask(area_id: int, ask_id: int) -> Page:
    """Show door and phone; the look is written down."""
    desk = my_desk(area_id)
    get_at_desk(desk, ask_id)
    details = look_at_ask(ask_id, actor_id=current_user.id)
    return _show(desk, get_at_desk(desk, ask_id), ReplyForm(formdata=None), details)


@bp.route(
    f"{ASK}/complete",
    methods=["GET", "POST"],
    endpoint="complete_ask",
)
@signed_in
def complete_ask_page(area_id: int, ask_id: int) -> Page:
    """补充: door, best time, pictures, category."""
    desk = my_desk(area_id)
    found = get_at_desk(desk, ask_id)
    form = CompleteAskForm(grids=_grids(desk), data=words_on(found))
    if form.validate_on_submit():
        with saying(form), keep_photos(form.photos.data) as kept:
            complete_ask(
                ask_id, actor_id=current_user.id, words=form.words(), private=form.private(),
                grid_id=_grid_of(desk, form), photos=kept,
            )  # fmt: skip
            flash(_("补充好了，社区会来受理。"), "success")
            return redirect(url_for("communities.ask_desk", area_id=area_id, ask_id=ask_id))
        found = get_at_desk(desk, ask_id)
    page = render_desk(
        "communities/enter_ask.html", desk, form=form, ask=found, kept=kept_labels(ask_id=ask_id)
    )
    return page, form.status


@bp.post(f"{ASK}/accept")
@signed_in
def accept(area_id: int, ask_id: int) -> Page:
    """受理: one tap; the draft's form comes next."""
    desk = my_desk(area_id)
    get_at_desk(desk, ask_id)
    form = ReplyForm(formdata=None)
    with saying(form):
        wish_id = accept_ask(ask_id, actor_id=current_user.id)
        flash(_("受理了。补上时间、地点、人数和工具，就可以发布。"), "success")
        return redirect(url_for("communities.edit_wish", area_id=area_id, wish_id=wish_id))
    return _show(desk, get_at_desk(desk, ask_id), form)


@bp.post(f"{ASK}/reply")
@signed_in
def reply(area_id: int, ask_id: int) -> Page:
    """Answer, return or pass on."""
    desk = my_desk(area_id)
    get_at_desk(desk, ask_id)
    form = ReplyForm()
    if form.validate():
        with saying(form):
            _reply_as(form)(ask_id)
            flash(_("办好了，居民用查询码能看到。"), "success")
            return redirect(url_for("communities.ask_desk", area_id=area_id, ask_id=ask_id))
    return _show(desk, get_at_desk(desk, ask_id), form)


def _reply_as(form: ReplyForm) -> Callable[[int], int]:
    words, me = form.words.data or "", current_user.id
    if form.how.data == "return":
        return lambda ask_id: return_ask(ask_id, actor_id=me, reason=words)
    if form.how.data == "pass_on":
        to = form.to.data or ""
        return lambda ask_id: pass_on_ask(ask_id, actor_id=me, to=to, reason=words)
    return lambda ask_id: answer_ask(ask_id, actor_id=me, reply=words)


def _show(desk: Area, ask: Ask, form: ReplyForm, details: PrivateWords | None = None) -> Page:
    kept, rating = find_details(ask_id=ask.id), find_rating(ask_id=ask.id)
    page = render_desk(
        "communities/ask_desk.html",
        desk,
        ask=ask,
        pairs=_pairs(ask),
        private_pairs=private_pairs(details),
        shown_code=show_ask_code(ask.code),
        form=form,
        details=details,
        has_details=kept is not None,
        decides=may_decide(current_user.id, ask) and ask.state == AskState.SUBMITTED,
        lines=tell_ask(list_ask_events(ask.id), named=True),
        photos=list_ask_photos(ask.id),
        took=reply_note(ask),
        later=later_replies(ask.id),
        verdict=verdict_of(rating, named=True),
        steps=_steps_for(desk, ask, is_rated=rating is not None),
        supports=count_supports([ask.id])[ask.id],
        may_hide=ask.is_public and may_decide(current_user.id, ask),
        levels=levels_note(desk, ask) if may_decide(current_user.id, ask) else None,
    )
    response = make_response(page, form.status)
    if details is not None:
        response.headers["Cache-Control"] = "no-store"
    return response


def _steps_for(desk: Area, ask: Ask, *, is_rated: bool) -> list[tuple[str, str, bool]]:
    """What staff may do now, as (address, word, quiet); grid workers enter ratings only.

    Quiet is what waits for the resident's own word.
    """
    names: list[tuple[str, str]] = []
    if may_decide(current_user.id, ask):
        names = [(endpoint, _(label)) for state, endpoint, label in STEPS if state == ask.state]
    rateable = (AskState(ask.state), AskMove.RATE) in ASK_MOVES
    if rateable and not is_rated and may_complete(current_user.id, ask):
        names.append(("communities.enter_ask_rating_page", _("代录评价")))
    quiet = ask.state not in (AskState.PASSED_ON, AskState.REOPENED)
    return [(url_for(name, area_id=desk.id, ask_id=ask.id), label, quiet) for name, label in names]


def _pairs(ask: Ask) -> list[tuple[str, str]]:
    told = [
        (_("类别"), _(CATEGORY_LABELS[Category(ask.category)])),
        (_("网格"), ask.grid.name if ask.grid is not None else _("还没分网格")),
        (_("时间"), ask.when_words),
        (_("地点"), ask.where_words),
    ]
    return [(name, value) for name, value in told if value]


def _grids(desk: Area) -> list[Area]:
    return [desk] if desk.kind == AreaKind.GRID else list_grids(get_community_of(desk).id)


def _grid_of(desk: Area, form: CompleteAskForm) -> int | None:
    return desk.id if desk.kind == AreaKind.GRID else form.grid_id
