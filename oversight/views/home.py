"""The street's page: four lights for each community, and what only the street can verify."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from accounts.policies import get_desk
from accounts.queries.areas import list_communities
from accounts.rules import Role
from foundation import clock
from foundation.access import signed_in
from foundation.forms import row_id
from oversight.queries.columns import count_columns
from oversight.views.blueprint import bp
from oversight.views.number_table import line_of
from oversight.views.street_page import render_street
from wishes.queries.overdue import list_overdue
from wishes.queries.verification import list_for_street, list_lights, list_wishes_by_light
from wishes.rules.life import LIGHT_WORDS, Light

LIT = (Light.RED, Light.YELLOW, Light.BLUE, Light.GREEN)
PAGE = 50


@bp.get("/oversight/<int:area_id>")
@signed_in
def home(area_id: int) -> str:
    """A line for each community, and its lights; each number opens its list."""
    area, at = get_desk(current_user.id, area_id, [Role.SUPERVISOR]), clock.now()
    late = list_overdue(area, at=at)
    tallies, places = count_columns(area, late, at=at), list_communities(area)
    waiting = list_for_street(area, user_id=current_user.id)
    communities = list_lights(area)
    sums = {light: sum(each.counts.get(light, 0) for each in communities) for light in LIT}
    return render_street(
        "home.html", area, waiting=waiting, communities=communities, lit=LIT, sums=sums,
        all_late=late, foot=line_of(area, area, tallies, places, opens=False),
        lines=[line_of(area, place, tallies, places) for place in places],
    )  # fmt: skip


@bp.get("/oversight/<int:area_id>/verification")
@signed_in
def verification(area_id: int) -> str:
    """Reports that nobody at home can verify, or that waited three working days."""
    area = get_desk(current_user.id, area_id, [Role.SUPERVISOR])
    waiting = list_for_street(area, user_id=current_user.id)
    return render_street("verification.html", area, waiting=waiting)


@bp.get("/oversight/<int:area_id>/wishes")
@signed_in
def wishes(area_id: int) -> str:
    """The wishes behind a number: of one community, under one light."""
    area = get_desk(current_user.id, area_id, [Role.SUPERVISOR])
    below = request.args.get("community", type=row_id)
    chosen = get_desk(current_user.id, below, [Role.SUPERVISOR]) if below else area
    light = Light(request.args["light"]) if request.args.get("light") in LIT else None
    before = request.args.get("before", type=row_id)
    rows = list_wishes_by_light(chosen, light=light, before=before, limit=PAGE + 1)
    chips = [(_url(area_id, below, None), _("全部"), light is None)]
    chips += [(_url(area_id, below, each), _(LIGHT_WORDS[each]), light is each) for each in LIT]
    more = _url(area_id, below, light, before=rows[PAGE - 1].id) if len(rows) > PAGE else None
    return render_street(
        "wishes.html", area, chosen=chosen, wishes=rows[:PAGE], chips=chips, more=more
    )


def _url(area_id: int, below: int | None, light: Light | None, **more: Any) -> str:
    return url_for("oversight.wishes", area_id=area_id, community=below, light=light, **more)
