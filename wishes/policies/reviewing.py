"""Where a second person looks before publishing, and who that may be."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import Area
from foundation.db import db
from wishes.models import Wish, WishReview
from wishes.policies.wishes import ensure_may_write, may_write
from wishes.refusals.caring import OwnReview


def asks_for_review(community_id: int) -> bool:
    """Whether the community, or an area above it, asks for a second look."""
    path = db.session.get_one(Area, community_id).path
    ids = [int(number) for number in path.split("/") if number]
    query = select(Area.id).where(Area.id.in_(ids), Area.second_look)
    return db.session.execute(query.limit(1)).first() is not None


def may_review(user_id: int, wish: Wish, review: WishReview) -> bool:
    """Another worker of the community, or of a level above: neither who wrote it nor handed in."""
    return may_write(user_id, wish) and user_id not in (wish.created_by_id, review.asked_by_id)


def ensure_may_review(user_id: int, wish: Wish, review: WishReview) -> None:
    """Raises WishNotFound and NotYours for strangers, OwnReview for the author."""
    ensure_may_write(user_id, wish)
    if not may_review(user_id, wish, review):
        raise OwnReview
