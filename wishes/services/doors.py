"""Asking, before a home visit is published, how many that household has already."""

from __future__ import annotations

from datetime import time

from foundation import clock
from foundation.sealed import door_marks
from foundation.settings import setting
from wishes.models import Wish
from wishes.queries.doors import list_visits
from wishes.queries.private import find_details
from wishes.rules.doors import WEEK, DoorWord, monday_of, why_crowded
from wishes.rules.kinds import Venue, WishKind


def ensure_not_crowded(wish: Wish, word: DoorWord) -> None:
    """Raises DoorOverCap (setting DOOR_WEEK_CAP, Monday to Sunday) or DoorSeenBefore.

    A wish without a door, or not at home, passes.
    """
    details = find_details(wish_id=wish.id)
    at_home = wish.kind == WishKind.SERVICE and wish.venue == Venue.HOME
    if not at_home or details is None or not details.door or wish.starts_at is None:
        return
    day = clock.local_day(wish.starts_at)
    since = clock.from_local(monday_of(day), time.min)
    visits = list_visits(door_marks(details.door), wish, since=since, until=since + WEEK)
    refusal = why_crowded(
        visits, category=wish.category, day=day, cap=setting("DOOR_WEEK_CAP"), word=word
    )
    if refusal is not None:
        raise refusal
