"""Who rates: the resident; who writes it down for them: staff there who did not serve."""

from __future__ import annotations

from sqlalchemy import select

from accounts.policies import is_staff_of
from foundation.db import db
from wishes.models import Ask, Attendance, Wish
from wishes.policies.asks import ensure_may_complete
from wishes.policies.verifying import ensure_works_on, had_a_hand_in
from wishes.refusals.rating import RateAtTheDesk


def may_rate_as_resident(user_id: int | None, community_id: int, wish_id: int | None) -> bool:
    """Whoever holds the code, but neither the community's staff nor who had a hand in it."""
    if user_id is None:
        return True
    if is_staff_of(user_id, community_id):
        return False
    return wish_id is None or not had_a_hand_in(user_id, wish_id)


def ensure_rates_as_resident(user_id: int | None, community_id: int, wish_id: int | None) -> None:
    """Raises RateAtTheDesk."""
    if not may_rate_as_resident(user_id, community_id, wish_id):
        raise RateAtTheDesk


def ensure_may_enter_rating(user_id: int, ask: Ask | None, wish: Wish | None) -> None:
    """Raises AskNotFound or WishNotFound for strangers, RateAtTheDesk for who served."""
    if ask is not None:
        ensure_may_complete(user_id, ask)
    elif wish is not None:
        ensure_works_on(user_id, wish)
    if wish is not None and _served(user_id, wish.id):
        raise RateAtTheDesk


def _served(user_id: int, wish_id: int) -> bool:
    query = select(Attendance.id).where(
        Attendance.wish_id == wish_id, Attendance.user_id == user_id
    )
    return db.session.execute(query).first() is not None
