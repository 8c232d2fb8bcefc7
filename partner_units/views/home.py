"""The unit's desk: what is next, how colleagues join, what has been done."""

from __future__ import annotations

from typing import Any

from flask import url_for
from flask_login import current_user

from accounts.queries.people import list_units_of
from accounts.queries.rosters import count_roster
from accounts.rules import Role
from foundation import clock
from foundation.access import signed_in
from foundation.links import draw_qr, whole_link
from partner_units.policies import get_unit_desk
from partner_units.queries.claims import list_unit_claims
from partner_units.queries.near import list_near_unit
from partner_units.queries.record import Choice, load_record
from partner_units.rules.periods import Period, days_of
from partner_units.views.blueprint import bp
from partner_units.views.navigation import desk_page
from partner_units.views.sums import sum_boxes
from wishes.queries.waiting import list_my_turns
from wishes.services.releasing import release_before


@bp.get("/unit/<int:unit_id>")
@signed_in
def home(unit_id: int) -> Any:
    """Places that want names first, then what is coming, then what could be taken."""
    unit = get_unit_desk(current_user.id, unit_id)
    now = clock.now()
    claims = list_unit_claims(unit_id)
    year = Choice(days=days_of(Period.THIS_YEAR, clock.local_day(now)))
    units = list_units_of(current_user.id, Role.COORDINATOR)
    link = whole_link(url_for("partner_units.join", code=unit.join_code))
    return desk_page(
        "home.html", unit,
        unnamed=[each for each in claims if each.unnamed and each.starts_at > now],
        coming=[each for each in claims if not (each.unnamed and each.starts_at > now)],
        turns=list_my_turns(organisation_id=unit_id),
        near=list_near_unit(unit, at=now),
        now=now,
        before=release_before(),
        boxes=sum_boxes(load_record(unit_id, year, at=now).sums),
        joined=count_roster(unit_id),
        others=[each for each in units if each.id != unit_id],
        join_link=link,
        join_qr=draw_qr(link),
    )  # fmt: skip
