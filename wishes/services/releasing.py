"""What nobody did in time: places without names go back, wishes without takers run out."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update

from accounts.queries.people import list_coordinator_ids
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.refusal import N_
from foundation.settings import setting
from wishes.models import Claim, Wish
from wishes.notices.attendance import tell_expired, tell_released
from wishes.queries.clocks import count_named, expired_by
from wishes.queries.places import ClaimFacts, get_claim_facts, lock_claim
from wishes.refusals import ClaimNotFound
from wishes.rules.life import WishMove, WishState, move
from wishes.rules.releasing import release_at
from wishes.services import placing
from wishes.services.freeing import free_places

NO_NAMES = N_("没有写名字，名额已释放")


def release_before() -> timedelta:
    """How long before the start unnamed places are released (setting RELEASE_HOURS)."""
    return timedelta(hours=setting("RELEASE_HOURS"))


@errand
def release_unnamed_of(claim_id: int) -> int:
    """Give a unit's unnamed places back, when due. Returns how many; 0 the second time.

    The coordinators are told; a claim without any name ends.
    """
    at = clock.now()
    try:
        claim = lock_claim(claim_id)
    except ClaimNotFound:
        return 0
    wish = get_claim_facts(claim.wish_id)
    named = count_named(claim.id)
    free = claim.places - named
    if claim.organisation_id is None or free <= 0 or not _is_due(claim, wish, at):
        return 0
    if named:
        claim.places = named
    else:
        placing.end_claim(claim, why=NO_NAMES, at=at)
    free_places(wish, free, actor_id=None, at=at)
    placing.note_event(
        wish.id, "release", wish.state, wish.state, actor_id=None, at=at, why=NO_NAMES
    )
    tell_released(wish, list_coordinator_ids(claim.organisation_id), places=free)
    return free


def _is_due(claim: Claim, wish: ClaimFacts, at: datetime) -> bool:
    if wish.state not in (WishState.OPEN, WishState.FILLED) or wish.starts_at <= at:
        return False
    return release_at(wish.starts_at, claim.claimed_at, before=release_before()) <= at


@errand
def expire_wish(wish_id: int) -> bool:
    """Close an open wish whose end has passed without takers. Returns whether it did.

    One guarded UPDATE: a wish that was taken or moved meanwhile stays.
    """
    at = clock.now()
    after = move(WishState.OPEN, WishMove.EXPIRE)
    statement = (
        update(Wish)
        .where(Wish.id == wish_id, *expired_by(at))
        .values(state=after, closed_at=at)
        .returning(Wish.created_by_id)
        .execution_options(synchronize_session=False)
    )
    creator_id = db.session.execute(statement).scalar_one_or_none()
    if creator_id is None:
        return False
    placing.note_event(wish_id, WishMove.EXPIRE, WishState.OPEN, after, actor_id=None, at=at)
    tell_expired(get_claim_facts(wish_id), [creator_id])
    return True
