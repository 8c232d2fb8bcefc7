"""Check-in and check-out by the volunteer: the server's time, and what proves it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.labels import time_of_day
from wishes.models import ToolPledge, Wish
from wishes.queries.attendance import find_attendance, get_seat, list_borrowed, lock_wish
from wishes.refusals.attendance import (
    AlreadyHere,
    AlreadyLeft,
    NotHereYet,
    TooEarlyToArrive,
    TooLateToArrive,
    TooLateToLeave,
    ToolNotYours,
    WrongCode,
)
from wishes.rules.proof import SlipSide, arrival_window, leaving_closes
from wishes.services import marking
from wishes.services.proving import count_wrong_code, prove


def arrive(wish_id: int, *, actor_id: int, code: str | None = None) -> int:
    """Check in, now. Returns the attendance's id. A wrong code is counted, though refused.

    Open from an hour before the start until an hour after the end; no code is the person's own
    tap (at a home only, grade B, with a call-back). An open check-out elsewhere is no hindrance.
    Raises NotOnThisWish, WishClosedForAttendance, TooEarlyToArrive, TooLateToArrive,
    AlreadyHere and what `prove` raises.
    """
    try:
        return _arrive(wish_id, actor_id=actor_id, code=code)
    except WrongCode:
        count_wrong_code(wish_id, actor_id=actor_id)
        raise


def leave(
    wish_id: int, *, actor_id: int, code: str | None = None, returned: Iterable[int] = ()
) -> int:
    """Check out, now, and give borrowed tools back. Returns the attendance's id.

    Open until three hours after the end. Raises NotOnThisWish, WishClosedForAttendance,
    NotHereYet, AlreadyLeft, TooLateToLeave, ToolNotYours and what `prove` raises.
    """
    try:
        return _leave(wish_id, actor_id=actor_id, code=code, returned=list(returned))
    except WrongCode:
        count_wrong_code(wish_id, actor_id=actor_id)
        raise


@errand
def _arrive(wish_id: int, *, actor_id: int, code: str | None) -> int:
    at = clock.now()
    wish = lock_wish(wish_id)
    place = get_seat(wish.id, actor_id)
    marking.ensure_takes_attendance(wish)
    kept = find_attendance(wish.id, actor_id)
    if kept is not None and kept.arrived_at is not None:
        raise AlreadyHere(at=time_of_day(kept.arrived_at))
    _ensure_open(wish, at)
    proof = prove(wish, code, actor_id=actor_id, side=SlipSide.ARRIVE, at=at)
    kept = marking.attendance_of(wish, place)
    marking.set_arrival(kept, at, proof, actor_id=actor_id, at=at)
    marking.start_service(wish, actor_id=actor_id, at=at)
    return kept.id


def _ensure_open(wish: Wish, at: datetime) -> None:
    opens, closes = arrival_window(*marking.planned(wish))
    if at < opens:
        raise TooEarlyToArrive(opens=time_of_day(opens))
    if at > closes:
        raise TooLateToArrive


@errand
def _leave(wish_id: int, *, actor_id: int, code: str | None, returned: list[int]) -> int:
    at = clock.now()
    wish = lock_wish(wish_id)
    place = get_seat(wish.id, actor_id)
    marking.ensure_takes_attendance(wish)
    kept = find_attendance(wish.id, actor_id)
    if kept is None or kept.arrived_at is None:
        raise NotHereYet
    if kept.left_at is not None:
        raise AlreadyLeft(at=time_of_day(kept.left_at))
    if at > leaving_closes(marking.planned(wish)[1]):
        raise TooLateToLeave
    proof = prove(wish, code, actor_id=actor_id, side=SlipSide.LEAVE, at=at)
    marking.set_leaving(kept, at, proof, actor_id=actor_id, at=at)
    give_tools_back(place.claim_id, returned, at=at)
    return kept.id


def give_tools_back(claim_id: int, pledge_ids: Iterable[int], *, at: datetime) -> None:
    """Note borrowed tools as returned, inside the errand that is open. Raises ToolNotYours."""
    wanted = set(pledge_ids)
    if not wanted <= {pledge_id for pledge_id, _name in list_borrowed(claim_id)}:
        raise ToolNotYours
    db.session.execute(
        update(ToolPledge).where(ToolPledge.id.in_(sorted(wanted))).values(returned_at=at)
    )
