"""The day sheet of one wish: who came, roll call, names on the spot, tools that come back."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from accounts.models import Area
from accounts.policies import get_desk
from accounts.rules import AREA_ROLES
from communities.forms.attendance import ReturnForm, RollCallForm, SpotForm, moment_on
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from communities.views.sheet_rows import make_row, make_trail
from foundation import clock
from foundation.access import signed_in
from foundation.forms import saying
from wishes.models import Wish
from wishes.policies.attendance import get_day_wish
from wishes.queries.belonging import ensure_pledge_on
from wishes.queries.day_sheet import (
    Summary,
    Unnamed,
    attendance_summary,
    list_attendance,
    list_tools_out,
    list_trail,
    list_unnamed,
)
from wishes.rules.roll_call import TAKES_ATTENDANCE, Mark
from wishes.services.on_the_spot import name_on_the_spot, take_tool_back
from wishes.services.roll_call import call_roll

WISH = "/desk/<int:area_id>/wishes/<int:wish_id>"


@bp.route(f"{WISH}/attendance", methods=["GET", "POST"])
@signed_in
def day_sheet(area_id: int, wish_id: int) -> Any:
    """Everybody with a place; ticks and one button note it for all of them."""
    area, wish = open_day(area_id, wish_id)
    form = RollCallForm()
    if form.validate_on_submit():
        with saying(form):
            _call(form, wish)
            return redirect(url_for("communities.day_sheet", area_id=area_id, wish_id=wish_id))
        area, wish = open_day(area_id, wish_id)
    return _show(area, wish, form, _spot_form(wish)), form.status


@bp.post(f"{WISH}/attendance/names")
@signed_in
def name_on_spot(area_id: int, wish_id: int) -> Any:
    """A colleague's name on the unit's free place, and here."""
    area, wish = open_day(area_id, wish_id)
    form = _spot_form(wish)
    if form.validate_on_submit():
        with saying(form):
            name_on_the_spot(form.claim.data, actor_id=current_user.id, number=form.number.data)
            flash(_("名字写上了，到达也记下了。"), "success")
            return redirect(url_for("communities.day_sheet", area_id=area_id, wish_id=wish_id))
        area, wish = open_day(area_id, wish_id)
    return _show(area, wish, RollCallForm(formdata=None), form), form.status


@bp.post(f"{WISH}/attendance/tools/<int:pledge_id>")
@signed_in
def tool_back(area_id: int, wish_id: int, pledge_id: int) -> Response:
    """A borrowed tool is back."""
    open_day(area_id, wish_id)
    ensure_pledge_on(wish_id, pledge_id)
    form = ReturnForm()
    with saying(form):
        take_tool_back(pledge_id, actor_id=current_user.id)
        flash(_("工具已收回。"), "success")
    for sentence in form.refusals:
        flash(sentence, "error")
    return redirect(url_for("communities.day_sheet", area_id=area_id, wish_id=wish_id))


def open_day(area_id: int, wish_id: int) -> tuple[Area, Wish]:
    """The desk and the service, for whoever runs its day. Raises AreaNotFound, WishNotFound."""
    area = get_desk(current_user.id, area_id, AREA_ROLES)
    return area, get_day_wish(current_user.id, area, wish_id)


def _call(form: RollCallForm, wish: Wish) -> None:
    wanted = form.people.data or []
    typed = form.at.data
    moment = moment_on(wish, typed) if typed else None
    mark = Mark(form.mark.data)
    done = call_roll(
        wish.id,
        actor_id=current_user.id,
        mark=mark,
        user_ids=wanted,
        moment=moment,
        why=form.why.data or None,
    )
    flash(_("记了 %(n)s 人。", n=len(done)), "success")
    if len(done) < len(set(wanted)):
        left = len(set(wanted)) - len(done)
        flash(_("有 %(n)s 人早已记过，或者不适合这一步，没有动。", n=left), "info")


def _spot_form(wish: Wish) -> SpotForm:
    form = SpotForm()
    form.claim.choices = [
        (each.claim_id, _("%(unit)s（空 %(n)s 个）", unit=each.label, n=each.places))
        for each in _units(wish)
    ]
    return form


def _units(wish: Wish) -> list[Unnamed]:
    return [each for each in list_unnamed(wish.id) if each.organisation_id is not None]


def _show(area: Area, wish: Wish, form: RollCallForm, spot: SpotForm) -> str:
    now = clock.now()
    return render_desk(
        "communities/day_sheet.html",
        area,
        wish=wish,
        form=form,
        spot=spot,
        rows=[make_row(seat, wish, at=now) for seat in list_attendance(wish.id)],
        summary=attendance_summary(wish.id),
        unnamed=list_unnamed(wish.id),
        tools=list_tools_out(wish.id),
        trail=[make_trail(line) for line in list_trail(wish.id)],
        may_mark=wish.state in TAKES_ATTENDANCE,
        has_begun=wish.starts_at is not None and wish.starts_at <= now,
    )


@bp.app_template_global()
def attendance_of(wish: Wish) -> Summary:
    """How a wish's attendance stands, for the desk page of the wish."""
    return attendance_summary(wish.id)
