"""Whose offer it is, who answers an invitation, who sent it."""

from __future__ import annotations

from accounts.policies import coordinates
from wishes.models import Dispatch, Offer
from wishes.policies.wishes import may_write
from wishes.refusals.dispatch import DispatchNotFound, OfferNotFound


def ensure_owns(user_id: int, offer: Offer) -> None:
    """A unit's coordinator, or the volunteer. Raises OfferNotFound (404) for anybody else."""
    owns = (
        coordinates(user_id, offer.organisation_id)
        if offer.organisation_id is not None
        else offer.user_id == user_id
    )
    if not owns:
        raise OfferNotFound


def ensure_answers(user_id: int, asked: Dispatch) -> None:
    """Who was asked: the unit's coordinator or the person. Raises DispatchNotFound."""
    theirs = (
        coordinates(user_id, asked.organisation_id)
        if asked.organisation_id is not None
        else asked.user_id == user_id
    )
    if not theirs:
        raise DispatchNotFound


def ensure_sent(user_id: int, asked: Dispatch) -> None:
    """Whose wish it is. Raises DispatchNotFound for staff of other places."""
    if not may_write(user_id, asked.wish):
        raise DispatchNotFound
