"""The resident's A5 slip (C27): two one-time codes; a new print ends the old one."""

from __future__ import annotations

from sqlalchemy import update

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes.models import RatingCode, Slip, Wish
from wishes.policies.verifying import ensure_works_on
from wishes.queries.completion import lock_wish
from wishes.queries.ratings import find_rating_code
from wishes.refusals.publishing import SlipNotForThis
from wishes.rules.codes import new_ask_code, new_slip_codes
from wishes.rules.kinds import Venue, WishKind
from wishes.rules.life import WishState
from wishes.services.placing import note_event

PRINTABLE = frozenset({WishState.OPEN, WishState.FILLED, WishState.IN_SERVICE})


def has_slip(wish: Wish) -> bool:
    """Whether a slip may be printed: a published home visit that is not done yet."""
    return wish.kind == WishKind.SERVICE and wish.venue == Venue.HOME and wish.state in PRINTABLE


@errand
def print_slip(wish_id: int, *, actor_id: int) -> int:
    """Make new codes for a slip; those of an earlier print end. Returns the slip's id.

    Raises WishNotFound, SlipNotForThis.
    """
    at = clock.now()
    wish = lock_wish(wish_id)
    ensure_works_on(actor_id, wish)
    if not has_slip(wish):
        raise SlipNotForThis
    db.session.execute(update(Slip).where(Slip.wish_id == wish_id, Slip.live).values(live=False))
    arrive, leave = new_slip_codes()
    slip = Slip(
        wish_id=wish_id, arrive_code=arrive, leave_code=leave, printed_at=at,
        printed_by_id=actor_id, live=True,
    )  # fmt: skip
    db.session.add(slip)
    db.session.flush()
    if find_rating_code(wish_id) is None:  # a reprint keeps it: the resident may have noted it
        db.session.add(RatingCode(wish_id=wish_id, code=new_ask_code(), made_at=at))
    note_event(wish_id, "slip", wish.state, wish.state, actor_id=actor_id, at=at)
    return slip.id
