"""The sheet line by line: paper typed in afterwards, forgotten check-outs, corrections."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from foundation import clock
from foundation.errands import errand
from wishes.models import Attendance, Place, Wish
from wishes.queries.attendance import find_attendance
from wishes.refusals.attendance import NothingToMark, SheetStale, WhyNeeded
from wishes.rules.proof import Proof
from wishes.rules.roll_call import SheetLine, Times
from wishes.services import marking


@errand
def enter_sheet(
    wish_id: int, *, actor_id: int, lines: Iterable[SheetLine], why: str | None = None
) -> list[int]:
    """Write typed times and breaks (UTC, minutes), grade B. Returns the ids that changed.

    Only what differs from what the page showed is written; a line that somebody else changed
    meanwhile is refused (SheetStale), as is a change of a noted time without a reason
    (WhyNeeded). Raises WishNotFound, WishClosedForAttendance, CannotMarkSelf, NobodyTicked,
    NotSeatedHere, NothingToMark and what `marking.ensure_possible` raises.
    """
    at = clock.now()
    changed = {line.user_id: line for line in lines if line.seen != line.typed}
    if not changed:
        raise NothingToMark
    wish = marking.open_sheet(wish_id, actor_id=actor_id, user_ids=set(changed))
    for place in marking.seats_of(wish, set(changed)):
        line = changed[place.user_id]
        _ensure_fits(wish, place, line, why, at=at)
        _write(wish, place, line.typed, actor_id=actor_id, at=at, why=why)
    if any(line.typed.arrived_at for line in changed.values()):
        marking.start_service(wish, actor_id=actor_id, at=at)
    return sorted(changed)


def _ensure_fits(
    wish: Wish, place: Place, line: SheetLine, why: str | None, *, at: datetime
) -> None:
    if _stands(find_attendance(wish.id, place.user_id)) != line.seen:
        raise SheetStale(name=place.user.name)
    marking.ensure_possible(wish, place.user.name, line.typed, at=at)
    pairs = (
        (line.seen.arrived_at, line.typed.arrived_at),
        (line.seen.left_at, line.typed.left_at),
        (line.seen.break_minutes, line.typed.break_minutes),
    )
    if not why and any(before and before != after for before, after in pairs):
        raise WhyNeeded


def _stands(kept: Attendance | None) -> Times:
    if kept is None:
        return Times()
    return Times(kept.arrived_at, kept.left_at, kept.break_minutes).to_the_minute()


def _write(
    wish: Wish, place: Place, typed: Times, *, actor_id: int, at: datetime, why: str | None
) -> None:
    kept = marking.attendance_of(wish, place)
    before = _stands(kept)
    if typed.arrived_at is None:
        marking.clear_times(kept, actor_id=actor_id, at=at, why=why)
        return
    if typed.arrived_at != before.arrived_at:
        marking.set_arrival(
            kept, typed.arrived_at, Proof.ROLL_CALL, actor_id=actor_id, at=at, why=why
        )
    if typed.left_at != before.left_at:
        ends_at = marking.planned(wish)[1]
        marking.enter_leaving(
            kept, typed.left_at, ends_at=ends_at, actor_id=actor_id, at=at, why=why
        )
    if typed.break_minutes != before.break_minutes:
        kept.break_minutes = typed.break_minutes
        marking.note(
            kept, "breaks", str(before.break_minutes), str(typed.break_minutes),
            actor_id=actor_id, at=at, why=why,
        )  # fmt: skip
