"""审核: a second person publishes a draft that was handed in, or returns it with a reason."""

from __future__ import annotations

from datetime import datetime

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes.models import Wish, WishReview
from wishes.notices.reviewing import tell_passed, tell_returned
from wishes.policies.reviewing import ensure_may_review
from wishes.policies.wishes import ensure_may_write
from wishes.queries.completion import lock_wish
from wishes.queries.reviewing import find_last_review
from wishes.refusals.caring import ReasonMissing, ReviewIsOver
from wishes.rules.reviewing import (
    REASON_LENGTH,
    REVIEW_LABELS,
    ReviewMove,
    ReviewState,
    move_review,
)
from wishes.services.caring import ensure_careful
from wishes.services.placing import note_event
from wishes.services.publishing import publish_draft


@errand
def pass_review(wish_id: int, *, actor_id: int) -> int:
    """Publish what a colleague handed in. Returns the wish.

    Raises WishNotFound, NotYours, OwnReview, ReviewIsOver, and what publishing raises: its time
    may have come while it waited.
    """
    at = clock.now()
    wish, review = _lock(wish_id, actor_id)
    _decide(review, ReviewMove.PUBLISH, actor_id=actor_id, at=at)
    ensure_careful(wish)
    publish_draft(wish, actor_id=actor_id, at=at, looked_at=True)
    tell_passed(wish, review)
    return wish.id


@errand
def return_draft(wish_id: int, *, actor_id: int, reason: str) -> int:
    """Give a draft back to who handed it in. Returns the wish.

    Raises WishNotFound, NotYours, OwnReview, ReviewIsOver, ReasonMissing.
    """
    at = clock.now()
    wish, review = _lock(wish_id, actor_id)
    why = reason.strip()[:REASON_LENGTH]
    if not why:
        raise ReasonMissing
    review.reason = why
    _decide(review, ReviewMove.RETURN, actor_id=actor_id, at=at)
    note_event(wish.id, "send_back", wish.state, wish.state, actor_id=actor_id, at=at, why=why)
    tell_returned(wish, review)
    return wish.id


def _lock(wish_id: int, actor_id: int) -> tuple[Wish, WishReview]:
    """The wish, locked, with its latest second look: two clicks see each other's decision."""
    wish = lock_wish(wish_id)
    ensure_may_write(actor_id, wish)
    review = find_last_review(wish_id)
    if review is None:
        raise ReviewIsOver(state=REVIEW_LABELS[ReviewState.WITHDRAWN])
    db.session.refresh(review)
    ensure_may_review(actor_id, wish, review)
    return wish, review


def _decide(review: WishReview, what: ReviewMove, *, actor_id: int, at: datetime) -> None:
    review.state = move_review(ReviewState(review.state), what)
    review.decided_by_id, review.decided_at = actor_id, at
    db.session.flush()
