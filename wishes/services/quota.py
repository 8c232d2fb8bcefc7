"""A quota in a rush: so many live claims a day and a week, so that everybody gets one."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from foundation import clock
from foundation.settings import setting, words_setting
from wishes.queries.quota import count_claims, get_category, hold_person
from wishes.refusals.terms import QuotaReached, WeekQuotaReached


def ensure_quota(wish_id: int, *, actor_id: int, at: datetime) -> None:
    """Raises QuotaReached, WeekQuotaReached before a person's claim that would be one too many.

    Settings QUOTA_DAY and QUOTA_WEEK (0: no quota, nothing is read), QUOTA_CATEGORIES (empty:
    all together). The person's row is held until the errand ends: two tabs count one by one.
    """
    a_day, a_week = setting("QUOTA_DAY"), setting("QUOTA_WEEK")
    if not (a_day or a_week):
        return
    categories = words_setting("QUOTA_CATEGORIES")
    if categories and get_category(wish_id) not in categories:
        return
    hold_person(actor_id)
    today = clock.local_day(at)
    monday = today - timedelta(days=today.weekday())
    for most, day, refusal in ((a_day, today, QuotaReached), (a_week, monday, WeekQuotaReached)):
        since = clock.from_local(day, time(0))
        if most and count_claims(actor_id, since=since, categories=categories) >= most:
            raise refusal(most=most)
