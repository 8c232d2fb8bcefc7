"""All services of one day: how many places, who has come, what is left open."""

from __future__ import annotations

from datetime import date, time, timedelta

from flask import url_for
from flask_login import current_user

from accounts.models import Area
from accounts.policies import get_desk
from accounts.queries.areas import get_community_of
from accounts.rules import AREA_ROLES, AreaKind
from communities.views.blueprint import bp
from communities.views.desk_page import render_desk
from foundation import clock
from foundation.access import signed_in
from foundation.refusal import NotFound
from wishes.queries.day_sheet import summarise
from wishes.queries.days import list_open_checkouts, list_services_between


@bp.route("/desk/<int:area_id>/days/<day>")
@signed_in
def day(area_id: int, day: str) -> str:
    """The day's services, soonest first, each with its counts; yesterday and tomorrow beside."""
    area = get_desk(current_user.id, area_id, AREA_ROLES)
    on = _read_day(day)
    community = get_community_of(area)
    services = list_services_between(
        community.id,
        clock.from_local(on, time()),
        clock.from_local(on + timedelta(days=1), time()),
        grid_id=area.id if area.kind == AreaKind.GRID else None,
    )
    now = clock.now()
    return render_desk(
        "communities/day.html",
        area,
        on=on,
        is_today=on == clock.local_day(now),
        services=services,
        summaries=summarise(service.wish_id for service in services),
        open_checkouts=list_open_checkouts(community.id, at=now),
        before_url=_to(area, on - timedelta(days=1)),
        after_url=_to(area, on + timedelta(days=1)),
        desk_here=_to(area, clock.local_day(now)),
    )


def _read_day(text: str) -> date:
    try:
        on = date.fromisoformat(text)
    except ValueError:
        raise NotFound from None
    if not 2000 <= on.year <= 2200:
        raise NotFound
    return on


def _to(area: Area, on: date) -> str:
    return url_for("communities.day", area_id=area.id, day=on.isoformat())
