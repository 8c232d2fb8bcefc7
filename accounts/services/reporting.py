"""双报到: report, confirm or return, end."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import IntegrityError

from accounts.models import Area, PartyReport, User
from accounts.notices import tell_report_answered, tell_reported
from accounts.policies.desks import ensure_coordinates
from accounts.policies.reporting import ensure_may_answer
from accounts.queries.areas import get_area
from accounts.queries.people import get_unit
from accounts.queries.reporting import get_report, list_own_units
from accounts.refusals import AreaNotFound
from accounts.refusals.reporting import (
    AlreadyReported,
    BranchMissing,
    NotYourUnit,
    PartyConsentMissing,
    ReportAnswered,
    ReportNotFound,
    ReturnReasonMissing,
    UnitClosed,
)
from accounts.rules import AreaKind, ConsentKind, tidy
from accounts.rules.reporting import (
    BRANCH_LENGTH,
    LIVE,
    REASON_LENGTH,
    EndReason,
    ReportMove,
    ReportState,
    move,
)
from accounts.services.registering import note_consent
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.violations import broke


@errand
def report_home(
    user_id: int, *, community_id: int, agrees: bool, organisation_id: int | None = None
) -> int:
    """Report to the community where one lives; it becomes the home. Returns the report's id.

    The consent about party membership is given here if it was not before; the unit sees the
    report only when it is named. Raises PartyConsentMissing, AreaNotFound, NotYourUnit,
    AlreadyReported.
    """
    if not agrees:
        raise PartyConsentMissing
    community, at = _community(community_id), clock.now()
    person = db.session.scalars(
        select(User).where(User.id == user_id).with_for_update()
    ).one()  # one's withdrawal at the same moment waits
    own_units = {unit.id for unit in list_own_units(user_id)}
    if organisation_id is not None and organisation_id not in own_units:
        raise NotYourUnit
    report_id = _write(
        PartyReport(
            user_id=user_id, organisation_id=organisation_id, community_id=community.id,
            made_by_id=user_id, made_at=at,
        )
    )  # fmt: skip
    if not person.is_party_member:
        person.is_party_member = True
        note_consent(user_id, ConsentKind.PARTY_MEMBERSHIP, at=at)
    person.home_area_id = community.id
    tell_reported(community)
    return report_id


@errand
def report_unit(organisation_id: int, *, actor_id: int, community_id: int, branch: str) -> int:
    """The unit's party organisation reports to the community where the unit sits.

    Raises UnitNotFound, UnitClosed, BranchMissing, AreaNotFound, AlreadyReported.
    """
    ensure_coordinates(actor_id, organisation_id)
    if get_unit(organisation_id).closed_at is not None:
        raise UnitClosed
    named = tidy(branch)[:BRANCH_LENGTH]
    if not named:
        raise BranchMissing
    community = _community(community_id)
    report_id = _write(
        PartyReport(
            organisation_id=organisation_id, community_id=community.id, branch=named,
            made_by_id=actor_id, made_at=clock.now(),
        )
    )  # fmt: skip
    tell_reported(community)
    return report_id


@errand
def confirm_report(report_id: int, *, actor_id: int) -> int:
    """The community confirms. Raises ReportNotFound, NotOnYourself, ReportAnswered."""
    return _answer(report_id, ReportMove.CONFIRM, actor_id=actor_id, words="")


@errand
def return_report(report_id: int, *, actor_id: int, reason: str) -> int:
    """The community returns a report. Raises ReturnReasonMissing and what confirming raises."""
    words = tidy(reason)[:REASON_LENGTH]
    if not words:
        raise ReturnReasonMissing
    return _answer(report_id, ReportMove.RETURN, actor_id=actor_id, words=words)


@errand
def end_my_report(user_id: int) -> None:
    """Take one's own report back; community and unit see it no more. Raises ReportNotFound."""
    if not end_reports_of(user_id, why=EndReason.WITHDRAWN, at=clock.now()):
        raise ReportNotFound


@errand
def end_unit_report(organisation_id: int, *, actor_id: int) -> None:
    """Take the unit's report back. Raises UnitNotFound, ReportNotFound."""
    ensure_coordinates(actor_id, organisation_id)
    ours = (PartyReport.organisation_id == organisation_id, PartyReport.user_id.is_(None))
    if not _end(*ours, why=EndReason.WITHDRAWN, at=clock.now()):
        raise ReportNotFound


def end_reports_of(user_id: int, *, why: EndReason, at: datetime) -> int:
    """End a person's reports inside the errand that is open; returns how many."""
    return _end(PartyReport.user_id == user_id, why=why, at=at)


def _end(*where: ColumnElement[bool], why: EndReason, at: datetime) -> int:
    ended = (
        update(PartyReport)
        .where(*where, PartyReport.state.in_(LIVE))
        .values(state=ReportState.ENDED, ended_at=at, end_reason=why)
    )
    return int(db.session.execute(ended).rowcount)  # type: ignore[attr-defined]  # CursorResult


def _community(area_id: int) -> Area:
    area = get_area(area_id)
    if area.kind != AreaKind.COMMUNITY:
        raise AreaNotFound
    return area


def _write(report: PartyReport) -> int:
    try:
        with db.session.begin_nested():
            db.session.add(report)
    except IntegrityError as error:
        if broke(error, "uq_party_report_live_person", "party_report.user_id") or broke(
            error, "uq_party_report_live_unit", "party_report.organisation_id"
        ):
            raise AlreadyReported from error
        raise
    return report.id


def _answer(report_id: int, how: ReportMove, *, actor_id: int, words: str) -> int:
    report = get_report(report_id)
    ensure_may_answer(actor_id, report)
    after = move(ReportState(report.state), how)
    answered = (
        update(PartyReport)
        .where(PartyReport.id == report_id, PartyReport.state == report.state)
        .values(state=after, answer=words, answered_by_id=actor_id, answered_at=clock.now())
    )
    if db.session.execute(answered).rowcount != 1:  # type: ignore[attr-defined]  # CursorResult
        raise ReportAnswered
    tell_report_answered(report, reason=words)
    return report_id
