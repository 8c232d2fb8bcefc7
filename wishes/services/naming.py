"""Naming: who of a unit (or which friends) sits on the places that were taken."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import func, select

from accounts.queries.people import get_person, list_colleague_ids
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes import notices
from wishes.models import Claim, Place
from wishes.policies.claims import ensure_may_change_claim
from wishes.queries.attendance import find_attendance
from wishes.queries.places import ClaimFacts, get_claim_facts, lock_claim
from wishes.refusals import (
    ClaimNotFound,
    NotAColleague,
    TooManyNames,
    WishHasStarted,
)
from wishes.refusals.attendance import HereAlready
from wishes.services import placing


def name_colleagues(
    wish: ClaimFacts,
    claim_id: int,
    user_ids: Iterable[int],
    *,
    organisation_id: int,
    actor_id: int,
    at: datetime,
) -> None:
    """Seat colleagues on a unit's claim, inside the errand that is open.

    Raises NotAColleague, TooManyNames, NameTwice, BusyThen.
    """
    wanted = list(dict.fromkeys(user_ids))
    if not wanted:
        return
    roster = list_colleague_ids(organisation_id)
    for user_id in wanted:
        if user_id not in roster:
            raise NotAColleague(name=get_person(user_id).name)
    _ensure_room(claim_id, len(wanted))
    for user_id in wanted:
        placing.seat(wish, claim_id, user_id, named_by_id=actor_id, at=at)
    notices.tell_named(wish, wanted)


def _ensure_room(claim_id: int, more: int) -> None:
    places = db.session.execute(select(Claim.places).where(Claim.id == claim_id)).scalar_one()
    named = db.session.execute(
        select(func.count()).select_from(Place).where(Place.claim_id == claim_id, Place.live)
    ).scalar_one()
    if named + more > places:
        raise TooManyNames(places=places)


@errand
def name_people(claim_id: int, *, actor_id: int, user_ids: Iterable[int]) -> int:
    """Name people on a claim's free places, before the start. Returns the wish's id.

    A unit names its colleagues, a person their friends. Raises ClaimNotFound, NotAColleague,
    TooManyNames, NameTwice, BusyThen, WishHasStarted.
    """
    at = clock.now()
    claim = lock_claim(claim_id)
    ensure_may_change_claim(actor_id, claim)
    wish = get_claim_facts(claim.wish_id)
    if wish.starts_at <= at:
        raise WishHasStarted
    if claim.organisation_id is not None:
        name_colleagues(
            wish, claim.id, user_ids,
            organisation_id=claim.organisation_id, actor_id=actor_id, at=at,
        )  # fmt: skip
        return wish.id
    friends = list(dict.fromkeys(user_ids))
    _ensure_room(claim.id, len(friends))
    for user_id in friends:
        placing.seat(wish, claim.id, user_id, named_by_id=actor_id, at=at)
    notices.tell_named(wish, friends)
    return wish.id


@errand
def unname(place_id: int, *, actor_id: int) -> int:
    """Take a name off a place; the place stays with the claim. Returns the wish's id.

    Raises ClaimNotFound, WishHasStarted, HereAlready.
    """
    at = clock.now()
    place = db.session.get(Place, place_id)
    if place is None or not place.live:
        raise ClaimNotFound
    claim = lock_claim(place.claim_id)
    ensure_may_change_claim(actor_id, claim)
    wish = get_claim_facts(claim.wish_id)
    if wish.starts_at <= at:
        raise WishHasStarted
    came = find_attendance(wish.id, place.user_id)
    if came is not None and came.arrived_at is not None:
        raise HereAlready(name=get_person(place.user_id).name)
    placing.unseat([place_id], at=at)
    notices.tell_unnamed(wish, [place.user_id])
    return wish.id
