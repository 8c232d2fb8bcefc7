"""抽查: the month's sample, each call, what is to be done; the rates for everybody."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.queries.areas import get_area, list_communities
from accounts.refusals import AreaNotFound
from accounts.rules import AreaKind
from foundation import clock, labels
from foundation.access import public, signed_in
from foundation.forms import Form, saying
from foundation.phones import show_phone
from oversight.forms.spot_checks import CallForm, MonthForm, SettleForm
from oversight.views.blueprint import bp
from oversight.views.street_page import my_area, render_street
from wishes.models import SpotCheckLine
from wishes.queries.completion import find_report, list_presences_by_wish
from wishes.queries.spot_checks import (
    get_check,
    get_line,
    list_checks,
    list_contradictions,
    list_lines,
    list_rates,
)
from wishes.rules.asking import PrivateWords
from wishes.rules.life import Light
from wishes.rules.spot_checks import CALL_LABELS, CallOutcome
from wishes.rules.weighing import minutes_of
from wishes.services.spot_checking import (
    draw_spot_check,
    look_for_call,
    may_check,
    record_call,
    settle_contradiction,
)
from wishes.views.check_words import month_name, rate_words

Page = str | Response | tuple[str, int]
LINE = "/oversight/<int:area_id>/checks/<int:check_id>/<int:line_id>"
LIGHTS = {
    None: Light.GREY,
    CallOutcome.REACHED: Light.GREEN,
    CallOutcome.NOT_REACHED: Light.YELLOW,
    CallOutcome.CONTRADICTS: Light.RED,
}


@bp.route("/oversight/<int:area_id>/checks", methods=["GET", "POST"])
@signed_in
def checks(area_id: int) -> Page:
    """Every draw, what is to be settled, and a draw of an earlier month."""
    area = my_area(area_id)
    form = MonthForm()
    form.offer(clock.local_day(clock.now()))
    if form.validate_on_submit():
        with saying(form):
            check_id = draw_spot_check(area_id, actor_id=current_user.id, month=form.month.data)
            flash(_("抽好了，请逐件回访。"), "success")
            return redirect(url_for("oversight.spot_check", area_id=area_id, check_id=check_id))
        area = my_area(area_id)
    rows = [
        (check, month_name(check.month), rate_words(rate)) for check, rate in list_checks(area.id)
    ]
    page = render_street(
        "checks.html", area, form=form, rows=rows, contradictions=list_contradictions(area.id)
    )
    return page, form.status


@bp.get("/oversight/<int:area_id>/checks/<int:check_id>")
@signed_in
def spot_check(area_id: int, check_id: int) -> str:
    """One draw: how it was drawn, and its lines."""
    area = my_area(area_id)
    check = get_check(check_id, area_id=area.id)
    lines = [(line, *_state(line)) for line in list_lines(check.id)]
    return render_street(
        "check.html", area, check=check, lines=lines, month=month_name(check.month)
    )


def _state(line: SpotCheckLine) -> tuple[Light, str]:
    if line.outcome is None:
        return Light.GREY, _("待回访")
    outcome = CallOutcome(line.outcome)
    if line.settled_at is not None:
        return Light.BLUE, _("不符，已处理")
    return LIGHTS[outcome], _(CALL_LABELS[outcome])


@bp.route(LINE, methods=["GET", "POST"])
@signed_in
def check_line(area_id: int, check_id: int, line_id: int) -> Page:
    """One drawn wish: what the record says, what the resident says."""
    my_area(area_id)
    get_check(check_id, area_id=area_id)
    form = CallForm()
    if form.validate_on_submit():
        with saying(form):
            record_call(
                line_id, area_id=area_id, actor_id=current_user.id,
                outcome=CallOutcome(form.outcome.data), words=form.words.data or "",
            )  # fmt: skip
            flash(_("回访记下来了。"), "success")
            return redirect(url_for("oversight.spot_check", area_id=area_id, check_id=check_id))
    return _line_page(area_id, line_id, call=form), form.status


@bp.post(f"{LINE}/phone")
@signed_in
def check_phone(area_id: int, check_id: int, line_id: int) -> Page:
    """The name and the phone, for the call; the look is written down."""
    my_area(area_id)
    get_check(check_id, area_id=area_id)
    told = None
    if Form().validate_on_submit():
        told = look_for_call(line_id, area_id=area_id, actor_id=current_user.id)
    return _line_page(area_id, line_id, told=told)


@bp.route(f"{LINE}/settle", methods=["GET", "POST"])
@signed_in
def settle_check(area_id: int, check_id: int, line_id: int) -> Page:
    """What the street found and did about a contradiction."""
    my_area(area_id)
    get_check(check_id, area_id=area_id)
    form = SettleForm()
    if form.validate_on_submit():
        with saying(form):
            settle_contradiction(
                line_id, area_id=area_id, actor_id=current_user.id, words=form.words.data or ""
            )
            flash(_("处理记下来了。"), "success")
            return redirect(url_for("oversight.checks", area_id=area_id))
    return _line_page(area_id, line_id, settle=form), form.status


def _line_page(
    area_id: int, line_id: int, *, call: CallForm | None = None,
    settle: SettleForm | None = None, told: PrivateWords | None = None,
) -> str:  # fmt: skip
    area, line = my_area(area_id), get_line(line_id, area_id=area_id)
    light, word = _state(line)
    return render_street(
        "check_line.html", area, line=line, wish=line.wish, light_of_line=light, said=word,
        facts=_facts(line), call=call or CallForm(formdata=None),
        settle=settle or SettleForm(formdata=None), told=told, is_told=told is not None,
        phone=show_phone(told.phone) if told and told.phone else None,
        may=may_check(current_user.id, line.wish_id), month=month_name(line.check.month),
    )  # fmt: skip


def _facts(line: SpotCheckLine) -> list[tuple[str, str]]:
    wish, report = line.wish, find_report(line.wish_id)
    presences = list_presences_by_wish([wish.id])[wish.id]
    came = sum(each.arrived_at is not None for each in presences)
    minutes = sum(minutes_of(each) for each in presences)
    served = _("%(n)s 人，共 %(hours)s", n=came, hours=labels.hours_words(minutes))
    facts = [
        (_("社区"), wish.community.name),
        (_("时间"), labels.when_span(wish.starts_at, wish.ends_at)),
        (_("地点"), wish.public_place),
        (_("到场和时长"), served if came else ""),
        (_("报告"), report.text if report else ""),
        (_("来源"), _("登记台账导入") if line.from_register else ""),
    ]
    return [(name, value) for name, value in facts if value]


@bp.get("/spot-checks/<int:area_id>")
@public
def public_checks(area_id: int) -> str:
    """What spot checks of a street's communities found, for everybody: numbers only."""
    area = get_area(area_id)
    if area.kind == AreaKind.GRID:
        raise AreaNotFound
    places = list_communities(area)
    rates = list_rates([place.id for place in places])
    rows = [
        (place.name, [(month_name(rate.month), rate_words(rate)) for rate in rates[place.id]])
        for place in places
        if place.id in rates
    ]
    return render_template("oversight/public_checks.html", area=area, rows=rows)
