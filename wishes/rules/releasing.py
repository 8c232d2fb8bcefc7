"""When a unit's places without a name go back to everybody."""

from __future__ import annotations

from datetime import datetime, timedelta

GRACE = timedelta(hours=1)  # a unit that claims late still has an hour to write names


def release_at(starts_at: datetime, claimed_at: datetime, *, before: timedelta) -> datetime:
    """From when unnamed places are released: `before` the start, an hour after a late claim.

    May lie after the start; then they are not released, the day sheet shows them instead.
    """
    return max(starts_at - before, claimed_at + GRACE)
