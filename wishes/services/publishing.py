"""Publishing: a complete draft goes on the wall, its light turns red."""

from __future__ import annotations

from datetime import datetime

from foundation import clock
from foundation.errands import errand
from wishes.models import Wish
from wishes.notices.asks import tell_asker_published
from wishes.policies.campaigns import ensure_campaign_lets
from wishes.policies.reviewing import asks_for_review
from wishes.policies.wishes import ensure_may_write
from wishes.queries.asks import find_by_wish
from wishes.queries.campaigns import find_membership
from wishes.queries.completion import lock_wish
from wishes.rules.doors import DoorWord
from wishes.rules.life import WishMove, WishState, move
from wishes.rules.publishing import ensure_publishable
from wishes.services.caring import ensure_careful
from wishes.services.doors import ensure_not_crowded
from wishes.services.handing_in import hand_in
from wishes.services.indexing import index_wish
from wishes.services.placing import note_event
from wishes.services.terms import open_in_turn
from wishes.services.writing import words_of


@errand
def publish_wish(wish_id: int, *, actor_id: int) -> int:
    """Put a draft on the wall as it stands, or hand it in where a second person looks first.

    Returns its id. Raises WishNotFound, WishCannotMove, WaitsForCampaign, WishIncomplete,
    InThePast, DoorSeenBefore, DoorOverCap, WaitsForReview and the wording refusals.
    """
    wish = lock_wish(wish_id)
    ensure_may_write(actor_id, wish)
    publish_draft(wish, actor_id=actor_id, at=clock.now(), door=DoorWord())
    return wish.id


def publish_draft(
    wish: Wish,
    *,
    actor_id: int,
    at: datetime,
    door: DoorWord | None = None,
    looked_at: bool = False,
) -> None:
    """Publish a draft inside the errand that is open; nothing may be missing.

    `door` is what the worker said to the warning of many visits to one household; None, from
    errands that have nobody to ask, leaves the question out. `looked_at` is
    true where somebody else has seen the words already, or they were seen once for many days.
    """
    before, after = WishState(wish.state), move(WishState(wish.state), WishMove.PUBLISH)
    ensure_campaign_lets(find_membership(wish.id), at=at)
    ensure_publishable(words_of(wish), at=at)
    if door is not None:
        ensure_not_crowded(wish, door)
    if not looked_at:
        ensure_careful(wish)
        if asks_for_review(wish.community_id):
            hand_in(wish, actor_id=actor_id, at=at)
            return
    wish.state = after
    wish.published_at = at
    wish.contact_id = wish.contact_id or actor_id
    open_in_turn(wish, at=at)
    index_wish(wish)
    why = (door.reason.strip() or None) if door is not None else None
    note_event(wish.id, WishMove.PUBLISH, before, after, actor_id=actor_id, at=at, why=why)
    ask = find_by_wish(wish.id)
    if ask is not None:
        tell_asker_published(ask)
