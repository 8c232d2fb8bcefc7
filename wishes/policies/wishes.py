"""Who writes, publishes and cancels a wish."""

from __future__ import annotations

from accounts.policies import works_at
from foundation.db import db
from foundation.refusal import NotYours
from wishes.models import Wish
from wishes.policies.verifying import works_on
from wishes.refusals import WishNotFound
from wishes.rules.kinds import WishKind
from wishes.rules.life import WishState


def may_write(user_id: int, wish: Wish) -> bool:
    """A worker of the wish's community, or of a level above; not a grid worker."""
    return works_at(user_id, wish.community_id)


def ensure_may_write(user_id: int, wish: Wish) -> None:
    """Raises WishNotFound for strangers, NotYours for staff who may only look."""
    if not may_write(user_id, wish):
        raise NotYours if works_on(user_id, wish) else WishNotFound


def get_chain_wish(wish_id: int, *, actor_id: int) -> Wish:
    """A published service whose chat group signs up by 接龙. Raises WishNotFound, NotYours."""
    wish = db.session.get(Wish, wish_id)
    if wish is None or wish.kind != WishKind.SERVICE or wish.state == WishState.DRAFT:
        raise WishNotFound
    ensure_may_write(actor_id, wish)
    return wish
