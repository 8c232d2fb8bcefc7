"""One person leaves a wish: what becomes of their seat and of the place under it."""

from __future__ import annotations

from datetime import datetime

from wishes.models import Claim, Place
from wishes.queries.places import ClaimFacts
from wishes.services import placing
from wishes.services.freeing import free_places


def is_own(claim: Claim, user_id: int) -> bool:
    """Whether the place was taken by the person, not named by a unit or a friend."""
    return claim.organisation_id is None and claim.claimed_by_id == user_id


def leave_place(
    wish: ClaimFacts,
    claim: Claim,
    place: Place,
    *,
    actor_id: int | None,
    why: str | None,
    at: datetime,
) -> None:
    """Free a person's seat, inside the errand that is open; `claim` is locked.

    On an own claim the place goes back to everybody; one that a unit or a friend named stays with
    the claim, only the name goes.
    """
    own = is_own(claim, place.user_id)
    if own and claim.places == 1:
        placing.end_claim(claim, why=why, at=at)
    else:
        placing.unseat([place.id], at=at)
    if own:
        if claim.places > 1:
            claim.places -= 1
        free_places(wish, 1, actor_id=actor_id, at=at)
