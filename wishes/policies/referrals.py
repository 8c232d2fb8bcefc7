"""Who may read a referral, and whose step is next."""

from __future__ import annotations

from accounts.policies import coordinates, has_post_at, works_at
from wishes.models import Leg, Referral
from wishes.queries.referrals import receiver_of, spot_of_area
from wishes.refusals.referrals import NotYourStep, ReferralNotFound
from wishes.rules.referrals import LEG_MOVES, LegMove, LegState, Spot

FOLLOWS = (LegMove.RELAY, LegMove.TAKE_BACK)  # happen by themselves


def stands_for(user_id: int, spot: Spot) -> bool:
    """Whether the person answers for this place: a post at exactly this area, or a coordinator."""
    if spot.unit_id is not None:
        return coordinates(user_id, spot.unit_id)
    return spot.area_id is not None and has_post_at(user_id, spot.area_id)


def may_read(user_id: int, referral: Referral) -> bool:
    """Those who took part, and the levels above the community it came from."""
    if works_at(user_id, referral.community_id):
        return True
    return any(
        coordinates(user_id, leg.to_unit_id)
        if leg.to_unit_id is not None
        else works_at(user_id, leg.to_area_id)
        for leg in referral.legs
    )


def ensure_may_read(user_id: int, referral: Referral) -> None:
    """Raises ReferralNotFound (404) for anybody else."""
    if not may_read(user_id, referral):
        raise ReferralNotFound


def whose_step(leg: Leg, what: LegMove) -> Spot:
    """Who may do this: the sender confirms or asks again, the receiver does the rest."""
    if what in (LegMove.CONFIRM, LegMove.AGAIN):
        return spot_of_area(leg.from_area)
    return receiver_of(leg)


def list_moves(user_id: int, leg: Leg) -> set[LegMove]:
    """What this person may do with a hand-over now."""
    return {
        what
        for (state, what) in LEG_MOVES
        if state == leg.state
        and what not in FOLLOWS
        and not (what is LegMove.PASS_ON and leg.to_unit_id is not None)
        and stands_for(user_id, whose_step(leg, what))
    }


def ensure_may_step(user_id: int, referral: Referral, leg: Leg, what: LegMove) -> None:
    """Raises ReferralNotFound for strangers, NotYourStep for others who took part."""
    ensure_may_read(user_id, referral)
    spot = whose_step(leg, what)
    if not stands_for(user_id, spot):
        raise NotYourStep(who=spot.name)


def may_pause(user_id: int, leg: Leg) -> bool:
    """Whoever has it in hand lets its clock stand still."""
    in_hand = leg.state in (LegState.SENT, LegState.ACCEPTED)
    return in_hand and stands_for(user_id, receiver_of(leg))
