"""Reads of the second look."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import Area
from foundation.db import db
from wishes.models import Wish, WishReview
from wishes.rules.life import WishState
from wishes.rules.reviewing import ReviewState


def find_waiting_review(wish_id: int) -> WishReview | None:
    """The second look that a draft waits for."""
    query = select(WishReview).where(
        WishReview.wish_id == wish_id, WishReview.state == ReviewState.WAITING
    )
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def find_last_review(wish_id: int) -> WishReview | None:
    """The latest second look, whatever came of it."""
    query = select(WishReview).where(WishReview.wish_id == wish_id)
    return db.session.scalars(query.order_by(WishReview.id.desc()).limit(1)).one_or_none()


def list_to_review(desk: Area, *, user_id: int, limit: int) -> list[WishReview]:
    """Drafts below a desk that wait for somebody else's look than their author's."""
    query = (
        select(WishReview)
        .join(Wish, Wish.id == WishReview.wish_id)
        .join(Area, Area.id == Wish.community_id)
        .where(
            WishReview.state == ReviewState.WAITING,
            Wish.state == WishState.DRAFT,
            Area.path.startswith(desk.path, autoescape=True),
            WishReview.asked_by_id != user_id,
            Wish.created_by_id != user_id,
        )
        .order_by(WishReview.asked_at, WishReview.id)
        .limit(limit)
    )
    return list(db.session.scalars(query))
