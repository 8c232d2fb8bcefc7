"""Handing a draft in for a second look, and taking it back: steps of other errands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from foundation.db import db
from foundation.violations import broke
from wishes.models import Wish, WishReview
from wishes.notices.reviewing import tell_to_review
from wishes.policies.reviewing import asks_for_review
from wishes.queries.reviewing import find_waiting_review
from wishes.refusals.caring import PublishFirst, WaitsForReview
from wishes.rules.reviewing import ReviewMove, ReviewState, move_review
from wishes.services.placing import note_event


def hand_in(wish: Wish, *, actor_id: int, at: datetime) -> None:
    """Note that a complete draft waits for a second look. Raises WaitsForReview."""
    review = WishReview(
        wish_id=wish.id, asked_by_id=actor_id, asked_at=at, state=ReviewState.WAITING
    )
    db.session.add(review)
    try:
        db.session.flush()
    except IntegrityError as error:
        if broke(error, "uq_wish_review_waiting", "wish_review.wish_id"):
            raise WaitsForReview from error
        raise
    note_event(wish.id, "hand_in", wish.state, wish.state, actor_id=actor_id, at=at)
    tell_to_review(wish, review)


def take_back(wish_id: int, *, actor_id: int, at: datetime) -> None:
    """What is changed has not been looked at: a waiting second look ends without a word."""
    review = find_waiting_review(wish_id)
    if review is None:
        return
    review.state = move_review(ReviewState(review.state), ReviewMove.WITHDRAW)
    review.decided_by_id, review.decided_at = actor_id, at
    db.session.flush()


def ensure_needs_no_review(wish: Wish) -> None:
    """Raises PublishFirst for a draft of an area where a second person looks first."""
    if asks_for_review(wish.community_id):
        raise PublishFirst
