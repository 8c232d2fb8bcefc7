"""Verification needs a second person who had no hand in the service."""

from __future__ import annotations

from sqlalchemy import or_, select

from accounts.policies import works_at
from accounts.rules import AREA_ROLES
from foundation.db import db
from wishes.models import Attendance, AttendanceEvent, Report, Wish
from wishes.refusals import CannotVerifyOwn, WishNotFound


def had_a_hand_in(user_id: int, wish_id: int) -> bool:
    """Whether the person attended, entered or corrected attendance, or reported the wish."""
    attended = select(Attendance.id).where(
        Attendance.wish_id == wish_id,
        or_(
            Attendance.user_id == user_id,
            Attendance.id.in_(
                select(AttendanceEvent.attendance_id).where(AttendanceEvent.actor_id == user_id)
            ),
        ),
    )
    reported = select(Report.id).where(Report.wish_id == wish_id, Report.reported_by_id == user_id)
    return any(db.session.execute(query.limit(1)).first() for query in (attended, reported))


def may_verify(user_id: int, wish: Wish) -> bool:
    """Whether the person may verify this wish: staff there or above, without a hand in it."""
    return works_at(user_id, wish.community_id, AREA_ROLES) and not had_a_hand_in(user_id, wish.id)


def ensure_may_verify(user_id: int, wish: Wish) -> None:
    """Raises WishNotFound for strangers, CannotVerifyOwn for whoever had a hand in it."""
    if not works_at(user_id, wish.community_id, AREA_ROLES):
        raise WishNotFound
    if had_a_hand_in(user_id, wish.id):
        raise CannotVerifyOwn
