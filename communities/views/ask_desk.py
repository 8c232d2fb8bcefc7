"""Asks at the desk: the list, one ask, and what the staff do with it."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, make_response, redirect, request, url_for
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
from communities.views.slips import waited
from communities.views.timelines import tell_ask
from foundation import clock
from foundation.access import signed_in
from foundation.forms import row_id, saying
from foundation.refusal import N_
from wishes.models import Ask
from wishes.policies.asks import may_decide
from wishes.queries.asks import (
    count_by_state,
    get_at_desk,
    list_ask_events,
    list_at_desk,
)
from wishes.queries.photos import list_ask_photos
from wishes.queries.private import find_details
from wishes.rules.asking import PrivateWords
from wishes.rules.codes import show_ask_code
from wishes.rules.kinds import CATEGORY_LABELS, Category, Channel
from wishes.rules.life import AskState
from wishes.services.asking import complete_ask, enter_ask
from wishes.services.photos import keep_photos
from wishes.services.private import look_at_ask
from wishes.services.replying import accept_ask, answer_ask, pass_on_ask, return_ask

PAGE = 20
ASK = "/desk/<int:area_id>/asks/<int:ask_id>"
TABS = {
    "waiting": (AskState.SUBMITTED,),
    "accepted": (AskState.ACCEPTED,),
    "replied": (AskState.ANSWERED, AskState.RETURNED, AskState.PASSED_ON),
    "done": (AskState.DONE, AskState.RATED),
}
TAB_LABELS = {
    "waiting": N_("待受理"),
    "accepted": N_("已受理"),
    "replied": N_("已回复"),
    "done": N_("已办结"),
}
Page = str | Response | tuple[str, int]


@bp.get("/desk/<int:area_id>/asks")
@signed_in
def asks(area_id: int) -> Page:
    """The asks of a desk, what waits first."""
    desk = my_desk(area_id)
    tab = request.args.get("tab", "waiting")
    tab = tab if tab in TABS else "waiting"
    before = request.args.get("before", type=row_id)
    waits = tab == "waiting"  # who waits longest comes first
    rows = list_at_desk(desk, TABS[tab], before=before, oldest_first=waits, limit=PAGE + 1)
    numbers = count_by_state(desk)
    return render_desk(
        "communities/asks.html",
        desk,
        asks=rows[:PAGE],
        late={ask.id: waited(ask, clock.now()) for ask in rows if waits},
        tabs=[_tab(desk, name, tab, numbers) for name in TABS],
        next_url=_next_url(desk, tab, rows),
    )


def _tab(desk: Area, name: str, chosen: str, numbers: dict[AskState, int]) -> tuple[str, str, bool]:
    n = sum(numbers.get(state, 0) for state in TABS[name])
    url = url_for("communities.asks", area_id=desk.id, tab=name)
    return url, _("%(tab)s %(n)s", tab=_(TAB_LABELS[name]), n=n), name == chosen


def _next_url(desk: Area, tab: str, rows: list[Ask]) -> str | None:
    if len(rows) <= PAGE:
        return None
    return url_for("communities.asks", area_id=desk.id, tab=tab, before=rows[PAGE - 1].id)


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
    kept = find_details(ask_id=ask.id)
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
    )
    response = make_response(page, form.status)
    if details is not None:
        response.headers["Cache-Control"] = "no-store"
    return response


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
