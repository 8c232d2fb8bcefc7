"""双报到 in the demo: members and units who reported, one that waits, one to confirm."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from accounts.models import User
from accounts.services.reporting import confirm_report, report_home, report_unit
from app.demo.neighbourhood import Community
from foundation.db import db

if TYPE_CHECKING:
    from app.demo.month import Month

BRANCHES = ("机关党支部", "第一党支部")
MEMBERS = 6  # of the first community; the last one still waits


def tell_reports(month: Month) -> None:
    """Put them on the timeline, soon after the town is founded."""
    month.timeline.add(month.days.at(-31, 10), partial(_units, month))
    month.timeline.add(month.days.at(-30, 10), partial(_members, month))


def _units(month: Month) -> None:
    home = month.town.communities[0]
    for unit, branch in zip(month.town.units, BRANCHES, strict=False):
        report_id = report_unit(
            unit.id, actor_id=unit.coordinator_id, community_id=home.id, branch=branch
        )
        confirm_report(report_id, actor_id=home.reporter())


def _members(month: Month) -> None:
    home = month.town.communities[0]
    made = [report_home(each, community_id=home.id, agrees=True) for each in _living_in(home)]
    for report_id in made[:-1]:
        confirm_report(report_id, actor_id=home.reporter())


def _living_in(home: Community) -> list[int]:
    query = select(User.id).where(User.home_area_id == home.id, User.is_party_member)
    return list(db.session.scalars(query.order_by(User.id).limit(MEMBERS)))
