"""One series at the desk: its days, its end, the duty table to print, another rule, a plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.models import Area
from communities.forms.series import ChangeRuleForm, RuleForm, from_tomorrow
from communities.forms.wishes import CancelForm
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_worker_desk
from communities.views.series import ALL_SERIES
from communities.views.wish_forms import Page
from foundation import clock
from foundation.access import signed_in
from foundation.forms import saying
from foundation.labels import day
from wishes.models import Series
from wishes.queries.people import name_people
from wishes.queries.series import get_series_of, list_days, name_members
from wishes.rules.kept_words import unpack
from wishes.rules.recurring import Preview
from wishes.rules.series_life import (
    SERIES_KIND_LABELS,
    SERIES_MOVES,
    SERIES_STATE_LABELS,
    DayState,
    SeriesKind,
)
from wishes.services.long_term import propose_plan
from wishes.services.series_changing import change_rule, end_series
from wishes.services.series_starting import preview_days
from wishes.views.series_words import day_lines, hours_words, span_words, state_note

SERIES = f"{ALL_SERIES}/<int:series_id>"


@bp.get(SERIES)
@signed_in
def series(area_id: int, series_id: int) -> Page:
    """Every day of a series, and what may be done with it."""
    desk = my_worker_desk(area_id)
    return _show(desk, get_series_of(desk.id, series_id), CancelForm(formdata=None))


@bp.post(f"{SERIES}/end")
@signed_in
def close_series(area_id: int, series_id: int) -> Page:
    """End it: what has not begun is called off, everybody told once."""
    desk = my_worker_desk(area_id)
    found = get_series_of(desk.id, series_id)
    form = CancelForm()
    if form.validate_on_submit():
        with saying(form):
            count = end_series(series_id, actor_id=current_user.id, why=form.words.data or "")
            flash(_("结束了，取消了 %(n)s 次，排好的人都已通知。", n=count), "success")
            return redirect(url_for("communities.series", area_id=desk.id, series_id=series_id))
        found = get_series_of(desk.id, series_id)
    return _show(desk, found, form)


def _show(desk: Area, found: Series, form: CancelForm) -> Page:
    today = clock.local_day(clock.now())
    lines = day_lines(found, list_days(found.id), at=clock.now())
    may = {str(move) for state, move in SERIES_MOVES if state == found.state}
    page = render_desk(
        "communities/series.html", desk, series=found, words=unpack(found.words), form=form,
        span=span_words(found), note=state_note(found), may=may,
        ahead=[line for line in lines if line.is_ahead],
        past=[line for line in lines if not line.is_ahead],
        kind_word=_(SERIES_KIND_LABELS[SeriesKind(found.kind)]),
        state_word=_(SERIES_STATE_LABELS[found.state]),
        companion=name_people([found.claimant_id]).get(found.claimant_id),
        companion_phone=found.claimant.phone if found.claimant else None,
        month=f"{found.first_day or today:%Y-%m}" if (found.first_day or today) > today
        else f"{today:%Y-%m}",
    )  # fmt: skip
    return page, form.status


@bp.route(f"{SERIES}/rule", methods=["GET", "POST"])
@signed_in
def series_rule(area_id: int, series_id: int) -> Page:
    """Another rule from a day on; what was changed alone or claimed stays."""
    desk = my_worker_desk(area_id)
    found = get_series_of(desk.id, series_id)
    form = ChangeRuleForm(data=_rule_words(found))
    seen = None
    if form.validate_on_submit():
        with saying(form):
            seen = preview_days(form.rule())
            if "start" in request.form:
                count = change_rule(
                    series_id, actor_id=current_user.id, hours=form.hours(),
                    rule=form.rule(), why=form.why.data or "",
                )  # fmt: skip
                flash(_("改好了，新排了 %(n)s 次。", n=count), "success")
                return redirect(url_for("communities.series", area_id=desk.id, series_id=series_id))
        found = get_series_of(desk.id, series_id)
    return _rule_page(desk, found, form, seen, is_plan=False)


@bp.route(f"{SERIES}/plan", methods=["GET", "POST"])
@signed_in
def series_plan(area_id: int, series_id: int) -> Page:
    """What was agreed on the phone with the companion; they say yes to it."""
    desk = my_worker_desk(area_id)
    found = get_series_of(desk.id, series_id)
    form = RuleForm(data=_rule_words(found))
    seen = None
    if form.validate_on_submit():
        with saying(form):
            seen = preview_days(form.rule())
            if "start" in request.form:
                propose_plan(
                    series_id, actor_id=current_user.id, hours=form.hours(), rule=form.rule()
                )
                flash(_("发给志愿者了，等他点头。"), "success")
                return redirect(url_for("communities.series", area_id=desk.id, series_id=series_id))
        found = get_series_of(desk.id, series_id)
    return _rule_page(desk, found, form, seen, is_plan=True)


def _rule_page(
    desk: Area, found: Series, form: RuleForm, seen: Preview | None, *, is_plan: bool
) -> Page:
    page = render_desk(
        "communities/series_rule.html", desk, series=found, words=unpack(found.words),
        form=form, seen=seen, dates=[(day(each.day), "") for each in seen.days] if seen else [],
        is_plan=is_plan, is_rota=False,
    )  # fmt: skip
    return page, form.status


def _rule_words(found: Series) -> dict[str, Any]:
    tomorrow = from_tomorrow()
    if found.first_day is None:
        return {"first_day": tomorrow}
    return {
        "freq": str(found.freq), "weekdays": list(found.weekdays), "every": found.every,
        "nth": str(found.nth), "starts": found.begins, "ends": found.ends,
        "first_day": max(tomorrow, found.first_day), "last_day": found.last_day,
        "times": found.times, "holidays": str(found.holidays), "make_up": str(found.make_up),
    }  # fmt: skip


class DutyCell(NamedTuple):
    """One day of the printed month."""

    number: int | None
    names: str
    is_off: bool


@bp.get(f"{SERIES}/month")
@signed_in
def series_month(area_id: int, series_id: int) -> str:
    """The duty table of a month, to print and hang up (?month=2026-12)."""
    desk = my_worker_desk(area_id)
    found = get_series_of(desk.id, series_id)
    first = _month(request.args.get("month", ""))
    rows = list_days(found.id)
    members = name_members(row.member for row in rows if row.member is not None)
    names = {
        row.day: (members.get(row.member_id or 0) or "✓", row.state == DayState.OFF) for row in rows
    }
    return render_template(
        "communities/series_month.html", area=desk, series=found, words=unpack(found.words),
        month=first, weeks=_weeks(first, names), hours=hours_words(found),
        before=f"{first - timedelta(days=1):%Y-%m}", after=f"{_next(first):%Y-%m}",
    )  # fmt: skip


def _weeks(first: date, names: dict[date, tuple[str, bool]]) -> list[list[DutyCell]]:
    start = first - timedelta(days=first.weekday())
    weeks = []
    while start < _next(first):
        week = [start + timedelta(days=at) for at in range(7)]
        weeks.append([_cell(each, first, names) for each in week])
        start += timedelta(days=7)
    return weeks


def _cell(each: date, first: date, names: dict[date, tuple[str, bool]]) -> DutyCell:
    if each.month != first.month:
        return DutyCell(None, "", is_off=False)
    name, is_off = names.get(each, ("", False))
    return DutyCell(each.day, name, is_off)


def _next(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _month(text: str) -> date:
    """The first of the month asked for, this month's when it makes no sense."""
    try:
        year, month = text.split("-")
        return date(int(year), int(month), 1) if 2000 < int(year) < 2100 else _this_month()
    except ValueError:
        return _this_month()


def _this_month() -> date:
    return clock.local_day(clock.now()).replace(day=1)
