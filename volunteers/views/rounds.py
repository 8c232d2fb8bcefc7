"""我的走访: the neighbours a community asked me to look in on, each visit in one tap."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from foundation import clock
from foundation.access import signed_in
from foundation.forms import Form, saying
from foundation.labels import day
from foundation.phones import show_phone
from volunteers.forms.rounds import MyAskForm, MyVisitForm
from volunteers.views.blueprint import bp
from wishes.policies.residents import ensure_may_visit
from wishes.queries.residents import Card, get_living, list_cards_of
from wishes.queries.rounds import list_my_standings
from wishes.rules.kinds import Category
from wishes.rules.residents import BEST_TIME_LABELS, BestTime
from wishes.rules.rounds import OUTCOME_LABELS, Outcome, Standing, is_due
from wishes.services.resident_looks import note_look, note_my_list
from wishes.services.visiting import raise_ask, record_visit


@dataclass(frozen=True)
class Door:
    """One neighbour of mine, in words."""

    card: Card
    note: str
    phone_label: str
    due: bool


@bp.get("/mine/rounds")
@signed_in
def my_rounds() -> Response | str:
    """Whom I look in on; seeing the list is written down, once a day each."""
    return _show(MyVisitForm(formdata=None))


def _show(form: Form) -> Response | str:
    if current_user.confirmed_at is None:
        return render_template("volunteers/rounds.html", form=form, doors=[], unconfirmed=True)
    today = clock.local_day(clock.now())
    mine = {each.resident_id: each for each in list_my_standings(current_user.id, today=today)}
    note_my_list(list(mine), actor_id=current_user.id)
    doors = [_door(card, mine[card.id]) for card in list_cards_of(mine)]
    doors.sort(key=lambda door: not door.due)
    page = render_template("volunteers/rounds.html", form=form, doors=doors, unconfirmed=False)
    response = make_response(page, form.status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _door(card: Card, standing: Standing) -> Door:
    best = BestTime(card.best_time)
    told = [
        _("上次见到 %(day)s", day=day(standing.last_met)) if standing.last_met else _("还没见过"),
        _("本月 %(met)s/%(wanted)s", met=standing.met, wanted=standing.wanted)
        if standing.wanted
        else "",
        _(BEST_TIME_LABELS[best]) if best is not BestTime.ANY else "",
        _("今天没遇上") if standing.missed_today else "",
    ]
    return Door(
        card=card,
        note=" · ".join(each for each in told if each),
        phone_label=show_phone(card.phone) if card.phone else "",
        due=is_due(standing, clock.local_day(clock.now())),
    )


@bp.post("/mine/rounds/<int:resident_id>")
@signed_in
def my_visit(resident_id: int) -> Response | str:
    """One tap: met, or not at home."""
    ensure_may_visit(current_user.id, get_living(resident_id))
    form = MyVisitForm()
    if form.validate():
        with saying(form):
            outcome = Outcome(form.outcome.data)
            record_visit(resident_id, actor_id=current_user.id, outcome=outcome)
            flash(_("记下了：%(what)s。", what=_(OUTCOME_LABELS[outcome])), "success")
            return redirect(url_for("volunteers.my_rounds"))
    return _show(form)


@bp.route("/mine/rounds/<int:resident_id>/ask", methods=["GET", "POST"])
@signed_in
def my_ask(resident_id: int) -> Response | str:
    """The neighbour wants something done: the community reads it, nobody else."""
    ensure_may_visit(current_user.id, get_living(resident_id))
    form = MyAskForm(data={"title": _("走访时请社区帮忙，请打电话问清楚")})
    if form.validate_on_submit():
        with saying(form):
            raise_ask(
                resident_id, actor_id=current_user.id, title=form.title.data or "",
                category=Category.OTHER, text="", when="",
            )  # fmt: skip
            flash(_("社区收到了，会跟这位邻居联系。今天的走访也记了。"), "success")
            return redirect(url_for("volunteers.my_rounds"))
    elif not form.is_submitted():
        note_look(resident_id, actor_id=current_user.id)
    name = get_living(resident_id).name
    page = render_template("volunteers/round_ask.html", form=form, name=name)
    response = make_response(page, form.status)
    response.headers["Cache-Control"] = "no-store"
    return response
