"""通知认领人: a worker writes to the people on one wish, and only to them."""

from __future__ import annotations

from datetime import time

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.settings import setting
from wishes.models import WishMessage
from wishes.notices.changes import tell_written
from wishes.policies.wishes import ensure_may_write
from wishes.queries.changes import count_messages, list_people
from wishes.queries.completion import lock_wish
from wishes.queries.places import get_claim_facts
from wishes.refusals.changes import NobodyToTell, ToldEnough
from wishes.rules.changes import MESSAGE_LENGTH


@errand
def write_to_people(wish_id: int, *, actor_id: int, text: str) -> int:
    """Tell everybody with a place on a wish, and the units' coordinators. Returns how many.

    At most WISH_MESSAGES_A_DAY a local day, counted under the wish's lock. Raises WishNotFound,
    NotYours, NobodyToTell, ToldEnough.
    """
    at = clock.now()
    wish = lock_wish(wish_id)
    ensure_may_write(actor_id, wish)
    most = setting("WISH_MESSAGES_A_DAY")
    if count_messages(wish_id, since=clock.from_local(clock.local_day(at), time.min)) >= most:
        raise ToldEnough(most=most)
    people = list_people(wish_id)
    if not people:
        raise NobodyToTell
    words = text.strip()[:MESSAGE_LENGTH]
    db.session.add(
        WishMessage(wish_id=wish_id, sent_by_id=actor_id, at=at, text=words, people=len(people))
    )
    tell_written(get_claim_facts(wish_id), people, text=words)
    return len(people)
