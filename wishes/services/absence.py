"""我来不了: after the deadline a place is given back through the community."""

from __future__ import annotations

from datetime import datetime

from accounts.queries.people import get_person, list_coordinator_ids, list_staff_ids
from accounts.rules import Role
from foundation import clock
from foundation.errands import errand
from foundation.labels import time_of_day
from wishes.models import Claim
from wishes.notices.attendance import tell_cannot_come
from wishes.queries.attendance import find_attendance, get_seat, lock_wish
from wishes.queries.places import ClaimFacts, get_claim_facts, lock_claim
from wishes.refusals.attendance import AlreadyHere, TooLateToCancel, WithdrawInstead
from wishes.rules.deadlines import may_withdraw
from wishes.services import marking, placing
from wishes.services.leaving import is_own, leave_place


@errand
def cannot_come(wish_id: int, *, actor_id: int, why: str | None = None) -> int:
    """Say that one will not come; the place is free for others. Returns the wish's id.

    One's own claim: after the withdrawal deadline, until the end. A place named by a unit or a
    friend: any time until the end; the name goes, the place stays with the claim. Raises
    NotOnThisWish, WithdrawInstead, TooLateToCancel, AlreadyHere, WishClosedForAttendance.
    """
    at = clock.now()
    claim = lock_claim(get_seat(wish_id, actor_id).claim_id)
    marking.ensure_takes_attendance(lock_wish(wish_id))
    place = get_seat(wish_id, actor_id)
    wish = get_claim_facts(wish_id)
    _ensure_in_time(wish, claim, actor_id, at=at)
    place.cannot_come_at = at
    leave_place(wish, claim, place, actor_id=actor_id, why=why, at=at)
    placing.note_event(
        wish.id, "cannot_come", wish.state, wish.state, actor_id=actor_id, at=at, why=why
    )
    concerned = list_concerned(wish, claim, actor_id)
    tell_cannot_come(wish, concerned, name=get_person(actor_id).name, why=why or "")
    return wish.id


def _ensure_in_time(wish: ClaimFacts, claim: Claim, actor_id: int, *, at: datetime) -> None:
    if is_own(claim, actor_id) and may_withdraw(
        at, starts_at=wish.starts_at, claimed_at=claim.claimed_at,
        rescheduled_at=wish.rescheduled_at,
    ):  # fmt: skip
        raise WithdrawInstead
    if at >= wish.ends_at:
        raise TooLateToCancel
    kept = find_attendance(wish.id, actor_id)
    if kept is not None and kept.arrived_at is not None:
        raise AlreadyHere(at=time_of_day(kept.arrived_at))


def list_concerned(wish: ClaimFacts, claim: Claim, actor_id: int) -> list[int]:
    """Whom an absence concerns: the workers, the unit's coordinators or the friend who claimed."""
    workers = list_staff_ids(wish.community_id, [Role.COMMUNITY_WORKER])
    if claim.organisation_id is not None:
        return workers + list_coordinator_ids(claim.organisation_id)
    return workers + [user_id for user_id in (claim.claimed_by_id,) if user_id != actor_id]
