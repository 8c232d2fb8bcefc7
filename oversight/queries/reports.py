"""Reads of monthly reports and templates."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.models import Area
from accounts.rules import AreaKind
from foundation.db import db
from oversight.models import MonthlyReport, ReportTemplate
from oversight.refusals.reports import ReportNotFound


def list_reports(area_id: int) -> list[MonthlyReport]:
    """Every report of an area, the latest month first."""
    query = select(MonthlyReport).where(MonthlyReport.area_id == area_id)
    return list(db.session.scalars(query.order_by(MonthlyReport.month.desc())))


def find_report(area_id: int, month: date) -> MonthlyReport | None:
    """The report of an area and month."""
    query = select(MonthlyReport).where(
        MonthlyReport.area_id == area_id, MonthlyReport.month == month
    )
    return db.session.scalars(query).one_or_none()


def get_report(report_id: int, *, area_id: int) -> MonthlyReport:
    """A report of this desk. Raises ReportNotFound."""
    query = select(MonthlyReport).where(
        MonthlyReport.id == report_id, MonthlyReport.area_id == area_id
    )
    found = db.session.scalars(query.options(joinedload(MonthlyReport.area))).one_or_none()
    if found is None:
        raise ReportNotFound
    return found


def list_unreported(month: date) -> list[int]:
    """Ids of the streets and cities without a report of this month."""
    made = select(MonthlyReport.area_id).where(MonthlyReport.month == month)
    query = select(Area.id).where(
        Area.kind.in_([AreaKind.STREET, AreaKind.CITY]), Area.id.not_in(made)
    )
    return list(db.session.scalars(query.order_by(Area.id)))


def find_template(area_id: int) -> ReportTemplate | None:
    """The area's own template."""
    query = select(ReportTemplate).where(ReportTemplate.area_id == area_id)
    return db.session.scalars(query.options(joinedload(ReportTemplate.uploaded_by))).one_or_none()
