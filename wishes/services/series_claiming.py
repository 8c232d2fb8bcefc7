"""每周三我都来: one person takes every open day of a series that does not collide."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.queries.people import ensure_person
from foundation import clock
from foundation.errands import errand
from foundation.refusal import Refusal
from wishes.models import Wish
from wishes.notices.claims import tell_filled
from wishes.notices.series import tell_series_claimed
from wishes.queries.places import get_claim_facts
from wishes.queries.series import get_public_series, is_busy, is_on, list_open_days
from wishes.refusals.series import NothingLeftToClaim
from wishes.services import placing

BUSY, FULL = "busy", "full"


@errand
def claim_series(series_id: int, *, actor_id: int) -> dict[str, Any]:
    """Take a place on each open day that is free for the person.

    Returns the days taken and the days not taken with the reason (busy or full), as ISO moments.
    Raises SeriesNotFound, NothingLeftToClaim.
    """
    at = clock.now()
    ensure_person(actor_id)
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
        taken = placing.take(facts, 1, at=at)
    except Refusal:
        return FULL
    claim_id = placing.write_claim(
        wish.id, claimed_by_id=actor_id, organisation_id=None, places=1, at=at
    )
    placing.seat(facts, claim_id, actor_id, named_by_id=actor_id, at=at)
    placing.note_event(wish.id, "claim", facts.state, facts.state, actor_id=actor_id, at=at)
    if placing.fill_if_full(facts, taken, actor_id=actor_id, at=at):
        tell_filled(facts)
    return None
