"""The one way by which places become free, so that nobody in line is ever passed over."""

from __future__ import annotations

from datetime import datetime

from foundation import clock
from foundation.settings import setting
from wishes.notices.waiting import tell_first_come, tell_offered
from wishes.queries.places import ClaimFacts, give_back_places, hold_places, set_state
from wishes.queries.waiting import get_turn, list_line, set_turn
from wishes.rules.life import CLAIMABLE, WishMove, WishState, move
from wishes.rules.waiting import LineState, offer_until, whose_turn
from wishes.services.placing import note_event


def free_places(wish: ClaimFacts, places: int, *, actor_id: int | None, at: datetime) -> None:
    """Give places back: first they are offered along the line, what is left opens the wish again.

    Every errand that frees places calls this, also with 0 when the headcount was raised: whatever
    is free then is offered. `places_taken` is lowered nowhere else. Offered places stay taken.
    """
    left = give_back_places(wish.id, places)
    if left is None:
        return
    held = 0
    if left.in_line and left.state in CLAIMABLE:
        held = _offer(wish, left.free, at=at)
    what = WishMove.REOPEN if left.free > held else WishMove.FILL
    if left.state in CLAIMABLE:
        _move(wish, what, actor_id=actor_id, at=at)


def _move(wish: ClaimFacts, what: WishMove, *, actor_id: int | None, at: datetime) -> None:
    """Open or filled, as the places now are; already so is fine."""
    before = WishState.FILLED if what is WishMove.REOPEN else WishState.OPEN
    after = move(before, what)
    if set_state(wish.id, before=before, after=after):
        note_event(wish.id, what, before, after, actor_id=actor_id, at=at)


def _offer(wish: ClaimFacts, free: int, *, at: datetime) -> int:
    """Hold free places for those whose turn it is; returns how many are held.

    The wish's row is locked by the UPDATE before, so the line stands still.
    """
    line = list_line(wish.id)
    turns = whose_turn(line, free)
    until = offer_until(at, wish.starts_at, hours=setting("OFFER_HOURS"), zone=clock.zone())
    if until is None:
        for turn in line if free > 0 and wish.starts_at > at else []:
            tell_first_come(wish, get_turn(turn.id))
        return 0
    held = 0
    for turn in turns:
        if hold_places(wish.id, turn.places) is None:
            break
        set_turn(
            turn.id, before=LineState.WAITING, after=LineState.OFFERED, at=at, offer_until=until
        )
        tell_offered(wish, get_turn(turn.id), until=until)
        note_event(wish.id, "offer", wish.state, wish.state, actor_id=None, at=at)
        held += turn.places
    return held
