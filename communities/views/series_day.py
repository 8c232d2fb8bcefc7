"""One day of a series: other times, somebody else on duty, a swap, called off."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.models import Area
from communities.forms.series import DayForm, DutyForm, SwapForm
from communities.forms.wishes import CancelForm
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.desks import my_worker_desk
from communities.views.series_page import SERIES
from communities.views.wish_forms import Page
from foundation import clock
from foundation.access import signed_in
from foundation.forms import Form, saying
from wishes.models import Series, SeriesDay
from wishes.queries.series import get_day, get_series_of, list_days
from wishes.rules.kept_words import unpack
from wishes.services.duty import put_on_duty, swap_days
from wishes.services.series_changing import cancel_day, change_day
from wishes.services.series_days import words_on
from wishes.services.series_starting import Hours, find_turn
from wishes.views.series_words import DayLine, day_lines

DAY = f"{SERIES}/days/<int:day_id>"


@bp.get(DAY)
@signed_in
def series_day(area_id: int, series_id: int, day_id: int) -> Page:
    """What may be changed on this day alone."""
    desk = my_worker_desk(area_id)
    return _show(desk, series_id, day_id)


@bp.post(f"{DAY}/times")
@signed_in
def series_day_times(area_id: int, series_id: int, day_id: int) -> Page:
    """Other times or people on this day."""
    desk = my_worker_desk(area_id)
    get_series_of(desk.id, series_id)
    form = DayForm()
    if form.validate_on_submit():
        with saying(form):
            change_day(
                series_id, day_id, actor_id=current_user.id,
                hours=Hours(form.starts.data, form.ends.data), headcount=form.headcount.data,
            )  # fmt: skip
            return _done(desk, series_id, _("这一天改好了，别的日子不变。"))
    return _show(desk, series_id, day_id, times=form)


@bp.post(f"{DAY}/duty")
@signed_in
def series_day_duty(area_id: int, series_id: int, day_id: int) -> Page:
    """Somebody else comes on this day."""
    desk = my_worker_desk(area_id)
    get_series_of(desk.id, series_id)
    form = DutyForm()
    if form.validate_on_submit():
        with saying(form):
            turn = find_turn(form.member.data or "", desk)
            put_on_duty(series_id, day_id, actor_id=current_user.id, turn=turn)
            return _done(desk, series_id, _("这一天换成%(name)s，两边都已通知。", name=turn.name))
    return _show(desk, series_id, day_id, duty=form)


@bp.post(f"{DAY}/swap")
@signed_in
def series_day_swap(area_id: int, series_id: int, day_id: int) -> Page:
    """Two people change their days."""
    desk = my_worker_desk(area_id)
    found = get_series_of(desk.id, series_id)
    form = SwapForm(days=_others(found, day_id))
    if form.validate_on_submit():
        with saying(form):
            swap_days(series_id, day_id, other_id=form.other.data, actor_id=current_user.id)
            return _done(desk, series_id, _("两天对调了，两边都已通知。"))
    return _show(desk, series_id, day_id, swap=form)


@bp.post(f"{DAY}/cancel")
@signed_in
def series_day_cancel(area_id: int, series_id: int, day_id: int) -> Page:
    """Call this day off."""
    desk = my_worker_desk(area_id)
    get_series_of(desk.id, series_id)
    form = CancelForm()
    if form.validate_on_submit():
        with saying(form):
            cancel_day(series_id, day_id, actor_id=current_user.id, why=form.words.data or "")
            return _done(desk, series_id, _("这一天取消了，排好的人都已通知。"))
    return _show(desk, series_id, day_id, cancel=form)


def _done(desk: Area, series_id: int, sentence: str) -> Any:
    flash(sentence, "success")
    return redirect(url_for("communities.series", area_id=desk.id, series_id=series_id))


def _show(
    desk: Area,
    series_id: int,
    day_id: int,
    *,
    times: DayForm | None = None,
    duty: DutyForm | None = None,
    swap: SwapForm | None = None,
    cancel: CancelForm | None = None,
) -> Page:
    found = get_series_of(desk.id, series_id)
    row = get_day(series_id, day_id)
    line: DayLine = day_lines(found, [row], at=clock.now())[0]
    others = _others(found, day_id) if row.member_id else []
    filled: Form | None = times or duty or swap or cancel
    page = render_desk(
        "communities/series_day.html", desk, series=found, words=unpack(found.words), line=line,
        times=times or DayForm(formdata=None, data=_words(found, row)),
        duty=duty or DutyForm(formdata=None), others=others,
        swap=swap or SwapForm(formdata=None, days=others),
        cancel=cancel or CancelForm(formdata=None), filled=filled,
    )  # fmt: skip
    return page, filled.status if filled is not None else 200


def _words(found: Series, row: SeriesDay) -> dict[str, Any]:
    words = words_on(found, row)
    starts, ends = words.starts_at, words.ends_at
    if row.wish is not None and row.wish.starts_at and row.wish.ends_at:
        starts, ends = row.wish.starts_at, row.wish.ends_at
    return {
        "starts": clock.local(starts).time() if starts else None,
        "ends": clock.local(ends).time() if ends else None,
        "headcount": row.wish.headcount if row.wish is not None else words.headcount,
    }


def _others(found: Series, day_id: int) -> list[tuple[int, str]]:
    """The other days ahead on which somebody else is on duty, as (id, words)."""
    rows = list_days(found.id)
    mine = next((row.member_id for row in rows if row.id == day_id), None)
    theirs = [row for row in rows if row.member_id and row.member_id != mine]
    lines = day_lines(found, theirs, at=clock.now())
    return [(line.id, f"{line.label} {line.name}") for line in lines if line.is_ahead]
