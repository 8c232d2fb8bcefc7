"""月报: drafted once a month by the clock, worded and finished by the street; its template."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from accounts.policies import get_desk
from accounts.rules import Role
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.violations import broke
from oversight.models import MonthlyReport, ReportTemplate
from oversight.notices import tell_drafted
from oversight.queries.figures import count_report
from oversight.queries.reports import find_report, find_template, get_report, list_unreported
from oversight.refusals.reports import ReportFinished, ReportMonthNotOver
from oversight.rules.documents import render_document
from oversight.rules.fields import fields_of
from wishes.rules.spot_checks import month_before


@errand
def draft_report(area_id: int, *, actor_id: int, month: date) -> int:
    """The report of a month that is over; the one that is there already. Returns its id.

    Raises AreaNotFound, ReportMonthNotOver.
    """
    get_desk(actor_id, area_id, [Role.SUPERVISOR])
    at, first = clock.now(), month.replace(day=1)
    if first >= clock.local_day(at).replace(day=1):
        raise ReportMonthNotOver(month=f"{month:%Y-%m}")
    return _draft(area_id, first, at)


def run_reports(at: datetime | None = None) -> int:
    """On the 1st every street's and city's draft of the month before is made; how many."""
    month = month_before(clock.local_day(at or clock.now()))
    areas = list_unreported(month)
    db.session.rollback()
    return sum(_draft_by_clock(area_id, month) for area_id in areas)


@errand
def _draft_by_clock(area_id: int, month: date) -> int:
    if find_report(area_id, month) is not None:
        return 0
    report = db.session.get_one(MonthlyReport, _draft(area_id, month, clock.now()))
    tell_drafted(report)
    return 1


def _draft(area_id: int, month: date, at: datetime) -> int:
    """One a month: whoever comes second gets the first one's."""
    report = MonthlyReport(area_id=area_id, month=month, words="", made_at=at)
    try:
        with db.session.begin_nested():
            db.session.add(report)
    except IntegrityError as error:
        columns = ("monthly_report.area_id", "monthly_report.month")
        if not broke(error, "uq_monthly_report_area_id_month", *columns):
            raise
        found = find_report(area_id, month)
        if found is None:
            raise
        return found.id
    return report.id


@errand
def word_report(
    report_id: int, *, area_id: int, actor_id: int, words: str, finish: bool = False
) -> int:
    """Keep the street's own words; finishing keeps the numbers of this moment for good.

    Returns the report's id. Raises AreaNotFound, ReportNotFound, ReportFinished.
    """
    get_desk(actor_id, area_id, [Role.SUPERVISOR])
    report = get_report(report_id, area_id=area_id)
    values: dict[str, object] = {"words": words.strip()}
    if finish:
        figures = count_report(report.area, report.month).as_kept()
        values |= {"figures": figures, "finished_at": clock.now(), "finished_by_id": actor_id}
    done = db.session.execute(
        update(MonthlyReport)
        .where(MonthlyReport.id == report_id, MonthlyReport.finished_at.is_(None))
        .values(**values)
    )
    if not done.rowcount:  # type: ignore[attr-defined]  # CursorResult
        raise ReportFinished
    return report_id


def keep_template(area_id: int, *, actor_id: int, content: bytes, filename: str) -> None:
    """Take a street's own .docx after trying it on last month; the one before is replaced.

    The trial is done before the errand opens. Raises AreaNotFound, and a TemplateRefusal that
    names what is wrong.
    """
    area = get_desk(actor_id, area_id, [Role.SUPERVISOR])
    trial = count_report(area, month_before(clock.local_day(clock.now())))
    render_document(content, fields_of(trial, street=area.name, words=""), name=filename)
    _store_template(area_id, actor_id=actor_id, content=content, filename=filename)


@errand
def _store_template(area_id: int, *, actor_id: int, content: bytes, filename: str) -> None:
    get_desk(actor_id, area_id, [Role.SUPERVISOR])
    row = find_template(area_id)
    if row is None:
        row = ReportTemplate(area_id=area_id)
        db.session.add(row)
    row.filename, row.content = filename[-120:], content
    row.uploaded_at, row.uploaded_by_id = clock.now(), actor_id


@errand
def drop_template(area_id: int, *, actor_id: int) -> None:
    """Go back to the plain template. Raises AreaNotFound."""
    get_desk(actor_id, area_id, [Role.SUPERVISOR])
    row = find_template(area_id)
    if row is not None:
        db.session.delete(row)
