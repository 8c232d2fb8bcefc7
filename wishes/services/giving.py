"""Several wishes of a campaign in one go, all or nothing: by a person or by a unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, insert, select, update

from accounts.policies import ensure_coordinates
from accounts.queries.people import ensure_person, list_coordinator_ids
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes.models import Campaign, CampaignWish, Claim, Wish, WishEvent
from wishes.notices.campaigns import tell_given
from wishes.queries.campaigns import count_free, get_public_campaign, list_titles
from wishes.refusals import WishNotFound
from wishes.refusals.campaigns import CampaignNotRunning, NothingChosen, SomeTaken, TooFewLeft
from wishes.rules.campaigns import MOST_AT_ONCE, is_running
from wishes.rules.life import WishMove, WishState, move

NAMED = 5  # titles said in a refusal


class Giver(NamedTuple):
    """Who gives: a person, or a unit through its coordinator; hidden from the public if asked."""

    actor_id: int
    organisation_id: int | None = None
    anonymous: bool = False


class Free(NamedTuple):
    """A wish that can be taken, locked: its missing pieces are all taken together."""

    id: int
    missing: int


@errand
def give_these(
    campaign_id: int,
    *,
    actor_id: int,
    wish_ids: list[int],
    organisation_id: int | None = None,
    anonymous: bool = False,
) -> list[int]:
    """Claim exactly these wishes of a campaign, or none. Returns the claims' ids.

    Raises NothingChosen, CampaignNotRunning, UnitNotFound, WishNotFound for a stray wish,
    SomeTaken: it says which, and nothing was taken.
    """
    at = clock.now()
    giver = Giver(actor_id, organisation_id, anonymous)
    campaign = _enter(campaign_id, giver, at=at)
    wanted = sorted(set(wish_ids))[:MOST_AT_ONCE]
    if not wanted:
        raise NothingChosen
    free = lock_free(campaign.id, Wish.id.in_(wanted), order=[Wish.id])
    if len(free) < len(wanted):
        missing = set(wanted) - {each.id for each in free}
        titles = list_titles(campaign.id, missing)
        if len(titles) < len(missing):
            raise WishNotFound
        raise SomeTaken(titles=tuple(titles[:NAMED]), left=len(free))
    return _give(campaign, giver, free, at=at)


@errand
def give_some(
    campaign_id: int,
    *,
    actor_id: int,
    number: int,
    organisation_id: int | None = None,
    anonymous: bool = False,
) -> list[int]:
    """Claim this many wishes of a campaign, whichever are free, or none. Returns the claims' ids.

    Others who choose at the same moment get others: what they hold is stepped over, and only
    waited for when too few are left. Raises NothingChosen, CampaignNotRunning, TooFewLeft.
    """
    at = clock.now()
    giver = Giver(actor_id, organisation_id, anonymous)
    campaign = _enter(campaign_id, giver, at=at)
    if not 1 <= number <= MOST_AT_ONCE:
        raise NothingChosen
    chance: list[Any] = [func.random()]
    free = lock_free(campaign.id, order=chance, limit=number, step_over=True)
    if len(free) < number:
        mine = [each.id for each in free]
        rest = number - len(free)
        free += lock_free(campaign.id, Wish.id.not_in(mine), order=[Wish.id], limit=rest)
    if len(free) < number:
        raise TooFewLeft(left=count_free(campaign.id))
    return _give(campaign, giver, free, at=at)


def lock_free(
    campaign_id: int,
    *where: ColumnElement[bool],
    order: Sequence[Any],
    limit: int | None = None,
    step_over: bool = False,
) -> list[Free]:
    """Wishes of a campaign that nobody has claimed, locked until the errand ends."""
    query = (
        select(Wish.id, Wish.headcount)
        .join(CampaignWish, CampaignWish.wish_id == Wish.id)
        .where(
            CampaignWish.campaign_id == campaign_id, Wish.state == WishState.OPEN,
            Wish.places_taken == 0, *where,
        )
        .order_by(*order)
        .limit(limit)
        .with_for_update(of=Wish, key_share=True, skip_locked=step_over)
    )  # fmt: skip
    return [Free(wish_id, int(pieces or 1)) for wish_id, pieces in db.session.execute(query)]


def take_free(free: Sequence[Free], giver: Giver, *, at: datetime) -> list[int]:
    """Claim locked wishes in the errand that is open: one guarded UPDATE is the judge.

    Returns the claims' ids. Raises SomeTaken when one was gone after all.
    """
    filled = move(WishState.OPEN, WishMove.FILL)
    taken = db.session.execute(
        update(Wish)
        .where(
            Wish.id.in_([each.id for each in free]), Wish.state == WishState.OPEN,
            Wish.places_taken == 0, Wish.starts_at > at,
        )
        .values(places_taken=Wish.headcount, state=filled)
        .returning(Wish.id)
        .execution_options(synchronize_session=False)
    ).all()  # fmt: skip
    if len(taken) < len(free):
        raise SomeTaken(titles=("…",), left=len(taken))
    claims = [
        {
            "wish_id": each.id, "claimed_by_id": giver.actor_id,
            "organisation_id": giver.organisation_id, "places": each.missing,
            "anonymous": giver.anonymous, "live": True, "claimed_at": at,
        }
        for each in free
    ]  # fmt: skip
    made = db.session.scalars(insert(Claim).returning(Claim.id), claims).all()
    lines = [("claim", WishState.OPEN, WishState.OPEN), (WishMove.FILL, WishState.OPEN, filled)]
    events = [
        {"wish_id": each.id, "at": at, "actor_id": giver.actor_id, "what": str(what),
         "from_state": before, "to_state": after}
        for each in free for what, before, after in lines
    ]  # fmt: skip
    db.session.execute(insert(WishEvent), events)
    return list(made)


def _enter(campaign_id: int, giver: Giver, *, at: datetime) -> Campaign:
    ensure_person(giver.actor_id)
    if giver.organisation_id is not None:
        ensure_coordinates(giver.actor_id, giver.organisation_id)
    campaign = get_public_campaign(campaign_id)
    if not is_running(campaign.state, campaign.opens_at, campaign.closes_at, at=at):
        raise CampaignNotRunning
    return campaign


def _give(campaign: Campaign, giver: Giver, free: Sequence[Free], *, at: datetime) -> list[int]:
    made = take_free(free, giver, at=at)
    unit = giver.organisation_id
    told = list_coordinator_ids(unit) if unit is not None else [giver.actor_id]
    tell_given(campaign, told, count=len(made))
    return made
