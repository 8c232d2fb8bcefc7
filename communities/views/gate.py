"""The community's screen on the day: a code that changes every 15 seconds, and who has come."""

from __future__ import annotations

from typing import NamedTuple

from flask import make_response, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from communities.views.attendance import WISH, open_day
from communities.views.blueprint import bp
from foundation import clock
from foundation.access import signed_in
from foundation.labels import time_of_day
from foundation.links import draw_qr, whole_link
from wishes.policies.attendance import ensure_has_gate, ensure_shows_to_others
from wishes.queries.day_sheet import (
    Seat,
    Unnamed,
    attendance_summary,
    list_attendance,
    list_unnamed,
)
from wishes.rules.proof import rotating_code, seconds_left
from wishes.rules.roll_call import ABSENCE_LABELS


class Arrival(NamedTuple):
    """One line of the list beside the code: a number instead of a name, the screen is public."""

    name: str
    note: str
    state_label: str
    missing: bool


@bp.route(f"{WISH}/gate")
@signed_in
def gate(area_id: int, wish_id: int) -> Response:
    """The screen on the community's table."""
    return _show("communities/gate.html", area_id, wish_id)


@bp.route(f"{WISH}/gate/phone")
@signed_in
def gate_phone(area_id: int, wish_id: int) -> Response:
    """The same code on a grid worker's phone, at a resident's door."""
    return _show("communities/gate_phone.html", area_id, wish_id)


def _show(template: str, area_id: int, wish_id: int) -> Response:
    area, wish = open_day(area_id, wish_id)
    ensure_has_gate(wish)
    ensure_shows_to_others(current_user.id, wish)
    now = clock.now()
    code = rotating_code(wish.gate_secret, now)
    qr = draw_qr(whole_link(url_for("volunteers.scan", wish_id=wish.id, code=code)))
    page = render_template(
        template,
        area=area,
        wish=wish,
        code=code,
        qr=Markup('<div aria-hidden="true">{}</div>').format(qr),
        seconds=seconds_left(now),
        summary=attendance_summary(wish.id),
        arrivals=[_arrival(seat) for seat in list_attendance(wish.id)]
        + [_nameless(each) for each in list_unnamed(wish.id)],
    )
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _arrival(seat: Seat) -> Arrival:
    if seat.left_at:
        state = _("%(at)s 签退", at=time_of_day(seat.left_at))
    elif seat.arrived_at:
        state = _("%(at)s 签到", at=time_of_day(seat.arrived_at))
    else:
        state = _(ABSENCE_LABELS[seat.absence]) if seat.absence else _("未到")
    return Arrival(
        name=_("志愿者 %(tail)s", tail=seat.volunteer_number.split()[-1]),
        note=seat.unit_name or _("自己报名"),
        state_label=state,
        missing=seat.arrived_at is None,
    )


def _nameless(each: Unnamed) -> Arrival:
    if each.organisation_id is None:
        return Arrival(_("同来的 %(n)s 人", n=each.places), _("还没写名字"), "", missing=False)
    name = _("%(unit)s %(n)s 人", unit=each.label, n=each.places)
    return Arrival(name, _("还没写名字"), _("未到"), missing=True)
