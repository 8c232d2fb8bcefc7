"""A press, for both sides; the notices at its end, for everybody who works under the area."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.policies import works_at
from accounts.queries.areas import get_area
from accounts.refusals import AreaNotFound
from accounts.rules import Role
from foundation import labels
from foundation.access import signed_in
from foundation.forms import Form, saying
from wishes.forms.presses import AcknowledgeForm, EndForm
from wishes.models import Press
from wishes.policies.presses import (
    ensure_may_read_press,
    may_acknowledge,
    may_end,
    works_under,
)
from wishes.policies.referrals import stands_for
from wishes.queries.people import name_people
from wishes.queries.presses import get_press, kind_of, list_bulletins, receiver_of_press
from wishes.rules.lateness import KIND_OF_LATE_LABELS, Kind
from wishes.rules.pressing import PRESS_LABELS, PRESS_LIGHTS, PressState
from wishes.services.pressing import acknowledge, end_press
from wishes.views.blueprint import bp
from wishes.views.referral_words import press_line, press_title

Page = str | Response | tuple[str, int]


@bp.get("/presses/<int:press_id>")
@signed_in
def press_page(press_id: int) -> Page:
    """What is pressed, by whom, what is promised, how it ended."""
    return _page(press_id)


@bp.post("/presses/<int:press_id>/acknowledge")
@signed_in
def acknowledge_press(press_id: int) -> Page:
    """签收, with a plan and its day."""
    ensure_may_read_press(current_user.id, get_press(press_id))
    form = AcknowledgeForm()
    if form.validate_on_submit():
        with saying(form):
            acknowledge(
                press_id, actor_id=current_user.id, plan=form.words.data or "",
                until=form.until.data,
            )  # fmt: skip
            flash(_("签收了，请按写的日子办好。"), "success")
            return redirect(url_for("wishes.press_page", press_id=press_id))
    return _page(press_id, form)


@bp.post("/presses/<int:press_id>/end")
@signed_in
def end_press_page(press_id: int) -> Page:
    """通报."""
    ensure_may_read_press(current_user.id, get_press(press_id))
    form = EndForm()
    if form.validate_on_submit():
        with saying(form):
            end_press(press_id, actor_id=current_user.id, ending=form.words.data or "")
            flash(_("通报发出去了，辖区各社区都会看到。"), "success")
            return redirect(url_for("wishes.press_page", press_id=press_id))
    return _page(press_id, form)


@bp.get("/areas/<int:area_id>/bulletins")
@signed_in
def bulletins(area_id: int) -> str:
    """通报 of an area and those above it: what was pressed and how it ended."""
    area = get_area(area_id)
    if not works_under(current_user.id, area):
        raise AreaNotFound
    rows = [(press_line(each, public=True), each.ending) for each in list_bulletins(area)]
    return render_template("wishes/bulletins.html", area=area, rows=rows, back_url=_desk(area_id))


def _desk(area_id: int) -> str:
    if works_at(current_user.id, area_id, [Role.SUPERVISOR]):
        return url_for("oversight.presses", area_id=area_id)
    return url_for("volunteers.notices")


def _back(press: Press) -> str:
    """The list of the desk from which this person signs for it, or looks at it."""
    if not stands_for(current_user.id, receiver_of_press(press)):
        return _desk(press.by_area_id)
    if press.to_unit_id is not None:
        return url_for("partner_units.referrals", unit_id=press.to_unit_id)
    if works_at(current_user.id, press.to_area_id, [Role.SUPERVISOR]):
        return _desk(press.to_area_id or 0)
    return url_for("communities.referrals", area_id=press.to_area_id)


def _page(press_id: int, form: Form | None = None) -> Page:
    press = get_press(press_id)
    ensure_may_read_press(current_user.id, press)
    me, state = current_user.id, PressState(press.state)
    signs, ends = may_acknowledge(me, press), may_end(me, press)
    blank: Form = EndForm(formdata=None) if ends else AcknowledgeForm(formdata=None)
    page = render_template(
        "wishes/press.html",
        press=press,
        title=press_title(press, public=not _takes_part(press)),
        light_colour=PRESS_LIGHTS[state],
        state_word=_(PRESS_LABELS[state]),
        facts_pairs=_facts(press),
        form=form or blank,
        signs=signs,
        ends=ends,
        matter_url=_matter_url(press),
        back_url=_back(press),
    )
    return page, form.status if form else 200


def _takes_part(press: Press) -> bool:
    me = current_user.id
    return works_at(me, press.by_area_id) or stands_for(me, receiver_of_press(press))


def _facts(press: Press) -> list[tuple[str, str]]:
    names = name_people((press.pressed_by_id, press.acknowledged_by_id))
    told: list[tuple[str, Any]] = [
        (_("种类"), _(KIND_OF_LATE_LABELS[kind_of(press)])),
        (_("发起"), press.by_area.name),
        (_("承办"), receiver_of_press(press).name),
        (_("超期"), _("%(days)s 个工作日", days=press.days_late)),
        (_("签发"), _("%(name)s（%(post)s）", name=press.leader_name, post=press.leader_post)),
        (_("发出"), labels.when(press.pressed_at)),
        (_("限期"), labels.day(press.due_on)),
        (_("签收"), _signed(press, names.get(press.acknowledged_by_id))),
        (_("承诺"), labels.day(press.plan_until) if press.plan_until else None),
    ]
    return [(name, value) for name, value in told if value]


def _signed(press: Press, name: str | None) -> str | None:
    if press.acknowledged_at is None:
        return None
    return _("%(name)s · %(when)s", name=name or "", when=labels.when(press.acknowledged_at))


def _matter_url(press: Press) -> str | None:
    """The page of what is pressed, for those who may open it."""
    if not _takes_part(press):
        return None
    kind = kind_of(press)
    if kind is Kind.REFERRAL:
        return url_for("wishes.referral", referral_id=press.referral_id)
    area_id = press.to_area_id
    if kind is Kind.ASK:
        return url_for("communities.ask_desk", area_id=area_id, ask_id=press.ask_id)
    return url_for("communities.wish_desk", area_id=area_id, wish_id=press.wish_id)
