"""Steps that write attendance, shared by check-in and roll call; inside an errand only."""

from __future__ import annotations

from datetime import UTC, datetime

from foundation.db import db
from foundation.labels import when
from wishes.models import Attendance, AttendanceEvent, Place, Wish
from wishes.policies.attendance import ensure_may_run_the_day, ensure_not_self
from wishes.queries.attendance import find_attendance, lock_wish
from wishes.queries.places import list_places, set_state
from wishes.refusals.attendance import NobodyTicked, NotSeatedHere, WishClosedForAttendance
from wishes.rules.life import STATE_LABELS, WishMove, WishState, move
from wishes.rules.proof import Proof, arrival_window
from wishes.rules.roll_call import (
    BEFORE_SERVICE,
    NO_CHECK_OUT,
    TAKES_ATTENDANCE,
    Times,
    find_wrong,
    most_break,
    was_forgotten,
)
from wishes.services import placing
from wishes.services.no_shows import undo_no_show


def ensure_takes_attendance(wish: Wish) -> None:
    """Raises WishClosedForAttendance for a draft, or once it is verified or called off."""
    if wish.state not in TAKES_ATTENDANCE:
        raise WishClosedForAttendance(state=STATE_LABELS[WishState(wish.state)])


def planned(wish: Wish) -> tuple[datetime, datetime]:
    """Planned start and end, UTC; a published service has both."""
    assert wish.starts_at is not None  # noqa: S101 - ck_wish_complete promises it
    assert wish.ends_at is not None  # noqa: S101 - the same
    return wish.starts_at, wish.ends_at


def open_sheet(wish_id: int, *, actor_id: int, user_ids: set[int]) -> Wish:
    """The wish with its attendance locked, for somebody who may write on its sheet."""
    wish = lock_wish(wish_id)
    ensure_may_run_the_day(actor_id, wish)
    ensure_takes_attendance(wish)
    ensure_not_self(actor_id, user_ids)
    if not user_ids:
        raise NobodyTicked
    return wish


def seats_of(wish: Wish, user_ids: set[int]) -> list[Place]:
    """The places of these people. Raises NotSeatedHere when one has none any more."""
    places = [place for place in list_places(wish.id) if place.user_id in user_ids]
    if {place.user_id for place in places} != user_ids:
        raise NotSeatedHere
    return places


def ensure_possible(wish: Wish, name: str, times: Times, *, at: datetime) -> None:
    """Raises TimeInFuture, TimeBeforeOpening, ArrivedAfterEnd, LeftBeforeArrived, ArrivalMissing
    or BreaksTooLong, with the person's name."""
    starts_at, ends_at = planned(wish)
    refusal = find_wrong(times, starts_at=starts_at, ends_at=ends_at, at=at)
    if refusal is not None:
        opens, closes = arrival_window(starts_at, ends_at)
        raise refusal(name=name, opens=when(opens), closes=when(closes), most=most_break(times))


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
    if kept.absence is not None:
        undo_no_show(kept.wish, kept.user_id)
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


def enter_leaving(
    kept: Attendance,
    moment: datetime | None,
    *,
    ends_at: datetime,
    actor_id: int,
    at: datetime,
    why: str | None = None,
) -> None:
    """A departure entered by staff, or taken back; one that a phone holder forgot stays flagged."""
    if moment is None:
        before = _written(kept.left_at, kept.left_proof)
        kept.left_at = kept.left_proof = None
        note(kept, "leave", before, None, actor_id=actor_id, at=at, why=why)
        return
    if kept.left_at is None and was_forgotten(kept.arrived_proof, ends_at=ends_at, at=at):
        kept.flagged = NO_CHECK_OUT
    set_leaving(kept, moment, Proof.ROLL_CALL, actor_id=actor_id, at=at, why=why)
    db.session.flush()


def clear_times(kept: Attendance, *, actor_id: int, at: datetime, why: str | None) -> None:
    """Take a noted arrival (and with it the departure) back: the person was not there."""
    before = " / ".join(
        part
        for part in (
            _written(kept.arrived_at, kept.arrived_proof),
            _written(kept.left_at, kept.left_proof),
        )
        if part
    )
    kept.arrived_at = kept.arrived_proof = kept.left_at = kept.left_proof = None
    kept.break_minutes, kept.flagged = 0, None
    note(kept, "arrive", before, None, actor_id=actor_id, at=at, why=why)


def clear_absence(kept: Attendance, *, actor_id: int, at: datetime, why: str | None) -> None:
    """Take a noted absence back."""
    before, kept.absence = kept.absence, None
    note(kept, "absent", before, None, actor_id=actor_id, at=at, why=why)


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
    if moment is None:
        return None
    return f"{moment.astimezone(UTC).isoformat(timespec='seconds')} {proof}"
