"""Reads for reporting and verifying one wish."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from accounts.models import Area, Organisation, User
from accounts.rules import AreaKind
from foundation.db import db
from wishes.models import (
    Attendance,
    AttendanceEvent,
    Photo,
    Place,
    Report,
    Verification,
    Wish,
)
from wishes.policies.photos import may_hand_in
from wishes.policies.verifying import CALL_BACK
from wishes.refusals import WishNotFound
from wishes.rules.kinds import PhotoPurpose
from wishes.rules.proof import Decision
from wishes.rules.weighing import Presence

EVIDENCE = (PhotoPurpose.BEFORE, PhotoPurpose.AFTER, PhotoPurpose.HANDED_IN, PhotoPurpose.RECEIPT)


def get_wish_under(area: Area, wish_id: int) -> Wish:
    """A wish that this desk works on: of the grid, the community, or below the street.

    Raises WishNotFound.
    """
    wish = db.session.get(Wish, wish_id)
    if wish is None:
        raise WishNotFound
    if area.kind == AreaKind.GRID:
        under = wish.grid_id == area.id
    else:
        under = wish.community.path.startswith(area.path)
    if not under:
        raise WishNotFound
    return wish


def get_own_wish(wish_id: int, user_id: int) -> Wish:
    """A wish on which the person has a place. Raises WishNotFound."""
    wish = db.session.get(Wish, wish_id)
    if wish is None or not may_hand_in(user_id, wish_id):
        raise WishNotFound
    return wish


def lock_wish(wish_id: int) -> Wish:
    """A wish as it stands now, locked until the errand ends. Raises WishNotFound."""
    query = select(Wish).where(Wish.id == wish_id).with_for_update(key_share=True)
    wish = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if wish is None:
        raise WishNotFound
    return wish


def list_presences(wish_id: int) -> list[Presence]:
    """Everybody with an attendance on a wish, first come first."""
    return list_presences_by_wish([wish_id])[wish_id]


def list_presences_by_wish(wish_ids: Iterable[int]) -> dict[int, list[Presence]]:
    """Everybody with an attendance on each of these wishes."""
    found: dict[int, list[Presence]] = {wish_id: [] for wish_id in wish_ids}
    query = (
        _presences()
        .join(Place, Place.id == Attendance.place_id)
        .where(Attendance.wish_id.in_(found), or_(_is_noted(), Place.live))
        .order_by(Attendance.arrived_at.is_(None), Attendance.arrived_at, Attendance.id)
    )
    for wish_id, *facts in db.session.execute(query):
        found[wish_id].append(Presence(*facts))
    return found


def _is_noted() -> ColumnElement[bool]:
    """Not a line that was cleared when the wish was offered again."""
    return or_(Attendance.arrived_at.is_not(None), Attendance.absence.is_not(None))


def _presences(*more: Any) -> Select[Any]:
    """Columns: what a caller wants besides, the wish's id, then those of a Presence."""
    return (
        select(
            *more, Attendance.wish_id, Attendance.id, Attendance.user_id, User.name,
            Attendance.organisation_id, Organisation.short_name,
            Attendance.arrived_at, Attendance.arrived_proof,
            Attendance.left_at, Attendance.left_proof, Attendance.break_minutes,
            Attendance.absence, Attendance.resident_confirmed_at, Wish.category,
            Wish.starts_at, Wish.ends_at,
        )
        .join(User, User.id == Attendance.user_id)
        .join(Wish, Wish.id == Attendance.wish_id)
        .outerjoin(Organisation, Organisation.id == Attendance.organisation_id)
    )  # fmt: skip


def list_verified_presences(
    user_ids: Iterable[int], *, since: datetime, until: datetime
) -> list[tuple[int, str, bool, Presence]]:
    """(wish id, title, overrun allowed, presence) of these people's verified services that touch
    the time from `since` until `until` (UTC)."""
    query = (
        _presences(Verification.overrun_allowed, Wish.title)
        .join(Verification, Verification.wish_id == Wish.id)
        .where(
            Attendance.user_id.in_(list(user_ids)),
            Attendance.arrived_at < until,
            Attendance.left_at > since,
            Verification.decision == Decision.ACCEPTED,
        )
    )
    rows = db.session.execute(query)
    return [(wish_id, title, allowed, Presence(*facts)) for allowed, title, wish_id, *facts in rows]


def count_changed_since_report(wish_ids: Iterable[int]) -> dict[int, int]:
    """How often attendance was noted or corrected after a wish's latest report, where it was."""
    latest = (
        select(Report.wish_id, func.max(Report.at).label("at"))
        .where(Report.wish_id.in_(list(wish_ids)))
        .group_by(Report.wish_id)
        .subquery()
    )
    query = (
        select(Attendance.wish_id, func.count(AttendanceEvent.id))
        .join(AttendanceEvent, AttendanceEvent.attendance_id == Attendance.id)
        .join(latest, latest.c.wish_id == Attendance.wish_id)
        .where(AttendanceEvent.at > latest.c.at, AttendanceEvent.what != CALL_BACK)
        .group_by(Attendance.wish_id)
    )
    return {row.wish_id: int(row[1]) for row in db.session.execute(query)}


def count_unresolved(wish_id: int) -> int:
    """Named places of which nobody has said yet whether the person came."""
    known = select(Attendance.user_id).where(
        Attendance.wish_id == wish_id,
        Attendance.arrived_at.is_not(None) | Attendance.absence.is_not(None),
    )
    query = select(func.count()).where(
        Place.wish_id == wish_id,
        Place.live,
        Place.cannot_come_at.is_(None),
        Place.user_id.not_in(known),
    )
    return db.session.execute(query).scalar_one()


def find_report(wish_id: int) -> Report | None:
    """The latest report of a wish."""
    query = select(Report).where(Report.wish_id == wish_id).order_by(Report.id.desc()).limit(1)
    return db.session.scalars(query).one_or_none()


def find_verification(wish_id: int) -> Verification | None:
    """The latest decision on a wish's reports."""
    query = select(Verification).where(Verification.wish_id == wish_id)
    return db.session.scalars(query.order_by(Verification.id.desc()).limit(1)).one_or_none()


def list_evidence_photos(wish_id: int) -> list[Photo]:
    """The pictures of what was done in this round, oldest first."""
    query = (
        select(Photo)
        .join(Wish, Wish.id == Photo.wish_id)
        .where(
            Photo.wish_id == wish_id,
            Photo.purpose.in_(EVIDENCE),
            or_(Wish.offered_again_at.is_(None), Photo.uploaded_at >= Wish.offered_again_at),
        )
    )
    return list(db.session.scalars(query.order_by(Photo.id)))


def list_attendance_trail(attendance_ids: list[int]) -> list[AttendanceEvent]:
    """Who noted or corrected what on these attendances, oldest first."""
    query = select(AttendanceEvent).where(AttendanceEvent.attendance_id.in_(attendance_ids))
    return list(db.session.scalars(query.order_by(AttendanceEvent.id)))
