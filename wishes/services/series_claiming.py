"""每周三我都来: one person takes every open day of a series that does not collide."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.queries.people import ensure_person
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.refusal import Refusal
from wishes.models import Wish
from wishes.notices.series import tell_series_claimed
from wishes.queries.places import get_claim_facts
from wishes.queries.series import get_public_series, is_busy, is_on, list_open_days
from wishes.refusals import (
    BusyThen,
    TooFewPlacesLeft,
    WishHasStarted,
    WishIsFull,
    WishNotClaimable,
)
from wishes.refusals.series import NothingLeftToClaim
from wishes.services import placing
from wishes.services.claiming import add_claim
from wishes.services.no_shows import ensure_may_go_on

BUSY, FULL, RULE = "busy", "full", "rule"
GONE = (WishIsFull, TooFewPlacesLeft, WishNotClaimable, WishHasStarted)


@errand
def claim_series(series_id: int, *, actor_id: int) -> dict[str, Any]:
    """Take a place on each open day that is free for the person.

    Returns the days taken and the days not taken with the reason (busy, full, or a rule
    of that wish), as ISO moments; each day keeps every rule of a single claim.
    Raises SeriesNotFound, NothingLeftToClaim.
    """
    at = clock.now()
    ensure_person(actor_id)
    ensure_may_go_on(actor_id, at=at)
    series = get_public_series(series_id)
    taken: list[datetime] = []
    not_taken: list[tuple[str, str]] = []
    for wish in list_open_days(series.id, at):
        if is_on(actor_id, wish.id) or wish.starts_at is None:
            continue
        why = _claim(wish, actor_id, at=at)
        if why is None:
            taken.append(wish.starts_at)
        else:
            not_taken.append((wish.starts_at.isoformat(), why))
    if not taken:
        raise NothingLeftToClaim
    tell_series_claimed(actor_id, series, first=min(taken), count=len(taken))
    return {"taken": [each.isoformat() for each in taken], "not_taken": not_taken}


def _claim(wish: Wish, actor_id: int, *, at: datetime) -> str | None:
    """Take one day; the reason why not, None when it was taken."""
    assert wish.starts_at is not None  # noqa: S101 - CHECK complete
    assert wish.ends_at is not None  # noqa: S101 - the same
    if is_busy(actor_id, wish.starts_at, wish.ends_at):
        return BUSY
    facts = get_claim_facts(wish.id)
    try:
        with db.session.begin_nested():  # what one day refuses does not undo the others
            db.session.connection()  # sets the savepoint now: `run` writes past the session
            claim_id = add_claim(facts, actor_id=actor_id, organisation_id=None, places=1, at=at)
            placing.seat(facts, claim_id, actor_id, named_by_id=actor_id, at=at)
    except BusyThen:  # somebody claimed for the person in this moment: nothing is kept
        raise
    except Refusal as refusal:
        return FULL if isinstance(refusal, GONE) else RULE
    return None
