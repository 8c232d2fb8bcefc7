"""Reads for the sheet of one wish: who has a place, what is noted, what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from accounts.models import Organisation, User
from foundation.db import db
from wishes.models import Attendance, AttendanceEvent, Claim, Place, ToolLine, ToolPledge, Wish
from wishes.rules.kinds import Provision
from wishes.rules.proof import Absence, Proof


class Seat(NamedTuple):
    """One named person on a wish and what is noted about them; times are UTC."""

    user_id: int
    name: str
    volunteer_number: str
    phone: str | None
    unit_name: str | None
    claim_id: int
    attendance_id: int | None
    arrived_at: datetime | None
    arrived_proof: Proof | None
    left_at: datetime | None
    left_proof: Proof | None
    break_minutes: int | None
    absence: Absence | None
    flagged: str | None
    resident_confirmed_at: datetime | None


def list_attendance(wish_id: int) -> list[Seat]:
    """Everybody with a named place on a wish, first named first, with what is noted so far."""
    came = Attendance.arrived_at.is_not(None)
    query = (
        select(
            User.id, User.name, User.volunteer_number, User.phone, Organisation.short_name,
            Place.claim_id, Attendance.id, Attendance.arrived_at, Attendance.arrived_proof,
            Attendance.left_at, Attendance.left_proof, Attendance.break_minutes,
            Attendance.absence, Attendance.flagged, Attendance.resident_confirmed_at,
        )
        .select_from(Place)
        .join(User, User.id == Place.user_id)
        .join(Claim, Claim.id == Place.claim_id)
        .outerjoin(Organisation, Organisation.id == Claim.organisation_id)
        .outerjoin(Attendance, _is_theirs())
        .where(
            Place.wish_id == wish_id,
            or_(Place.live, and_(came, Attendance.place_id == Place.id)),
        )
        .order_by(Place.id)
    )  # fmt: skip
    return [Seat._make(row) for row in db.session.execute(query)]


def _is_theirs() -> Any:
    return and_(Attendance.wish_id == Place.wish_id, Attendance.user_id == Place.user_id)


@dataclass(frozen=True)
class Summary:
    """How a wish's attendance stands."""

    headcount: int
    places: int
    named: int
    here: int
    gone: int
    absent: int

    @property
    def unnamed(self) -> int:
        """Places without a name."""
        return max(0, self.places - self.named)

    @property
    def open_checkouts(self) -> int:
        """Came and not yet gone."""
        return self.here - self.gone


def summarise(wish_ids: Iterable[int]) -> dict[int, Summary]:
    """The summaries of several wishes, in one statement."""
    query = (
        select(
            Wish.id, func.coalesce(Wish.headcount, 0), Wish.places_taken, func.count(Place.id),
            func.count(Attendance.arrived_at), func.count(Attendance.left_at),
            func.count(Attendance.absence),
        )
        .outerjoin(Place, and_(Place.wish_id == Wish.id, Place.live))
        .outerjoin(Attendance, _is_theirs())
        .where(Wish.id.in_(list(wish_ids)))
        .group_by(Wish.id, Wish.headcount, Wish.places_taken)
    )  # fmt: skip
    return {row[0]: Summary(*row[1:]) for row in db.session.execute(query)}


def attendance_summary(wish_id: int) -> Summary:
    """How one wish's attendance stands."""
    return summarise([wish_id])[wish_id]


class Unnamed(NamedTuple):
    """Places of a claim that nobody is named on."""

    claim_id: int
    organisation_id: int | None
    label: str  # the unit, or whoever claimed with friends
    places: int


def list_unnamed(wish_id: int) -> list[Unnamed]:
    """The claims of a wish that hold places without a name, oldest first."""
    named = (
        select(func.count(Place.id))
        .where(Place.claim_id == Claim.id, Place.live)
        .correlate(Claim)
        .scalar_subquery()
    )
    query = (
        select(
            Claim.id, Claim.organisation_id, func.coalesce(Organisation.short_name, User.name),
            (Claim.places - named).label("free"),
        )
        .join(User, User.id == Claim.claimed_by_id)
        .outerjoin(Organisation, Organisation.id == Claim.organisation_id)
        .where(Claim.wish_id == wish_id, Claim.live, Claim.places > named)
        .order_by(Claim.id)
    )  # fmt: skip
    return [Unnamed._make(row) for row in db.session.execute(query)]


class TrailLine(NamedTuple):
    """Who noted what about whom; `before` and `after` begin with an ISO time or are a word."""

    at: datetime
    actor_name: str
    name: str
    what: str
    before: str | None
    after: str | None
    why: str | None
    own: bool


def list_trail(wish_id: int) -> list[TrailLine]:
    """Everything noted about a wish's attendance, latest first."""
    actor = aliased(User)
    query = (
        select(
            AttendanceEvent.at, actor.name, User.name, AttendanceEvent.what,
            AttendanceEvent.before, AttendanceEvent.after, AttendanceEvent.why,
            (AttendanceEvent.actor_id == Attendance.user_id).label("own"),
        )
        .join(Attendance, Attendance.id == AttendanceEvent.attendance_id)
        .join(User, User.id == Attendance.user_id)
        .join(actor, actor.id == AttendanceEvent.actor_id)
        .where(Attendance.wish_id == wish_id)
        .order_by(AttendanceEvent.id.desc())
    )  # fmt: skip
    return [TrailLine._make(row) for row in db.session.execute(query)]


class ToolOut(NamedTuple):
    """A borrowed tool that has not come back."""

    pledge_id: int
    tool: str
    who: str


def list_tools_out(wish_id: int) -> list[ToolOut]:
    """Borrowed tools of a wish that have not come back, in the order of its tool lines."""
    query = (
        select(ToolPledge.id, ToolLine.name, func.coalesce(Organisation.short_name, User.name))
        .join(ToolLine, ToolPledge.tool_line_id == ToolLine.id)
        .join(Claim, Claim.id == ToolPledge.claim_id)
        .join(User, User.id == Claim.claimed_by_id)
        .outerjoin(Organisation, Organisation.id == Claim.organisation_id)
        .where(
            ToolLine.wish_id == wish_id,
            ToolLine.provision == Provision.BORROW,
            ToolPledge.live,
            ToolPledge.returned_at.is_(None),
        )
        .order_by(ToolLine.position, ToolPledge.id)
    )
    return [ToolOut._make(row) for row in db.session.execute(query)]
