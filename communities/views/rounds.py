"""走访: whom to call on today, the ask a visit raises, the plan of the rounds."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area
from accounts.queries.areas import get_community_of
from communities.forms.rounds import HelperForm, RaiseForm, RuleForm
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.residents import RESIDENT, Page, private_page
from foundation import clock, labels
from foundation.access import signed_in
from foundation.forms import Form, saying
from foundation.phones import show_phone
from wishes.models import Visit
from wishes.policies.residents import get_care_desk, get_planning_desk, plans_at
from wishes.queries.residents import (
    Card,
    get_at_desk,
    known_tags,
    list_cards,
    list_helpers,
    list_rules,
    list_visits,
)
from wishes.queries.rounds import list_standings
from wishes.rules.asking import TITLE_LENGTH
from wishes.rules.kinds import Category
from wishes.rules.residents import BEST_TIME_LABELS, BestTime, best_time_at
from wishes.rules.rounds import Standing, days_unmet, is_due, is_overdue
from wishes.services.resident_looks import note_list, note_look
from wishes.services.round_plan import add_helper, end_helper, set_rule
from wishes.services.visiting import raise_ask

ROUNDS = "/desk/<int:area_id>/rounds"
SHOWN = 40


@dataclass(frozen=True)
class Stop:
    """One door of today's round, in words."""

    card: Card
    note: str
    late: str
    phone_label: str
    missed: bool


@bp.get(ROUNDS)
@signed_in
def rounds(area_id: int) -> Page:
    """Who is due today: the best time first, in the order of the doors."""
    desk, at = get_care_desk(current_user.id, area_id), clock.now()
    today = clock.local_day(at)
    due = {each.resident_id: each for each in list_standings(desk, today=today)
           if is_due(each, today)}  # fmt: skip
    late = sum(is_overdue(each, today) for each in due.values())
    only_late = request.args.get("show") == "late"
    stops = _stops(desk, due, only_late=only_late)
    note_list(desk.id, [stop.card.id for stop in stops[:SHOWN]], actor_id=current_user.id)
    desk = get_care_desk(current_user.id, area_id)
    return private_page(
        "communities/rounds.html", desk, stops=stops[:SHOWN], total=len(stops),
        tabs=_tabs(area_id, len(due), late, only_late=only_late),
        today_label=labels.day(at), plans=plans_at(current_user.id, desk.id),
        has_rules=bool(list_rules(get_community_of(desk).id)),
    )  # fmt: skip


def _tabs(area_id: int, due: int, late: int, *, only_late: bool) -> list[tuple[str, str, bool]]:
    here = url_for("communities.rounds", area_id=area_id)
    return [
        (here, _("今天该走访 %(n)s", n=due), not only_late),
        (f"{here}?show=late", _("超期 %(n)s", n=late), only_late),
    ]


def _stops(desk: Area, due: dict[int, Standing], *, only_late: bool) -> list[Stop]:
    now = clock.local(clock.now())
    best = best_time_at(now.hour)
    cards = [card for card in list_cards(desk) if card.id in due] if due else []
    if only_late:
        cards = [card for card in cards if is_overdue(due[card.id], now.date())]
    # the sort keeps the order of the doors within each group
    cards.sort(key=lambda card: (due[card.id].missed_today, card.best_time != best))
    return [_stop(card, due[card.id]) for card in cards]


def _stop(card: Card, standing: Standing) -> Stop:
    today = clock.local_day(clock.now())
    told = [
        _(BEST_TIME_LABELS[BestTime(card.best_time)]) if card.best_time else "",
        labels.listed(_(tag) for tag in card.tags),
        _("本月 %(met)s/%(wanted)s", met=standing.met, wanted=standing.wanted),
        _("请 %(name)s 走访", name=card.helper) if card.helper else "",
        _("今天没遇上") if standing.missed_today else "",
    ]
    days = days_unmet(standing, today)
    return Stop(
        card=card,
        note=" · ".join(each for each in told if each),
        late=_("%(n)s 天没见到", n=days) if is_overdue(standing, today) else "",
        phone_label=show_phone(card.phone) if card.phone else "",
        missed=standing.missed_today,
    )


