"""What the worker does each minute: every errand by itself, none twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from foundation import clock
from foundation.db import db
from foundation.settings import setting
from wishes.queries.clocks import list_due_releases, list_expired
from wishes.queries.dispatches import list_due_ends
from wishes.queries.guests import list_to_forget
from wishes.queries.least import list_to_judge
from wishes.queries.quick import list_lapsed_turns, list_not_arrived
from wishes.queries.reconfirming import list_unanswered
from wishes.queries.waiting import list_closing, list_lapsed
from wishes.services.answering import end_unanswered
from wishes.services.guest_seats import forget_guests
from wishes.services.least import judge_least
from wishes.services.quick import lapse_turn, tell_late
from wishes.services.reconfirming import ask_again, list_askable, release_unanswered
from wishes.services.releasing import expire_wish, release_before, release_unnamed_of
from wishes.services.waiting import close_line, lapse_offer


class Done(NamedTuple):
    """How much a round did."""

    places_released: int = 0
    wishes_expired: int = 0
    asked_again: int = 0
    unanswered: int = 0
    offers_lapsed: int = 0
    lines_closed: int = 0
    judged: int = 0
    invitations_ended: int = 0
    turns_lapsed: int = 0
    late_arrivals: int = 0
    guests_forgotten: int = 0


def run_due(at: datetime | None = None) -> Done:
    """Do what is due at `at` (UTC, now by default), each kind after the one it may follow from.

    Each errand looks again under its own lock at the present time, so several workers at once,
    or the same minute twice, change nothing twice.
    """
    moment = at or clock.now()
    return Done(
        asked_again=_each(list_askable(moment), ask_again),
        unanswered=_each(list_unanswered(moment), release_unanswered),
        places_released=_each(
            list_due_releases(moment, before=release_before()), release_unnamed_of
        ),
        offers_lapsed=_each(list_lapsed(moment), lapse_offer),
        judged=_each(list_to_judge(moment), judge_least),
        lines_closed=_each(list_closing(moment), close_line),
        wishes_expired=_each(list_expired(moment), expire_wish),
        invitations_ended=_each(list_due_ends(moment), end_unanswered),
        turns_lapsed=_each(list_lapsed_turns(moment), lapse_turn),
        late_arrivals=_each(list_not_arrived(moment), tell_late),
        guests_forgotten=_each(
            list_to_forget(moment, after=timedelta(days=setting("GUEST_DAYS"))), forget_guests
        ),
    )


def _each(ids: list[int], do: Callable[[int], int]) -> int:
    """The errand for each id, outside the read that found them."""
    db.session.rollback()
    return sum(do(number) for number in ids)
