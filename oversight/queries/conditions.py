"""What belongs to each column: the one condition behind its number and behind its list."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from accounts.models import Area
from accounts.rules import AreaKind
from foundation import clock
from foundation.settings import setting
from oversight.rules.columns import COLUMN_DAYS, Column, late_until
from wishes.models import (
    Ask,
    AskEvent,
    Attendance,
    AttendanceEvent,
    Leg,
    Pause,
    Rating,
    Referral,
    Report,
    Resident,
    Visit,
    Wish,
)
from wishes.policies.verifying import CALL_BACK
from wishes.queries.overdue import STARTS
from wishes.rules.life import AskState, WishState
from wishes.rules.rating import Grade
from wishes.rules.referrals import LegState
from wishes.rules.rounds import Outcome

LEVELS = (AreaKind.CITY, AreaKind.STREET)


def latest_start(column: Column, at: datetime) -> datetime:
    """Before which moment (UTC) something began that is late for this column."""
    last = late_until(clock.local_day(at), setting(COLUMN_DAYS[column]))
    return clock.from_local(last + timedelta(days=1), time.min)


def month_begins(at: datetime) -> datetime:
    """The first moment of the local month."""
    return clock.from_local(clock.local_day(at).replace(day=1), time.min)


def ask_began() -> ColumnElement[datetime]:
    """When an unaccepted ask's clock began: its last submission."""
    query = select(func.max(AskEvent.at)).where(
        AskEvent.ask_id == Ask.id, AskEvent.what.in_(STARTS)
    )
    return query.correlate(Ask).scalar_subquery()


def reported_at() -> ColumnElement[datetime]:
    """When the latest report of a wish was handed in."""
    query = select(func.max(Report.at)).where(Report.wish_id == Wish.id)
    return query.correlate(Wish).scalar_subquery()


def opened_at() -> ColumnElement[datetime]:
    """When a wish was published, or offered again."""
    opened: ColumnElement[datetime] = func.coalesce(Wish.offered_again_at, Wish.published_at)
    return opened


def waits_for_acceptance(at: datetime) -> ColumnElement[bool]:
    """待受理: an ask handed in that nobody has taken up."""
    return and_(
        Ask.state == AskState.SUBMITTED,
        ask_began() < latest_start(Column.WAITING, at),
        ~exists().where(Pause.ask_id == Ask.id, Pause.resumed_at.is_(None)),
        ~exists().where(Referral.ask_id == Ask.id, Referral.closed_at.is_(None)),
    )


def waits_for_people(at: datetime) -> ColumnElement[bool]:
    """待认领: an open wish, not begun, that still has places."""
    return and_(
        Wish.state == WishState.OPEN,
        Wish.places_taken < Wish.headcount,
        opened_at() < latest_start(Column.UNCLAIMED, at),
        ~exists().where(Pause.wish_id == Wish.id, Pause.resumed_at.is_(None)),
    )


def waits_for_verification(at: datetime) -> ColumnElement[bool]:
    """待核实: a report without a decision."""
    return and_(
        Wish.state == WishState.REPORTED,
        reported_at() < latest_start(Column.UNVERIFIED, at),
    )


def is_unhappy() -> ColumnElement[bool]:
    """不满意: a bad rating that nobody has answered yet."""
    bad = exists().where(Rating.ask_id == Ask.id, Rating.grade == Grade.BAD)
    return and_(Ask.state == AskState.REOPENED, bad)


def doubts() -> tuple[ColumnElement[bool], ColumnElement[bool], ColumnElement[bool]]:
    """Why a wish's hours want a look: a check-out entered later, an overrun, changed afterwards."""
    report = aliased(Report)
    later = (
        select(AttendanceEvent.id)
        .join(Attendance, Attendance.id == AttendanceEvent.attendance_id)
        .where(
            Attendance.wish_id == Wish.id,
            AttendanceEvent.what != CALL_BACK,
            AttendanceEvent.at > reported_at(),
        )
        .correlate(Wish)
        .exists()
    )
    return (
        exists().where(Attendance.wish_id == Wish.id, Attendance.flagged.is_not(None)),
        exists().where(report.wish_id == Wish.id, func.coalesce(report.overrun_reason, "") != ""),
        later,
    )


def is_doubtful(at: datetime) -> ColumnElement[bool]:
    """时长异常: reported this month, or still unverified, with something to look at."""
    fresh = or_(Wish.state == WishState.REPORTED, reported_at() >= month_begins(at))
    return and_(Wish.state.in_([WishState.REPORTED, WishState.VERIFIED]), fresh, or_(*doubts()))


def is_unvisited(at: datetime) -> ColumnElement[bool]:
    """本月未走访: somebody to be visited whom nobody has met this month. Opens no card."""
    first = clock.local_day(at).replace(day=1)
    met = exists().where(
        Visit.resident_id == Resident.id, Visit.outcome == Outcome.MET, Visit.on_day >= first
    )
    return and_(Resident.erased_at.is_(None), Resident.visits_wanted > 0, ~met)


def waits_for_a_level() -> ColumnElement[bool]:
    """需街道协调: in the hands of a street or city that has not passed it on."""
    level = aliased(Area)
    held = exists().where(level.id == Leg.to_area_id, level.kind.in_(LEVELS))
    return and_(Leg.state.in_([LegState.SENT, LegState.ACCEPTED]), held)


def truth(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """A condition as 1 or 0, the same on both databases."""
    return case((condition, 1), else_=0)
