"""When things close: claims at the start, withdrawal at 18:00 of the day before."""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone, tzinfo

WITHDRAW_HOUR = 18
PRIVATE_BEFORE = timedelta(hours=24)
PRIVATE_AFTER = timedelta(days=3)
CHINA = timezone(timedelta(hours=8))


def withdraw_until(
    starts_at: datetime, *, zone: tzinfo = CHINA, hour: int = WITHDRAW_HOUR
) -> datetime:
    """Until when a claimant may step back: `hour` of the local day before the start."""
    day_before = starts_at.astimezone(zone).date() - timedelta(days=1)
    return datetime.combine(day_before, time(hour), tzinfo=zone).astimezone(starts_at.tzinfo)


def may_withdraw(
    at: datetime,
    *,
    starts_at: datetime,
    claimed_at: datetime | None = None,
    rescheduled_at: datetime | None = None,
) -> bool:
    """Whether a claim may be given back: until the deadline, or, when the time was changed
    after it was made, until the start."""
    if at <= withdraw_until(starts_at):
        return True
    moved = rescheduled_at is not None and claimed_at is not None and claimed_at <= rescheduled_at
    return moved and at < starts_at


def private_opens(starts_at: datetime) -> datetime:
    """From when a confirmed claimant sees door and phone: 24 h before the start."""
    return starts_at - PRIVATE_BEFORE


def private_closes(closed_at: datetime) -> datetime:
    """Until when staff and claimants still see them: three days after closing."""
    return closed_at + PRIVATE_AFTER
