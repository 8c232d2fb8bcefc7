"""改时间地点: everybody's planned time moves with the wish, and everybody is told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from accounts.queries.people import list_coordinator_ids
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.labels import when
from foundation.violations import broke
from wishes.models import Claim, Place, Wish
from wishes.notices import changes as notices
from wishes.policies.wishes import ensure_may_write
from wishes.queries.changes import (
    Busy,
    has_attendance,
    list_busy,
    list_concerned,
    move_commitments,
)
from wishes.queries.completion import lock_wish
from wishes.queries.places import ClaimFacts, get_claim_facts, lock_claims
from wishes.queries.waiting import list_turns
from wishes.refusals.asks import ReasonMissing
from wishes.refusals.changes import AttendanceNoted, PlansMoved, SomeAreBusy
from wishes.refusals.publishing import NoLongerEditable, StaleForm
from wishes.rules.changes import Plan, ensure_plan
from wishes.rules.kinds import WishKind
from wishes.rules.life import CLAIMABLE, STATE_LABELS, WishState
from wishes.services.guest_seats import move_seats
from wishes.services.indexing import index_wish
from wishes.services.leaving import is_own, leave_place
from wishes.services.placing import note_event
from wishes.services.writing import words_of


@errand
def reschedule(
    wish_id: int,
    *,
    actor_id: int,
    version: int,
    plan: Plan,
    why: str,
    leaving: list[int] | None = None,
) -> int:
    """Move a published wish to another time or place. Returns its id.

    Who is elsewhere then loses the place, but only when named in `leaving` (user ids): without it
    SomeAreBusy says who. Raises WishNotFound, NotYours, NoLongerEditable, StaleForm,
    AttendanceNoted, ReasonMissing, PlansMoved and what `ensure_plan` raises.
    """
    at = clock.now()
    lock_claims(wish_id)
    wish = lock_wish(wish_id)
    ensure_may_write(actor_id, wish)
    _ensure_changeable(wish, version)
    ensure_plan(plan, words_of(wish), at=at)
    if not why.strip():
        raise ReasonMissing
    busy = list_busy(wish_id, plan.starts_at, plan.ends_at) if _has_calendar(wish) else []
    if not {each.user_id for each in busy} <= set(leaving or ()):
        raise SomeAreBusy(tuple(each.name for each in busy), tuple(each.user_id for each in busy))
    before = wish.starts_at or at
    reason = _told(wish, plan, before, why.strip())[:300]
    _write(wish, plan, at=at)
    note_event(wish_id, "reschedule", wish.state, wish.state, actor_id=actor_id, at=at, why=reason)
    facts = get_claim_facts(wish_id)
    for each in busy:
        _give_up(facts, each, before=before, why=reason, actor_id=actor_id, at=at)
    _move(wish_id, plan)
    waiting = [turn.user_id for turn in list_turns(wish_id)]
    stay = {*list_concerned(wish_id, without=[each.user_id for each in busy]), *waiting}
    notices.tell_rescheduled(
        facts, sorted(stay), before=before, place=plan.public_place, why=why.strip()[:200]
    )
    move_seats(wish, before=before, why=why.strip()[:200])
    return wish_id


def _told(wish: Wish, plan: Plan, before: datetime, why: str) -> str:
    """For the history: what it was and what it is, then why."""
    moved = f"{when(before)} → {when(plan.starts_at)}" if before != plan.starts_at else ""
    place = wish.public_place
    elsewhere = f"{place} → {plan.public_place}" if place != plan.public_place else ""
    return " · ".join(part for part in (moved, elsewhere, why) if part)


def _has_calendar(wish: Wish) -> bool:
    return wish.kind == WishKind.SERVICE


def _ensure_changeable(wish: Wish, version: int) -> None:
    if wish.state not in CLAIMABLE:
        raise NoLongerEditable(state=STATE_LABELS[WishState(wish.state)])
    if wish.version != version:
        raise StaleForm
    if has_attendance(wish.id):
        raise AttendanceNoted


def _write(wish: Wish, plan: Plan, *, at: datetime) -> None:
    wish.starts_at, wish.ends_at, wish.public_place = (
        plan.starts_at, plan.ends_at, plan.public_place,
    )  # fmt: skip
    wish.version += 1
    wish.rescheduled_at = at
    index_wish(wish)


def _give_up(
    wish: ClaimFacts, busy: Busy, *, before: datetime, why: str, actor_id: int, at: datetime
) -> None:
    claim = db.session.get_one(Claim, busy.claim_id, populate_existing=True)
    place = db.session.get_one(Place, busy.place_id)
    own = is_own(claim, busy.user_id)
    leave_place(wish, claim, place, actor_id=actor_id, why=why[:200], at=at)
    notices.tell_lost_place(wish, [busy.user_id], before=before)
    if own:
        return
    unit_id = claim.organisation_id
    others = list_coordinator_ids(unit_id) if unit_id else [claim.claimed_by_id]
    notices.tell_unit_lost_name(wish, others, name=busy.name)


def _move(wish_id: int, plan: Plan) -> None:
    try:
        move_commitments(wish_id, plan.starts_at, plan.ends_at)
    except IntegrityError as error:
        if broke(error, "ex_commitment_overlap"):
            raise PlansMoved from error
        raise
