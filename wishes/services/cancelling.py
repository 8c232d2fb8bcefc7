"""Cancelling: with a reason, and everybody who planned to come is told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes.models import Claim, Wish
from wishes.notices.publishing import tell_cancelled
from wishes.policies.wishes import ensure_may_write
from wishes.queries.changes import list_people
from wishes.queries.completion import lock_wish
from wishes.queries.places import get_claim_facts, lock_claims
from wishes.queries.waiting import list_turns
from wishes.refusals.asks import ReasonMissing
from wishes.rules.life import WishMove, WishState, move
from wishes.services.asking import say_wish_cancelled
from wishes.services.guest_seats import close_seats
from wishes.services.indexing import index_wish
from wishes.services.placing import end_claim, note_event
from wishes.services.waiting import end_line


@errand
def cancel_wish(wish_id: int, *, actor_id: int, why: str) -> int:
    """Cancel a wish; its claims, places and planned times end. Returns its id.

    Raises WishNotFound, WishCannotMove, ReasonMissing.
    """
    people, wish = call_off(wish_id, actor_id=actor_id, why=why)
    tell_cancelled(
        people, wish_id=wish.id, title=wish.title, starts_at=wish.starts_at, why=why.strip()[:300]
    )
    return wish.id


def call_off(wish_id: int, *, actor_id: int, why: str) -> tuple[list[int], Wish]:
    """Cancel inside the errand that is open. Returns who planned to come, still to be told.

    Raises what `cancel_wish` raises.
    """
    at = clock.now()
    lock_claims(wish_id)
    wish = lock_wish(wish_id)
    ensure_may_write(actor_id, wish)
    move(WishState(wish.state), WishMove.CANCEL)
    reason = why.strip()[:300]
    if not reason and wish.state != WishState.DRAFT:
        raise ReasonMissing
    return end_wish(wish, reason=reason, actor_id=actor_id, at=at), wish


def end_wish(wish: Wish, *, reason: str, actor_id: int | None, at: datetime) -> list[int]:
    """Cancel a wish with its claims, places, planned times and its line: a step.

    Claims and wish are locked by the errand; `reason` may be a message id. Returns who planned to
    come or waited, still to be told.
    """
    what = WishMove.CANCEL
    before, after = WishState(wish.state), move(WishState(wish.state), what)
    people = {*list_people(wish.id), *(turn.user_id for turn in list_turns(wish.id))}
    for claim in db.session.scalars(select(Claim).where(Claim.wish_id == wish.id, Claim.live)):
        end_claim(claim, why=reason[:200], at=at)
    if wish.in_line:
        end_line(get_claim_facts(wish.id), at=at, is_told=False)
    wish.state, wish.places_taken, wish.closed_at = after, 0, at
    note_event(wish.id, what, before, after, actor_id=actor_id, at=at, why=reason or None)
    index_wish(wish)
    close_seats(wish, why=reason or "—")
    say_wish_cancelled(wish.id, reason or "—", actor_id=actor_id, at=at)
    return sorted(people)
