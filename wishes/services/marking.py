"""Steps that write attendance, shared by check-in and roll call; inside an errand only."""

from __future__ import annotations

from datetime import datetime

from foundation.db import db
from wishes.models import Attendance, AttendanceEvent, Place, Wish
from wishes.queries.attendance import find_attendance
from wishes.queries.places import set_state
from wishes.refusals.attendance import WishClosedForAttendance
from wishes.rules.life import STATE_LABELS, WishMove, WishState, move
from wishes.rules.proof import Proof
from wishes.services import placing

BEFORE_SERVICE = frozenset({WishState.OPEN, WishState.FILLED})
TAKES_ATTENDANCE = BEFORE_SERVICE | {WishState.IN_SERVICE, WishState.REPORTED}


def ensure_takes_attendance(wish: Wish) -> None:
    """Raises WishClosedForAttendance for a draft, or once it is verified or called off."""
    if wish.state not in TAKES_ATTENDANCE:
        raise WishClosedForAttendance(state=STATE_LABELS[WishState(wish.state)])


def planned(wish: Wish) -> tuple[datetime, datetime]:
    """Planned start and end, UTC; a published service has both."""
    assert wish.starts_at is not None  # noqa: S101 - ck_wish_complete promises it
    assert wish.ends_at is not None  # noqa: S101
    return wish.starts_at, wish.ends_at


def attendance_of(wish: Wish, place: Place) -> Attendance:
    """The one row of a person on a wish, made when it is missing."""
    kept = find_attendance(wish.id, place.user_id)
    if kept is None:
        kept = Attendance(wish_id=wish.id, user_id=place.user_id, break_minutes=0)
        db.session.add(kept)
    kept.place_id = place.id
    kept.organisation_id = place.claim.organisation_id
    db.session.flush()
    return kept


def start_service(wish: Wish, *, actor_id: int, at: datetime) -> None:
    """The first arrival puts a wish into service."""
    before = WishState(wish.state)
    if before not in BEFORE_SERVICE:
        return
    after = move(before, WishMove.START)
    if set_state(wish.id, before=before, after=after):
        placing.note_event(wish.id, WishMove.START, before, after, actor_id=actor_id, at=at)


def set_arrival(
    kept: Attendance,
    moment: datetime,
    proof: Proof,
    *,
    actor_id: int,
    at: datetime,
    why: str | None = None,
) -> None:
    """Write when somebody came and how that is known; whoever came is not absent."""
    before = _written(kept.arrived_at, kept.arrived_proof) or kept.absence
    kept.arrived_at, kept.arrived_proof, kept.absence = moment, proof, None
    note(
        kept, "arrive", before, _written(moment, proof), proof=proof, actor_id=actor_id, at=at,
        why=why,
    )  # fmt: skip


def set_leaving(
    kept: Attendance,
    moment: datetime,
    proof: Proof,
    *,
    actor_id: int,
    at: datetime,
    why: str | None = None,
) -> None:
    """Write when somebody left and how that is known."""
    before = _written(kept.left_at, kept.left_proof)
    kept.left_at, kept.left_proof = moment, proof
    note(
        kept, "leave", before, _written(moment, proof), proof=proof, actor_id=actor_id, at=at,
        why=why,
    )  # fmt: skip


def note(
    kept: Attendance,
    what: str,
    before: str | None,
    after: str | None,
    *,
    actor_id: int,
    at: datetime,
    proof: Proof | None = None,
    why: str | None = None,
) -> None:
    """Write who noted or corrected what, with the value before."""
    db.session.add(
        AttendanceEvent(
            attendance_id=kept.id, at=at, actor_id=actor_id, what=what, proof=proof,
            before=before, after=after, why=why,
        )
    )  # fmt: skip


def _written(moment: datetime | None, proof: str | None) -> str | None:
    return f"{moment.isoformat(timespec='seconds')} {proof}" if moment else None
