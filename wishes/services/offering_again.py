"""未兑现 → 待认领: a wish that was not done is offered once more, as if nobody had come."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes.models import Attendance, Claim, Slip, Wish
from wishes.notices.changes import tell_offered_again
from wishes.policies.wishes import ensure_may_write
from wishes.queries.changes import list_people
from wishes.queries.completion import lock_wish
from wishes.queries.places import get_claim_facts, lock_claims
from wishes.refusals.asks import ReasonMissing
from wishes.refusals.publishing import StaleForm
from wishes.rules.changes import Plan, ensure_possible
from wishes.rules.life import WishMove, WishState, move
from wishes.services import marking
from wishes.services.guest_seats import clear_seats
from wishes.services.indexing import index_wish
from wishes.services.placing import end_claim, note_event
from wishes.services.waiting import end_line
from wishes.services.writing import words_of

NEW_ROUND = "offered again"


@errand
def offer_again(wish_id: int, *, actor_id: int, version: int, plan: Plan, why: str) -> int:
    """Open an unfulfilled wish for claims with a new plan. Returns its id.

    The old round's claims end and its sheet is cleared; what stood there stays in the history of
    each attendance, its no-shows stay on record, its pictures prove nothing for the new round.
    Raises WishNotFound, NotYours, WishCannotMove, StaleForm, ReasonMissing and what
    `ensure_possible` raises.
    """
    at = clock.now()
    lock_claims(wish_id)
    wish = lock_wish(wish_id)
    ensure_may_write(actor_id, wish)
    before, after = WishState(wish.state), move(WishState(wish.state), WishMove.OFFER_AGAIN)
    if wish.version != version:
        raise StaleForm
    ensure_possible(plan, words_of(wish), at=at)
    reason = why.strip()[:300]
    if not reason:
        raise ReasonMissing
    people = list_people(wish_id)
    if wish.in_line:
        end_line(get_claim_facts(wish_id), at=at)
    clear_seats(wish_id, at=at)
    _end_round(wish_id, actor_id=actor_id, why=reason, at=at)
    _begin_round(wish, plan, after, at=at)
    note_event(wish_id, WishMove.OFFER_AGAIN, before, after, actor_id=actor_id, at=at, why=reason)
    index_wish(wish)
    tell_offered_again(get_claim_facts(wish_id), people)
    return wish_id


def _end_round(wish_id: int, *, actor_id: int, why: str, at: datetime) -> None:
    for claim in db.session.scalars(select(Claim).where(Claim.wish_id == wish_id, Claim.live)):
        end_claim(claim, why=why[:200], at=at)
    for kept in db.session.scalars(select(Attendance).where(Attendance.wish_id == wish_id)):
        if kept.arrived_at is not None:
            marking.clear_times(kept, actor_id=actor_id, at=at, why=NEW_ROUND)
        elif kept.absence is not None:
            marking.clear_absence(kept, actor_id=actor_id, at=at, why=NEW_ROUND)
        kept.resident_confirmed_at = None
    db.session.execute(update(Slip).where(Slip.wish_id == wish_id).values(live=False))


def _begin_round(wish: Wish, plan: Plan, after: WishState, *, at: datetime) -> None:
    wish.state, wish.places_taken, wish.closed_at = after, 0, None
    wish.starts_at, wish.ends_at = plan.starts_at, plan.ends_at
    wish.public_place = plan.public_place
    wish.offered_again_at, wish.rescheduled_at = at, None
    wish.version += 1
