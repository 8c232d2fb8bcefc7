"""A colleague leaves the unit: off the roster, and off the places the unit gave them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from accounts.policies import ensure_coordinates
from accounts.queries.rosters import get_entry
from accounts.services.rosters import end_entry
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes import notices
from wishes.models import Attendance, Claim, Place, Wish
from wishes.queries.places import get_claim_facts
from wishes.services import placing


@errand
def remove_colleague(organisation_id: int, *, actor_id: int, entry_id: int) -> int:
    """Take a colleague off the roster; places to come lose the name and stay the unit's.

    What was served stays in the service record. Returns how many places lost a name. Raises
    UnitNotFound for a stranger, RosterEntryNotFound.
    """
    at = clock.now()
    ensure_coordinates(actor_id, organisation_id)
    entry = get_entry(organisation_id, entry_id)
    end_entry(entry, at=at)
    if entry.user_id is None:
        return 0
    return _unname_all(organisation_id, entry.user_id, at=at)


def _unname_all(organisation_id: int, user_id: int, *, at: datetime) -> int:
    came = select(Attendance.place_id).where(
        Attendance.user_id == user_id, Attendance.arrived_at.is_not(None)
    )
    places = db.session.execute(
        select(Place.id, Place.wish_id)
        .join(Claim, Claim.id == Place.claim_id)
        .join(Wish, Wish.id == Place.wish_id)
        .where(
            Place.user_id == user_id,
            Place.live,
            Claim.organisation_id == organisation_id,
            Wish.starts_at > at,
            Place.id.not_in(came),
        )
    ).all()
    for place_id, wish_id in places:
        placing.unseat([place_id], at=at)
        notices.tell_unnamed(get_claim_facts(wish_id), [user_id])
    return len(places)
