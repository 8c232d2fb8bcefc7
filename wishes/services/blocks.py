"""A unit's block of places: more, fewer, or none at all."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from accounts.models import User
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes import notices
from wishes.models import Claim, Place
from wishes.policies.claims import ensure_may_change_claim
from wishes.queries.places import ClaimFacts, get_claim_facts, lock_claim
from wishes.refusals import BadPlaces, TooFewPlacesLeft, WishHasStarted, WishIsFull
from wishes.refusals.blocks import BelowNamed, FewerMorePlaces, NoMorePlaces
from wishes.services import placing
from wishes.services.freeing import free_places


@errand
def change_number(claim_id: int, *, actor_id: int, places: int) -> int:
    """Make a claim larger or smaller, before the start. Returns the wish's id.

    More places are taken like any others; fewer are given back while nobody is named on them
    (at any time before the start: places without names are released anyway). Raises
    ClaimNotFound for somebody else's claim, BadPlaces, WishHasStarted, NoMorePlaces,
    FewerMorePlaces, BelowNamed, AlreadyReceived.
    """
    at = clock.now()
    claim = lock_claim(claim_id)
    ensure_may_change_claim(actor_id, claim)
    wish = get_claim_facts(claim.wish_id)
    if places < 1:
        raise BadPlaces
    if wish.starts_at <= at:
        raise WishHasStarted
    placing.ensure_not_received(claim.id)
    if places > claim.places:
        _take_more(wish, claim, places - claim.places, actor_id=actor_id, at=at)
    elif places < claim.places:
        _give_some_back(wish, claim, places, actor_id=actor_id, at=at)
    return wish.id


def _take_more(wish: ClaimFacts, claim: Claim, more: int, *, actor_id: int, at: datetime) -> None:
    try:
        taken = placing.take(wish, more, at=at)
    except (WishIsFull, TooFewPlacesLeft) as refusal:
        now = get_claim_facts(wish.id)
        left = now.headcount - now.places_taken
        if left <= 0:
            raise NoMorePlaces(places=claim.places) from refusal
        raise FewerMorePlaces(most=claim.places + left) from refusal
    _note(wish, claim, claim.places + more, actor_id=actor_id, at=at)
    if placing.fill_if_full(wish, taken, actor_id=actor_id, at=at):
        notices.tell_filled(wish)


def _give_some_back(
    wish: ClaimFacts, claim: Claim, places: int, *, actor_id: int, at: datetime
) -> None:
    named = list(
        db.session.scalars(
            select(User.name)
            .join(Place, Place.user_id == User.id)
            .where(Place.claim_id == claim.id, Place.live)
            .order_by(Place.id)
        )
    )
    if places < len(named):
        raise BelowNamed(count=len(named), names=tuple(named))
    back = claim.places - places
    _note(wish, claim, places, actor_id=actor_id, at=at)
    free_places(wish, back, actor_id=actor_id, at=at)
    notices.tell_withdrawn(wish, None)


def _note(wish: ClaimFacts, claim: Claim, places: int, *, actor_id: int, at: datetime) -> None:
    why = f"{claim.places} → {places}"
    claim.places = places
    placing.note_event(
        wish.id, "change_number", wish.state, wish.state, actor_id=actor_id, at=at, why=why
    )
