"""候补: getting in line, out of it, and taking the place that was held."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from accounts.policies import coordinates, ensure_coordinates
from accounts.queries.people import ensure_person, list_coordinator_ids
from foundation import clock
from foundation.db import run, table_of
from foundation.errands import errand
from foundation.violations import broke
from wishes import notices
from wishes.models import Waiting
from wishes.notices.units import tell_unit_claimed
from wishes.notices.waiting import tell_lapsed, tell_line_closed
from wishes.policies.opening import ensure_open_to
from wishes.queries.places import ClaimFacts, find_place, find_unit_claim
from wishes.queries.waiting import (
    count_line,
    find_turn,
    get_turn,
    list_turns,
    lock_line,
    set_turn,
)
from wishes.refusals import BadPlaces, TooFewPlacesLeft, WishIsFull
from wishes.refusals.waiting import (
    AlreadyInLine,
    MoreThanThereAre,
    NotInLine,
    OfferIsOver,
    OnItAlready,
    PlaceIsHeld,
    PlacesAreFree,
)
from wishes.rules.claiming import why_not_claimable
from wishes.rules.kinds import WishKind
from wishes.rules.waiting import LineState
from wishes.services import placing
from wishes.services.freeing import free_places
from wishes.services.no_shows import ensure_may_go_on
from wishes.services.quota import ensure_quota

_NEW_TURN = insert(table_of(Waiting)).returning(table_of(Waiting).c.id)


@errand
def join_line(
    wish_id: int, *, actor_id: int, places: int = 1, organisation_id: int | None = None
) -> int:
    """Wait for places on a full wish, for oneself or for a unit. Returns the turn's id.

    A unit is offered its places all together or not at all. Raises PlacesAreFree, OnItAlready,
    AlreadyInLine, BadPlaces, MoreThanThereAre, OpensLater, WishHasStarted, WishNotClaimable,
    UnitNotFound for a stranger, NeedsNod.
    """
    at = clock.now()
    if organisation_id is None:
        ensure_person(actor_id)
        ensure_may_go_on(actor_id, at=at)
    else:
        ensure_coordinates(actor_id, organisation_id)
    wish = lock_line(wish_id)
    _ensure_may_wait(wish, places, at=at)
    ensure_open_to(wish, actor_id=actor_id, organisation_id=organisation_id, at=at)
    _ensure_not_on_it(wish_id, actor_id, organisation_id)
    try:
        turn_id: int = run(
            _NEW_TURN, wish_id=wish_id, user_id=actor_id, organisation_id=organisation_id,
            places=places, state=LineState.WAITING, live=True, joined_at=at,
        ).scalar_one()  # fmt: skip
    except IntegrityError as error:
        if broke(error, "uq_waiting_live_own", "waiting.wish_id", "waiting.user_id") or broke(
            error, "uq_waiting_live_unit", "waiting.wish_id", "waiting.organisation_id"
        ):
            raise AlreadyInLine from error
        raise
    count_line(wish_id, 1)
    return turn_id


def _ensure_may_wait(wish: ClaimFacts, places: int, *, at: datetime) -> None:
    if places < 1:
        raise BadPlaces
    if places > wish.headcount:
        raise MoreThanThereAre(most=wish.headcount)
    reason = why_not_claimable(wish, places, at=at)
    if reason is None:
        raise PlacesAreFree
    if not isinstance(reason, WishIsFull | TooFewPlacesLeft):
        raise reason


def _ensure_not_on_it(wish_id: int, actor_id: int, organisation_id: int | None) -> None:
    held = (
        find_place(wish_id, actor_id)
        if organisation_id is None
        else find_unit_claim(wish_id, organisation_id)
    )
    if held is not None:
        raise OnItAlready


@errand
def leave_line(turn_id: int, *, actor_id: int) -> int:
    """Step out of the line; a place that was held goes to the next. Returns the wish's id.

    Raises NotInLine for somebody else's turn, or one that is over.
    """
    at = clock.now()
    turn = _get_mine(turn_id, actor_id)
    wish = lock_line(turn.wish_id)
    before = get_turn(turn_id).state
    after = LineState.DECLINED if before == LineState.OFFERED else LineState.LEFT
    if not turn.live or not set_turn(turn_id, before=before, after=after, at=at):
        raise NotInLine
    _count_out(wish, turn, held=before == LineState.OFFERED, actor_id=actor_id, at=at)
    return wish.id


@errand
def accept_offer(turn_id: int, *, actor_id: int) -> int:
    """Take the places that are held: they become a claim. Returns the claim's id.

    Raises NotInLine for somebody else's, OfferIsOver, AlreadyClaimed, UnitAlreadyClaimed,
    NameTwice, BusyThen, QuotaReached.
    """
    at = clock.now()
    turn = _get_mine(turn_id, actor_id)
    if turn.organisation_id is None:
        ensure_quota(turn.wish_id, actor_id=actor_id, at=at)
    wish = lock_line(turn.wish_id)
    until = get_turn(turn_id).offer_until
    if until is None or until <= at or wish.starts_at <= at:
        raise OfferIsOver
    if not set_turn(turn_id, before=LineState.OFFERED, after=LineState.ACCEPTED, at=at):
        raise OfferIsOver
    count_line(wish.id, -1)
    claim_id = _make_claim(wish, turn, actor_id=actor_id, at=at)
    get_turn(turn_id).claim_id = claim_id
    return claim_id


def _make_claim(wish: ClaimFacts, turn: Waiting, *, actor_id: int, at: datetime) -> int:
    unit_id = turn.organisation_id
    claim_id = placing.write_claim(
        wish.id, claimed_by_id=actor_id, organisation_id=unit_id, places=turn.places, at=at
    )
    placing.note_event(wish.id, "accept_offer", wish.state, wish.state, actor_id=actor_id, at=at)
    if unit_id is not None:
        tell_unit_claimed(
            wish, list_coordinator_ids(unit_id), organisation_id=unit_id, claim_id=claim_id,
            places=turn.places,
        )  # fmt: skip
        return claim_id
    if wish.kind == WishKind.SERVICE:
        placing.seat(wish, claim_id, actor_id, named_by_id=actor_id, at=at)
    notices.tell_claimed(wish, [actor_id])
    return claim_id


@errand
def lapse_offer(turn_id: int) -> bool:
    """End an offer that nobody answered; its places go to the next. Returns whether it did.

    Under the wish's lock: an answer in the same moment wins or loses as a whole.
    """
    at = clock.now()
    turn = get_turn(turn_id)
    wish = lock_line(turn.wish_id)
    turn = get_turn(turn_id)
    if turn.offer_until is None or turn.offer_until > at:
        return False
    if not set_turn(turn_id, before=LineState.OFFERED, after=LineState.LAPSED, at=at):
        return False
    tell_lapsed(wish, turn)
    placing.note_event(wish.id, "lapse", wish.state, wish.state, actor_id=None, at=at)
    _count_out(wish, turn, held=True, actor_id=None, at=at)
    return True


@errand
def close_line(wish_id: int) -> int:
    """Send home who still waits when a wish has begun or is over. Returns how many turns ended."""
    at = clock.now()
    wish = lock_line(wish_id)
    held, ended = end_line(wish, at=at)
    if held:
        free_places(wish, held, actor_id=None, at=at)
    return ended


def end_line(wish: ClaimFacts, *, at: datetime, is_told: bool = True) -> tuple[int, int]:
    """End every live turn inside the errand that is open; the people are told.

    Returns how many places were held for them (the caller gives them back), and how many turns.
    """
    held = ended = 0
    for turn in list_turns(wish.id):
        before = turn.state
        if set_turn(turn.id, before=before, after=LineState.CLOSED, at=at):
            count_line(wish.id, -1)
            ended += 1
            held += turn.places if before == LineState.OFFERED else 0
            if is_told:
                tell_line_closed(wish, turn)
    return held, ended


def leave_by_claiming(
    wish: ClaimFacts, *, actor_id: int, organisation_id: int | None, at: datetime
) -> None:
    """Whoever claims a free place waits no longer: a step of claiming, only with a line.

    Raises PlaceIsHeld when a place is held for them already.
    """
    turn = find_turn(wish.id, user_id=actor_id, organisation_id=organisation_id)
    if turn is None:
        return
    if not set_turn(turn.id, before=LineState.WAITING, after=LineState.LEFT, at=at):
        raise PlaceIsHeld
    count_line(wish.id, -1)


def _get_mine(turn_id: int, actor_id: int) -> Waiting:
    turn = get_turn(turn_id)
    mine = (
        turn.user_id == actor_id
        if turn.organisation_id is None
        else coordinates(actor_id, turn.organisation_id)
    )
    if not mine:
        raise NotInLine
    return turn


def _count_out(
    wish: ClaimFacts, turn: Waiting, *, held: bool, actor_id: int | None, at: datetime
) -> None:
    count_line(wish.id, -1)
    if held:
        free_places(wish, turn.places, actor_id=actor_id, at=at)
