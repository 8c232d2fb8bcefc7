"""How many live claims of their own a person made lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from accounts.models import User
from foundation.db import db
from wishes.models import Claim, Wish
from wishes.rules.kinds import Category


def hold_person(user_id: int) -> None:
    """Let a person's claims that are counted follow one after the other."""
    query = select(User.id).where(User.id == user_id).with_for_update(key_share=True)
    db.session.execute(query)


def get_category(wish_id: int) -> Category:
    """The category of a wish."""
    return db.session.execute(select(Wish.category).where(Wish.id == wish_id)).scalar_one()


def count_claims(user_id: int, *, since: datetime, categories: Sequence[str]) -> int:
    """Live claims of one's own since then; no categories means all."""
    query = (
        select(func.count())
        .select_from(Claim)
        .join(Wish, Wish.id == Claim.wish_id)
        .where(
            Claim.claimed_by_id == user_id, Claim.organisation_id.is_(None), Claim.live,
            Claim.claimed_at >= since,
        )
    )  # fmt: skip
    if categories:
        query = query.where(Wish.category.in_(categories))
    return db.session.execute(query).scalar_one()
