"""双报到: party membership is seen by the home community's own workers and nobody above them."""

from __future__ import annotations

from accounts.models import Area, PartyReport
from accounts.policies.desks import coordinates, get_desk, works_at
from accounts.queries.areas import get_area
from accounts.refusals import AreaNotFound, NotOnYourself
from accounts.refusals.reporting import ReportNotFound
from accounts.rules import AreaKind, Role

OWN_WORKERS = frozenset({Role.COMMUNITY_WORKER})


def reads_reports_at(user_id: int, area_id: int) -> bool:
    """Whether the person reads this community's reports: not grid workers, not the street."""
    return works_at(user_id, area_id, OWN_WORKERS) and is_community(area_id)


def is_community(area_id: int) -> bool:
    """Whether the area is a community."""
    return get_area(area_id).kind == AreaKind.COMMUNITY


def get_report_desk(user_id: int, area_id: int) -> Area:
    """The community whose reports this person reads. Raises AreaNotFound (404)."""
    desk = get_desk(user_id, area_id, OWN_WORKERS)
    if desk.kind != AreaKind.COMMUNITY:
        raise AreaNotFound
    return desk


def ensure_may_answer(user_id: int, report: PartyReport) -> None:
    """Raises ReportNotFound (404), or NotOnYourself for one's own report."""
    if not reads_reports_at(user_id, report.community_id):
        raise ReportNotFound
    own = report.user_id == user_id
    of_own_unit = report.user_id is None and coordinates(user_id, report.organisation_id or 0)
    if own or of_own_unit:
        raise NotOnYourself
