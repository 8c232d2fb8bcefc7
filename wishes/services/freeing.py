"""The one way by which places become free, so that nobody in line is ever passed over."""

from __future__ import annotations

from datetime import datetime

from wishes.queries.places import ClaimFacts, give_back_places, set_state
from wishes.rules.life import WishMove, WishState, move
from wishes.services.placing import note_event


def free_places(wish: ClaimFacts, places: int, *, actor_id: int | None, at: datetime) -> None:
    """Give places back; a filled wish opens again.

    Every errand that frees places calls this, also with 0 when the headcount was raised: whatever
    is free then is free. `places_taken` is never lowered anywhere else.
    """
    give_back_places(wish.id, places)
    reopened = move(WishState.FILLED, WishMove.REOPEN)
    if set_state(wish.id, before=WishState.FILLED, after=reopened):
        note_event(wish.id, WishMove.REOPEN, WishState.FILLED, reopened, actor_id=actor_id, at=at)
