"""Who keeps the list of participants: staff of the wish's own grid and community."""

from __future__ import annotations

from datetime import datetime

from foundation.db import db
from foundation.refusal import NotYours
from foundation.settings import setting
from wishes.models import Wish
from wishes.policies.residents import looks_after
from wishes.policies.verifying import works_on
from wishes.refusals import WishNotFound
from wishes.rules.guests import names_close


def may_keep_guests(user_id: int, wish: Wish) -> bool:
    """Whether the person may open the names; those above see counts only."""
    return looks_after(user_id, wish.grid_id or wish.community_id)


def get_guest_wish(wish_id: int, *, actor_id: int) -> Wish:
    """The wish whose list this person keeps. Raises WishNotFound for strangers, NotYours."""
    wish = db.session.get(Wish, wish_id)
    if wish is None:
        raise WishNotFound
    ensure_keeps_guests(actor_id, wish)
    return wish


def ensure_keeps_guests(user_id: int, wish: Wish) -> None:
    """Raises WishNotFound for strangers, NotYours for staff who may only count."""
    if not may_keep_guests(user_id, wish):
        raise NotYours if works_on(user_id, wish) else WishNotFound


def are_names_open(wish: Wish, *, at: datetime) -> bool:
    """Whether names are still shown: until some days after the end."""
    return wish.ends_at is None or at < names_close(wish.ends_at, setting("GUEST_DAYS"))
