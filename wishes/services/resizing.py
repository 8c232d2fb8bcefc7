"""改人数: more places open a full wish again; fewer only as long as nobody loses one."""

from __future__ import annotations

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes import notices
from wishes.models import Wish
from wishes.policies.wishes import ensure_may_write
from wishes.queries.changes import list_holders
from wishes.queries.places import get_claim_facts, resize
from wishes.refusals import BadPlaces, WishNotFound
from wishes.refusals.changes import BelowTaken, NumberUnchanged
from wishes.refusals.publishing import NoLongerEditable
from wishes.rules.life import CLAIMABLE, STATE_LABELS, WishState
from wishes.services import placing
from wishes.services.freeing import free_places


@errand
def change_headcount(wish_id: int, *, actor_id: int, headcount: int) -> int:
    """Make a published wish larger or smaller; an item counts pieces. Returns its id.

    One guarded UPDATE, so a claim in the same moment is counted. Raises WishNotFound, NotYours,
    BadPlaces, NoLongerEditable, NumberUnchanged, BelowTaken (with the names of who is on it).
    """
    at = clock.now()
    wish = db.session.get(Wish, wish_id)
    if wish is None:
        raise WishNotFound
    ensure_may_write(actor_id, wish)
    if headcount < 1:
        raise BadPlaces
    before = get_claim_facts(wish_id)
    if before.state not in CLAIMABLE:
        raise NoLongerEditable(state=STATE_LABELS[WishState(before.state)])
    if before.headcount == headcount:
        raise NumberUnchanged
    taken = resize(wish_id, headcount)
    if taken is None:
        now = get_claim_facts(wish_id)
        raise BelowTaken(
            taken=now.places_taken, names=tuple(list_holders(wish_id)), wanted=headcount
        )
    why = f"{before.headcount} → {headcount}"
    placing.note_event(
        wish_id, "resize", before.state, before.state, actor_id=actor_id, at=at, why=why
    )
    facts = get_claim_facts(wish_id)
    if taken.places < taken.headcount:
        free_places(facts, 0, actor_id=actor_id, at=at)
    elif placing.fill_if_full(facts, taken, actor_id=actor_id, at=at):
        notices.tell_filled(facts)
    return wish_id
