"""The least number of people: looked at once by the clock, and a worker's word when asked."""

from __future__ import annotations

from foundation import clock
from foundation.errands import errand
from foundation.refusal import N_
from wishes.notices.least import tell_thin
from wishes.notices.publishing import tell_cancelled
from wishes.policies.wishes import ensure_may_write
from wishes.queries.completion import lock_wish
from wishes.queries.least import find_terms, is_thin, list_to_judge, note_decision, note_outcome
from wishes.queries.places import lock_claims
from wishes.queries.waiting import count_held
from wishes.refusals.terms import NothingToDecide
from wishes.rules.terms import BelowLeast, Outcome, outcome_of
from wishes.services.cancelling import end_wish
from wishes.services.placing import note_event

TOO_FEW = N_("报名的人没有到最少人数")


@errand
def judge_least(wish_id: int) -> bool:
    """Look at a wish's least number when its hour has come. Returns whether this was the time.

    Too few: it goes ahead, is cancelled with notice, or waits for a worker, as the wish chose.
    """
    at = clock.now()
    lock_claims(wish_id)
    wish = lock_wish(wish_id)
    terms = find_terms(wish_id)
    if terms is None or terms.least is None or wish.starts_at is None:
        return False
    if wish_id not in list_to_judge(at):
        return False
    people = wish.places_taken - count_held(wish_id)
    outcome = outcome_of(people, terms.least, BelowLeast(terms.below))
    if not note_outcome(wish_id, outcome, starts_at=wish.starts_at):
        return False
    if outcome == Outcome.ENOUGH:
        return True
    note_event(wish.id, "below_least", wish.state, wish.state, actor_id=None, at=at)
    tell_thin(wish, outcome=outcome, people=people, least=terms.least)
    if outcome == Outcome.CANCEL:
        people_to_tell = end_wish(wish, reason=TOO_FEW, actor_id=None, at=at)
        tell_cancelled(
            people_to_tell, wish_id=wish.id, title=wish.title, starts_at=wish.starts_at,
            why=TOO_FEW,
        )  # fmt: skip
    return True


@errand
def go_ahead(wish_id: int, *, actor_id: int) -> int:
    """A worker decides that a wish with too few people takes place all the same.

    Returns its id. Raises WishNotFound, NotYours, NothingToDecide.
    """
    at = clock.now()
    wish = lock_wish(wish_id)
    ensure_may_write(actor_id, wish)
    if not is_thin(wish_id, at=at) or not note_decision(wish_id, actor_id=actor_id, at=at):
        raise NothingToDecide
    note_event(wish.id, "go_ahead", wish.state, wish.state, actor_id=actor_id, at=at)
    return wish.id