@bp.route(f"{RESIDENT}/ask", methods=["GET", "POST"])
@signed_in
def resident_ask(area_id: int, resident_id: int) -> Page:
    """The visit raises an ask: the words are prefilled, one tap writes it."""
    desk = get_care_desk(current_user.id, area_id)
    card = get_at_desk(desk, resident_id)
    best = BestTime(card.best_time or BestTime.ANY)
    form = RaiseForm(data={
        "title": _said_today(list_visits(card.id, limit=1))
        or _("走访时请社区帮忙，请打电话问清楚"),
        "when": _(BEST_TIME_LABELS[best]) if best is not BestTime.ANY else "",
        "category": str(Category.OTHER),
    })  # fmt: skip
    if form.validate_on_submit():
        with saying(form):
            ask_id = raise_ask(
                resident_id, actor_id=current_user.id, title=form.title.data or "",
                category=Category(form.category.data), text=form.text.data or "",
                when=form.when.data or "",
            )  # fmt: skip
            flash(_("诉求记下了，今天的走访也记了。"), "success")
            return redirect(url_for("communities.ask_desk", area_id=area_id, ask_id=ask_id))
    elif not form.is_submitted():
        note_look(resident_id, actor_id=current_user.id)
    desk = get_care_desk(current_user.id, area_id)
    return private_page("communities/resident_ask.html", desk, form=form, status=form.status,
                        resident=get_at_desk(desk, resident_id))  # fmt: skip


def _said_today(visits: list[Visit]) -> str:
    today = clock.local_day(clock.now())
    words = next((visit.words for visit in visits if visit.on_day == today), None)
    return " ".join((words or "").split())[:TITLE_LENGTH]


@bp.route(f"{ROUNDS}/plan", methods=["GET", "POST"])
@signed_in
def round_plan(area_id: int) -> Page:
    """How often whom, and which volunteers help."""
    community = get_planning_desk(current_user.id, area_id)
    form = RuleForm(tags=known_tags())
    if form.validate_on_submit():
        with saying(form):
            set_rule(
                area_id, actor_id=current_user.id, tag=form.tag.data, times=form.times.data or 0
            )
            flash(_("规矩改好了，名单已经跟着变。"), "success")
            return _to_plan(area_id)
    return _plan(community, form, _helper_form(filled=False))


def _helper_form(*, filled: bool = True) -> HelperForm:
    doors = {"places": current_app.config["HELPER_DOORS"]}
    return HelperForm(data=doors) if filled else HelperForm(formdata=None, data=doors)


def _plan(community: Area, form: RuleForm, helper: HelperForm) -> tuple[str, int]:
    page = render_desk(
        "communities/round_plan.html", community, form=form, helper_form=helper,
        rules=list_rules(community.id), helpers=list_helpers(community.id),
    )  # fmt: skip
    return page, max(form.status, helper.status)


def _to_plan(area_id: int) -> Response:
    return redirect(url_for("communities.round_plan", area_id=area_id))


@bp.post(f"{ROUNDS}/helpers")
@signed_in
def new_helper(area_id: int) -> Page:
    """Ask a volunteer to help; the same person again changes the number of doors."""
    community = get_planning_desk(current_user.id, area_id)
    form = _helper_form()
    if form.validate():
        with saying(form):
            add_helper(
                area_id, actor_id=current_user.id, person=form.person.data or "",
                places=form.places.data or 1,
            )  # fmt: skip
            flash(_("请好了，对方会收到通知。在居民卡上选谁来走访。"), "success")
            return _to_plan(area_id)
        community = get_planning_desk(current_user.id, area_id)
    return _plan(community, RuleForm(formdata=None, tags=known_tags()), form)


@bp.post(f"{ROUNDS}/helpers/<int:helper_id>/end")
@signed_in
def finish_helper(area_id: int, helper_id: int) -> Page:
    """A volunteer leaves the rounds."""
    get_planning_desk(current_user.id, area_id)
    if Form().validate():
        doors = end_helper(area_id, actor_id=current_user.id, helper_id=helper_id)
        flash(_("不再请这位志愿者走访，%(n)s 户交回网格员。", n=doors), "success")
    return _to_plan(area_id)
