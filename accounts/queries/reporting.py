"""Reads of 双报到; what is withdrawn, moved or without consent is never among them."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from accounts.models import Area, Organisation, PartyReport, RosterEntry, User
from accounts.refusals.reporting import ReportNotFound
from accounts.rules.reporting import LIVE, ReportState
from foundation.db import db


def _seen() -> ColumnElement[bool]:
    """A unit's report, or that of a member who still consents and still lives there."""
    return or_(
        PartyReport.user_id.is_(None),
        and_(User.is_party_member, User.home_area_id == PartyReport.community_id),
    )


def get_report(report_id: int) -> PartyReport:
    """A report by id. Raises ReportNotFound."""
    report = db.session.get(PartyReport, report_id, populate_existing=True)
    if report is None:
        raise ReportNotFound
    return report


def get_report_at(community_id: int, report_id: int) -> PartyReport:
    """A report that waits or stands at this community. Raises ReportNotFound."""
    query = (
        select(PartyReport)
        .outerjoin(User, User.id == PartyReport.user_id)
        .where(
            PartyReport.id == report_id,
            PartyReport.community_id == community_id,
            PartyReport.state.in_(LIVE | {ReportState.RETURNED}),
            _seen(),
        )
    )
    report = db.session.scalars(query).one_or_none()
    if report is None:
        raise ReportNotFound
    return report


def find_my_report(user_id: int) -> PartyReport | None:
    """The person's own last report unless it ended; a returned one still says why."""
    return _last(PartyReport.user_id == user_id)


def find_unit_report(organisation_id: int) -> PartyReport | None:
    """The unit's own last report unless it ended."""
    own = PartyReport.organisation_id == organisation_id, PartyReport.user_id.is_(None)
    return _last(*own)


def _last(*where: ColumnElement[bool]) -> PartyReport | None:
    query = select(PartyReport).where(*where).order_by(PartyReport.id.desc()).limit(1)
    report = db.session.scalars(query).one_or_none()
    return report if report is not None and report.state != ReportState.ENDED else None


def list_reports_at(community_id: int, state: ReportState) -> list[PartyReport]:
    """The reports of one state at a community: units first, then people, oldest first."""
    query = (
        select(PartyReport)
        .outerjoin(User, User.id == PartyReport.user_id)
        .where(PartyReport.community_id == community_id, PartyReport.state == state, _seen())
        .options(joinedload(PartyReport.user), joinedload(PartyReport.organisation))
        .order_by(PartyReport.user_id.is_not(None), PartyReport.made_at, PartyReport.id)
    )
    return list(db.session.scalars(query))


def count_reports_waiting(community_id: int) -> int:
    """How many reports wait for this community."""
    query = (
        select(func.count())
        .select_from(PartyReport)
        .outerjoin(User, User.id == PartyReport.user_id)
        .where(
            PartyReport.community_id == community_id,
            PartyReport.state == ReportState.SUBMITTED,
            _seen(),
        )
    )
    return db.session.execute(query).scalar_one()


class MemberLine(NamedTuple):
    """A colleague who let their unit see where they reported."""

    user_id: int
    name: str
    staff_number: str | None
    community_name: str
    state: ReportState


def list_members_of(organisation_id: int) -> list[MemberLine]:
    """Colleagues of a unit who reported at home and let the unit see it, by name."""
    query = (
        select(
            User.id, RosterEntry.name, RosterEntry.staff_number, Area.name,
            PartyReport.state,
        )
        .join(User, User.id == PartyReport.user_id)
        .join(RosterEntry, RosterEntry.user_id == User.id)
        .join(Area, Area.id == PartyReport.community_id)
        .where(
            PartyReport.organisation_id == organisation_id,
            PartyReport.state.in_(LIVE),
            User.is_party_member,
            RosterEntry.organisation_id == organisation_id,
            RosterEntry.removed_at.is_(None),
        )
        .order_by(RosterEntry.name, PartyReport.id)
    )  # fmt: skip
    return [
        MemberLine(row[0], row[1], row[2], row[3], ReportState(row[4]))
        for row in db.session.execute(query)
    ]


def list_own_units(user_id: int) -> list[Organisation]:
    """The open units whose roster has this person, by name."""
    query = (
        select(Organisation)
        .join(RosterEntry, RosterEntry.organisation_id == Organisation.id)
        .where(
            RosterEntry.user_id == user_id,
            RosterEntry.removed_at.is_(None),
            Organisation.closed_at.is_(None),
        )
    )
    return list(db.session.scalars(query.order_by(Organisation.name)))
