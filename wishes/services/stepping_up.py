"""What the clocks of the levels do by themselves: step up what nobody takes, say what is late."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.refusal import N_
from foundation.settings import setting
from wishes.models import Ask, Leg, Referral
from wishes.notices.referrals import tell_late
from wishes.queries.asks import lock_ask
from wishes.queries.overdue import late_of_legs, list_late_legs, list_late_waiting_asks
from wishes.queries.referrals import get_current, list_people_at, lock_referral, spot_of_area
from wishes.rules.life import AskState
from wishes.services.referring import open_referral

STEPPED_UP = N_("超过时限没有受理，系统自动上报。")


class Risen(NamedTuple):
    """How much a round did."""

    stepped_up: int
    told_late: int


def run_levels(at: datetime | None = None) -> Risen:
    """Send unaccepted asks up that are too late, and say once of each referral that it is late.

    Each errand looks again under its own lock, so several workers at once, or the same minute
    twice, change nothing twice.
    """
    moment = at or clock.now()
    asks = list_late_waiting_asks(moment, over=setting("STEP_UP_DAYS"))
    legs = list_late_legs(moment)
    db.session.rollback()
    stepped = sum(step_up(ask_id) for ask_id in asks)
    told = sum(say_late(referral_id) for referral_id in legs)
    return Risen(stepped, told)


@errand
def step_up(ask_id: int) -> int:
    """Send an ask up that its community has left lying. Returns 1, 0 if not due.

    Once in the life of an ask: what the street returns stays with the community.
    """
    at = clock.now()
    ask = lock_ask(ask_id)
    if ask.state != AskState.SUBMITTED or _was_referred(ask):
        return 0
    if ask_id not in list_late_waiting_asks(at, over=setting("STEP_UP_DAYS"), only=ask_id):
        return 0
    parent = ask.community.parent
    if parent is None or not list_people_at(spot_of_area(parent)):
        return 0
    open_referral(ask=ask, actor_id=None, words=STEPPED_UP, at=at)
    return 1


def _was_referred(ask: Ask) -> bool:
    query = select(Referral.id).where(
        Referral.ask_id == ask.id, Referral.by_clock | Referral.closed_at.is_(None)
    )
    return db.session.execute(query.limit(1)).first() is not None


@errand
def say_late(referral_id: int) -> int:
    """Tell the holder and the sender that a clock has run out. Returns 1, 0 if not due."""
    at = clock.now()
    leg: Leg = get_current(lock_referral(referral_id))
    late = late_of_legs([leg], at)[0]
    if not late.days or leg.late_told_at is not None:
        return 0
    leg.late_told_at = at
    tell_late(leg, late.days)
    return 1
