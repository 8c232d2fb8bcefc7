"""Series, rotas and long-term wishes at the desk: the list, and writing a new one."""

from __future__ import annotations

from typing import Any, TypeVar

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.models import Area
from accounts.queries.areas import list_grids
from accounts.queries.people import list_staff_ids
from accounts.rules import Role
from communities.forms.series import LongTermForm, SeriesForm, from_tomorrow
from communities.forms.wishes import WishForm
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_worker_desk
from communities.views.first_words import first_words
from communities.views.wish_forms import Page
from foundation import clock
from foundation.access import signed_in
from foundation.forms import saying
from foundation.labels import day
from wishes.queries.people import name_people
from wishes.queries.series import list_series
from wishes.rules.recurring import Preview
from wishes.services.long_term import post_long_term
from wishes.services.series_starting import Turn, find_turns, preview_days, start_series
from wishes.views.series_words import hours_words, rule_words

Kind = TypeVar("Kind", bound=WishForm)
ALL_SERIES = "/desk/<int:area_id>/series"


@bp.get(ALL_SERIES)
@signed_in
def series_list(area_id: int) -> str:
    """What comes round here, newest first; what is over behind a chip."""
    desk = my_worker_desk(area_id)
    ended = "ended" in request.args
    lines = list_series(desk.id, today=clock.local_day(clock.now()), ended=ended)
    shown = [
        (line, " ".join(filter(None, (rule_words(line.series), hours_words(line.series)))))
        for line in lines
    ]
    return render_desk("communities/series_list.html", desk, lines=shown, ended=ended)


@bp.route(f"{ALL_SERIES}/new", methods=["GET", "POST"])
@signed_in
def new_series(area_id: int) -> Page:
    """A new series or rota (?kind=rota): first all its dates to look at, then published."""
    desk = my_worker_desk(area_id)
    is_rota = request.args.get("kind") == "rota"
    form = _form(SeriesForm, desk)
    seen, turns = None, []
    if "add_tool" in request.form:
        form.add_tool()
    elif form.validate_on_submit():
        with saying(form):
            seen = preview_days(form.rule())
            turns = find_turns(form.lines(), desk) if is_rota else []
            if "start" in request.form:
                return _start(desk, form, turns, is_rota=is_rota)
    form.pad_tools()
    page = render_desk(
        "communities/series_form.html", desk, form=form, is_rota=is_rota, seen=seen,
        dates=_dates(seen, turns) if seen else [],
    )  # fmt: skip
    return page, form.status


def _start(desk: Area, form: SeriesForm, turns: list[Turn], *, is_rota: bool) -> Any:
    series_id = start_series(
        desk.id, actor_id=current_user.id, words=form.words(), private=form.private(),
        hours=form.hours(), rule=form.rule(), turns=turns, is_rota=is_rota,
        ahead_days=form.ahead_days(),
    )  # fmt: skip
    flash(_("排好了。每一次都是一个心愿，可以单独改。"), "success")
    return redirect(url_for("communities.series", area_id=desk.id, series_id=series_id))


def _dates(seen: Preview, turns: list[Turn]) -> list[tuple[str, str]]:
    """Each date to look at, and who is on or why it is another day."""
    return [
        (
            day(planned.day),
            " · ".join(
                filter(
                    None,
                    (
                        turns[at % len(turns)].name if turns else "",
                        _("%(day)s放假，顺延到这天", day=day(planned.moved_from))
                        if planned.moved_from
                        else "",
                    ),
                )
            ),
        )
        for at, planned in enumerate(seen.days)
    ]


@bp.route(f"{ALL_SERIES}/new-long-term", methods=["GET", "POST"])
@signed_in
def new_long_term(area_id: int) -> Page:
    """A long-term wish: the time in words, the plan agreed with whoever claims it."""
    desk = my_worker_desk(area_id)
    form = _form(LongTermForm, desk)
    if "add_tool" in request.form:
        form.add_tool()
    elif form.validate_on_submit():
        with saying(form):
            series_id = post_long_term(
                desk.id, actor_id=current_user.id, words=form.words(),
                private=form.private(), time_words=form.time_words.data or "",
            )  # fmt: skip
            flash(_("发布了，等人认领。有人认领时会通知您。"), "success")
            return redirect(url_for("communities.series", area_id=desk.id, series_id=series_id))
    form.pad_tools()
    return render_desk("communities/long_term_form.html", desk, form=form), form.status


def _form(kind: type[Kind], desk: Area) -> Kind:
    staff = {current_user.id, *list_staff_ids(desk.id, [Role.COMMUNITY_WORKER])}
    contacts = sorted((user_id, name) for user_id, name in name_people(staff).items() if user_id)
    words = {"contact": str(current_user.id), "first_day": from_tomorrow(), **first_words(desk)}
    return kind(grids=list_grids(desk.id), contacts=contacts, data=words)
