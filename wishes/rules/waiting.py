"""The line for a place: its states, how long an offer is held, whose turn it is."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import datetime, time, timedelta, tzinfo
from typing import NamedTuple

SHORTEST_OFFER = timedelta(minutes=30)
NIGHT_FALLS, MORNING = 22, 8  # nobody is asked to answer at night


class LineState(enum.StrEnum):
    """Where a turn in the line stands."""

    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    LEFT = "left"
    CLOSED = "closed"


class Turn(NamedTuple):
    """A turn in the line, in its order."""

    id: int
    places: int


def offer_until(at: datetime, closes_at: datetime, *, hours: int, zone: tzinfo) -> datetime | None:
    """Until when a place offered now is held, None when it is too late to hold it.

    `hours`, but at most half of the time that is left, so that the next one has a chance too.
    An end at night waits for the morning when claims are still open by then.
    """
    ends = at + min(timedelta(hours=hours), (closes_at - at) / 2)
    here = ends.astimezone(zone)
    if here.hour >= NIGHT_FALLS or here.hour < MORNING:
        day = here.date() + timedelta(days=1 if here.hour >= NIGHT_FALLS else 0)
        morning = datetime.combine(day, time(MORNING), tzinfo=zone).astimezone(at.tzinfo)
        if morning + SHORTEST_OFFER <= closes_at:
            ends = morning
    return ends if ends - at >= SHORTEST_OFFER else None


def whose_turn(line: Iterable[Turn], free: int) -> list[Turn]:
    """Who is offered the free places: in order, each all or nothing; who needs more is passed."""
    chosen = []
    for turn in line:
        if turn.places <= free:
            chosen.append(turn)
            free -= turn.places
    return chosen
