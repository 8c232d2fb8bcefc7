"""The published home visits to one door, found by its mark: the door itself is not read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from foundation import clock
from foundation.db import db
from wishes.models import PrivateDetails, Wish
from wishes.rules.doors import Visit
from wishes.rules.kinds import Venue, WishKind
from wishes.rules.life import PUBLIC


def list_visits(
    marks: Iterable[bytes], wish: Wish, *, since: datetime, until: datetime
) -> list[Visit]:
    """Visits to this door of the wish's community that start in this time (UTC), by start.

    The wish itself is left out; the same door number in another community is another door.
    """
    query = (
        select(Wish.id, Wish.number, Wish.title, Wish.category, Wish.starts_at)
        .join(PrivateDetails, PrivateDetails.wish_id == Wish.id)
        .where(
            PrivateDetails.door_mark.in_(list(marks)),
            Wish.community_id == wish.community_id,
            Wish.id != wish.id,
            Wish.kind == WishKind.SERVICE,
            Wish.venue == Venue.HOME,
            Wish.state.in_(list(PUBLIC)),
            Wish.starts_at >= since,
            Wish.starts_at < until,
        )
        .order_by(Wish.starts_at, Wish.id)
    )
    return [
        Visit(number_id, number, title, category, starts, clock.local_day(starts))
        for number_id, number, title, category, starts in db.session.execute(query)
        if starts is not None
    ]
