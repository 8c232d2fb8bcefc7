"""What the worker does each minute: every errand by itself, none twice."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from foundation import clock
from foundation.db import db
from wishes.queries.clocks import list_due_releases, list_expired
from wishes.queries.dispatches import list_due_ends
from wishes.services.answering import end_unanswered
from wishes.services.releasing import expire_wish, release_before, release_unnamed_of


class Done(NamedTuple):
    """How much a round did."""

    places_released: int
    wishes_expired: int
    invitations_ended: int = 0


def run_due(at: datetime | None = None) -> Done:
    """Release unnamed places, expire wishes, end unanswered invitations due at `at` (UTC, or now).

    Each errand looks again under its own lock at the present time, so several workers at once,
    or the same minute twice, change nothing twice.
    """
    moment = at or clock.now()
    claims = list_due_releases(moment, before=release_before())
    wishes = list_expired(moment)
    unanswered = list_due_ends(moment)
    db.session.rollback()
    released = sum(release_unnamed_of(claim_id) for claim_id in claims)
    expired = sum(expire_wish(wish_id) for wish_id in wishes)
    ended = sum(end_unanswered(dispatch_id) for dispatch_id in unanswered)
    return Done(released, expired, ended)
