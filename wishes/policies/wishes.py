"""Who writes, publishes and cancels a wish."""

from __future__ import annotations

from accounts.policies import works_at
from foundation.refusal import NotYours
from wishes.models import Wish
from wishes.policies.verifying import works_on
from wishes.refusals import WishNotFound


def may_write(user_id: int, wish: Wish) -> bool:
    """A worker of the wish's community, or of a level above; not a grid worker."""
    return works_at(user_id, wish.community_id)


def ensure_may_write(user_id: int, wish: Wish) -> None:
    """Raises WishNotFound for strangers, NotYours for staff who may only look."""
    if not may_write(user_id, wish):
        raise NotYours if works_on(user_id, wish) else WishNotFound
