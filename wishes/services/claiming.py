"""Claiming: a person or a unit takes places, pledges tools, gives places back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from accounts.policies import ensure_coordinates
from accounts.queries.people import ensure_person, list_coordinator_ids
from foundation import clock
from foundation.errands import errand
from wishes import notices
from wishes.notices.units import tell_unit_claimed
from wishes.policies.opening import ensure_open_to
from wishes.queries.attendance import find_who_came, lock_wish
from wishes.queries.places import ClaimFacts, get_claim_facts, lock_claim
from wishes.refusals import (
    BadPlaces,
    ClaimNotFound,
    TooLateToWithdraw,
)
from wishes.refusals.attendance import HereAlready
from wishes.rules.deadlines import may_withdraw
from wishes.rules.kinds import WishKind
from wishes.rules.proof import arrival_window
from wishes.services import placing
from wishes.services.freeing import free_places
from wishes.services.naming import name_colleagues
from wishes.services.no_shows import ensure_may_go_on
from wishes.services.quota import ensure_quota
from wishes.services.waiting import leave_by_claiming


@errand
def claim_wish(wish_id: int, *, actor_id: int, places: int = 1, tools: Iterable[int] = ()) -> int:
    """Take places on a wish for oneself (and friends named later). Returns the claim's id.

    The first place is the actor's own. Raises WishIsFull, TooFewPlacesLeft, WishHasStarted,
    WishNotClaimable, AlreadyClaimed, NameTwice, BusyThen, ToolNotOnWish, OpensLater,
    QuotaReached, PlaceIsHeld.
    """
    at = clock.now()
    ensure_person(actor_id)
    ensure_may_go_on(actor_id, at=at)
    wish = get_claim_facts(wish_id)
    claim_id = add_claim(wish, actor_id=actor_id, organisation_id=None, places=places, at=at)
    if wish.kind == WishKind.SERVICE:
        placing.seat(wish, claim_id, actor_id, named_by_id=actor_id, at=at)
    placing.pledge(wish.id, claim_id, tools)
    notices.tell_claimed(wish, [actor_id])
    return claim_id


@errand
def claim_for_unit(
    wish_id: int,
    *,
    actor_id: int,
    organisation_id: int,
    places: int,
    named: Iterable[int] = (),
    tools: Iterable[int] = (),
) -> int:
    """Take a block of places for a unit; names may follow. Returns the claim's id.

    Raises what `claim_wish` raises, UnitAlreadyClaimed, UnitNotFound for a stranger.
    """
    at = clock.now()
    ensure_coordinates(actor_id, organisation_id)
    wish = get_claim_facts(wish_id)
    claim_id = add_claim(
        wish, actor_id=actor_id, organisation_id=organisation_id, places=places, at=at
    )
    placing.pledge(wish.id, claim_id, tools)
    tell_unit_claimed(
        wish, list_coordinator_ids(organisation_id),
        organisation_id=organisation_id, claim_id=claim_id, places=places,
    )  # fmt: skip
    name_colleagues(
        wish, claim_id, named, organisation_id=organisation_id, actor_id=actor_id, at=at
    )
    return claim_id


def add_claim(
    wish: ClaimFacts, *, actor_id: int, organisation_id: int | None, places: int, at: datetime
) -> int:
    """Claim places of an open wish inside the errand that is open; the last one fills it.

    Raises what `claim_wish` raises, UnitAlreadyClaimed.
    """
    if places < 1:
        raise BadPlaces
    if organisation_id is None:
        ensure_quota(wish.id, actor_id=actor_id, at=at)
    if wish.first_until is not None:
        ensure_open_to(wish, actor_id=actor_id, organisation_id=organisation_id, at=at)
    if wish.in_line:
        leave_by_claiming(wish, actor_id=actor_id, organisation_id=organisation_id, at=at)
    claim_id = placing.write_claim(
        wish.id, claimed_by_id=actor_id, organisation_id=organisation_id, places=places, at=at
    )
    taken = placing.take(wish, places, at=at)
    placing.note_event(wish.id, "claim", wish.state, wish.state, actor_id=actor_id, at=at)
    if placing.fill_if_full(wish, taken, actor_id=actor_id, at=at):
        notices.tell_filled(wish)
    return claim_id


@errand
def withdraw(claim_id: int, *, actor_id: int, why: str | None = None) -> int:
    """Give a claim's places back, until the deadline (18:00 of the day before), after a change
    of time until the start. Returns the wish.

    Raises ClaimNotFound for somebody else's claim, TooLateToWithdraw, HereAlready.
    """
    at = clock.now()
    claim = lock_claim(claim_id)
    if claim.organisation_id is not None:
        ensure_coordinates(actor_id, claim.organisation_id)
    elif claim.claimed_by_id != actor_id:
        raise ClaimNotFound
    wish = get_claim_facts(claim.wish_id)
    if not may_withdraw(
        at, starts_at=wish.starts_at, claimed_at=claim.claimed_at,
        rescheduled_at=wish.rescheduled_at,
    ):  # fmt: skip
        raise TooLateToWithdraw
    placing.ensure_not_received(claim.id)
    _ensure_nobody_came(wish, claim.id, at=at)
    placing.end_claim(claim, why=why, at=at)
    free_places(wish, claim.places, actor_id=actor_id, at=at)
    placing.note_event(
        wish.id, "withdraw", wish.state, wish.state, actor_id=actor_id, at=at, why=why
    )
    notices.tell_withdrawn(wish, why)
    return claim.wish_id


def _ensure_nobody_came(wish: ClaimFacts, claim_id: int, *, at: datetime) -> None:
    """Raises HereAlready: an arrival without a place could be neither ended nor put right."""
    if wish.kind != WishKind.SERVICE or at < arrival_window(wish.starts_at, wish.ends_at)[0]:
        return
    lock_wish(wish.id)  # a check-in holds it too
    came = find_who_came(claim_id)
    if came is not None:
        raise HereAlready(name=came)
