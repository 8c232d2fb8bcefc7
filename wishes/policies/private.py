"""Who may see a door and a phone, and from when until when."""

from __future__ import annotations

from datetime import datetime

from accounts.queries.people import get_person
from foundation.labels import when
from foundation.refusal import Refusal
from wishes.models import Wish
from wishes.policies.verifying import works_on
from wishes.queries.places import find_place
from wishes.refusals import WishNotFound
from wishes.refusals.publishing import IdentityNotConfirmed, PrivateClosed, PrivateNotOpen
from wishes.rules.deadlines import private_closes, private_opens
from wishes.rules.life import LIVE, WishState

STAFF, CLAIMANT = "staff", "claimant"


def ensure_may_look(user_id: int, wish: Wish, *, at: datetime) -> str:
    """As what the person may look: 'staff' or 'claimant'.

    Staff until three days after closing; a claimant with a named place and a confirmed identity
    from 24 hours before the start until three days after the end. Raises WishNotFound for
    strangers, IdentityNotConfirmed, PrivateNotOpen, PrivateClosed.
    """
    if works_on(user_id, wish):
        if wish.closed_at is not None and at > private_closes(wish.closed_at):
            raise PrivateClosed
        return STAFF
    if find_place(wish.id, user_id) is None or wish.starts_at is None or wish.ends_at is None:
        raise WishNotFound
    if at > private_closes(wish.closed_at or wish.ends_at) or wish.state not in (
        *LIVE,
        WishState.VERIFIED,
    ):
        raise PrivateClosed
    if get_person(user_id).confirmed_at is None:
        raise IdentityNotConfirmed
    if at < private_opens(wish.starts_at):
        raise PrivateNotOpen(opens=when(private_opens(wish.starts_at)))
    return CLAIMANT


def may_look(user_id: int, wish: Wish, *, at: datetime) -> bool:
    """Whether a look would be granted now: asked by templates for the same button."""
    try:
        ensure_may_look(user_id, wish, at=at)
    except Refusal:
        return False
    return True
