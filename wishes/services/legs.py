"""What whoever has a referral in hand does: accept, return, pass on, report, confirm."""

from __future__ import annotations

from datetime import datetime

from accounts.queries.areas import get_area
from accounts.queries.people import get_unit
from accounts.refusals import AreaNotFound, UnitNotFound
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.refusal import N_
from wishes.models import Leg, Referral
from wishes.notices import referrals as notices
from wishes.policies.referrals import ensure_may_step, whose_step
from wishes.queries.referrals import (
    get_current,
    list_holders,
    lock_referral,
    receiver_of,
    spot_of_area,
    spot_of_unit,
)
from wishes.refusals.referrals import (
    ReasonOfReturnMissing,
)
from wishes.rules.referrals import (
    LegMove,
    LegState,
    Spot,
    move_leg,
    way_between,
)
from wishes.services.referring import note_on_matter, note_referral_event, send_leg, tidy_words


@errand
def accept_leg(referral_id: int, *, actor_id: int) -> int:
    """承接: the receiver takes it in hand; the clock of the work begins. Returns the referral's id.

    Raises ReferralNotFound, NotYourStep, LegCannotMove.
    """
    at = clock.now()
    referral, leg = _take_up(referral_id, LegMove.ACCEPT, actor_id)
    _move(leg, LegMove.ACCEPT, actor_id=actor_id, at=at)
    leg.since, leg.late_told_at = at, None
    notices.tell_accepted_leg(leg)
    return referral.id


@errand
def return_leg(referral_id: int, *, actor_id: int, reason: str) -> int:
    """退回: whoever sent it has it in hand again, with the reason. Returns the referral's id.

    Returned to the community, the referral is over; the community may send it up anew.
    Raises ReferralNotFound, NotYourStep, LegCannotMove, ReasonOfReturnMissing.
    """
    at = clock.now()
    referral, leg = _take_up(referral_id, LegMove.RETURN, actor_id)
    move_leg(leg.state, LegMove.RETURN)
    if not reason.strip():
        raise ReasonOfReturnMissing
    leg.reason = reason.strip()
    _move(leg, LegMove.RETURN, actor_id=actor_id, at=at, why=leg.reason)
    leg.ended_at = at
    db.session.flush()
    before = _leg_before(referral, leg)
    if before is None:
        _close(referral, LegState.RETURNED, at=at)
        note_on_matter(referral, "referral_returned", actor_id=actor_id, at=at)
    else:
        _move(before, LegMove.TAKE_BACK, actor_id=None, at=at)
        before.since, before.late_told_at = at, None
    notices.tell_returned_leg(leg)
    return referral.id


@errand
def pass_on_leg(referral_id: int, *, actor_id: int, to: str, words: str) -> int:
    """转办 or 交办: hand it over to the level above or below, or a department. Returns its id.

    `to` is the key of a Spot. Raises ReferralNotFound, NotYourStep, LegCannotMove, WordsMissing,
    ToOneself, InACircle, UnitIsClosed, SkipsALevel, NobodyThere.
    """
    at = clock.now()
    referral, leg = _take_up(referral_id, LegMove.PASS_ON, actor_id)
    move_leg(leg.state, LegMove.PASS_ON)
    receiver = _find_spot(to)
    if leg.to_area_id is None:  # a department reports or returns
        way_between(receiver_of(leg), receiver)
    here = get_area(leg.to_area_id or 0)
    way_between(spot_of_area(here), receiver, holders=list_holders(referral))
    leg.state = move_leg(leg.state, LegMove.PASS_ON)
    db.session.flush()
    sent = send_leg(referral, here, receiver, words=words, actor_id=actor_id, at=at)
    notices.tell_sent(sent)
    return referral.id


@errand
def report_leg(referral_id: int, *, actor_id: int, result: str) -> int:
    """落实: the receiver says what was done. Returns the referral's id.

    Raises ReferralNotFound, NotYourStep, LegCannotMove, WordsMissing.
    """
    referral, leg = _take_up(referral_id, LegMove.REPORT, actor_id)
    move_leg(leg.state, LegMove.REPORT)
    leg.result = tidy_words(result)
    _move(leg, LegMove.REPORT, actor_id=actor_id, at=clock.now(), why=leg.result)
    notices.tell_reported_leg(leg)
    return referral.id


@errand
def confirm_leg(referral_id: int, *, actor_id: int) -> int:
    """追踪: whoever sent it is content. The result goes on to whoever sent it to them.

    The community's own yes closes the referral. Returns its id. Raises ReferralNotFound,
    NotYourStep, LegCannotMove.
    """
    at = clock.now()
    referral, leg = _take_up(referral_id, LegMove.CONFIRM, actor_id)
    _move(leg, LegMove.CONFIRM, actor_id=actor_id, at=at)
    leg.ended_at = at
    db.session.flush()
    before = _leg_before(referral, leg)
    if before is None:
        _close(referral, LegState.CONFIRMED, at=at)
        note_on_matter(referral, "referral_done", actor_id=actor_id, at=at)
        notices.tell_closed(referral)
        notices.tell_asker(
            referral, N_("协调好了：%(title)s"), N_("您提的“%(title)s”上级已协调办结：%(result)s"),
            result=leg.result,
        )  # fmt: skip
        return referral.id
    before.result = leg.result
    _move(before, LegMove.RELAY, actor_id=None, at=at, why=leg.result)
    notices.tell_reported_leg(before)
    return referral.id


@errand
def ask_again(referral_id: int, *, actor_id: int, reason: str) -> int:
    """Whoever sent it is not content: it goes back into hand. Returns the referral's id.

    Raises ReferralNotFound, NotYourStep, LegCannotMove, ReasonOfReturnMissing.
    """
    at = clock.now()
    referral, leg = _take_up(referral_id, LegMove.AGAIN, actor_id)
    move_leg(leg.state, LegMove.AGAIN)
    if not reason.strip():
        raise ReasonOfReturnMissing
    _move(leg, LegMove.AGAIN, actor_id=actor_id, at=at, why=reason.strip())
    leg.since, leg.late_told_at = at, None
    notices.tell_again(leg, reason.strip())
    return referral.id


def _take_up(referral_id: int, what: LegMove, actor_id: int) -> tuple[Referral, Leg]:
    """The referral under its lock, and the hand-over whose turn it is."""
    referral = lock_referral(referral_id)
    leg = get_current(referral)
    ensure_may_step(actor_id, referral, leg, what)
    return referral, leg


def _leg_before(referral: Referral, leg: Leg) -> Leg | None:
    """The hand-over that this one passes on: the last that still waits for it."""
    waiting = [
        each
        for each in referral.legs
        if each.number < leg.number and each.state == LegState.PASSED_ON
    ]
    return waiting[-1] if waiting else None


def _move(
    leg: Leg, what: LegMove, *, actor_id: int | None, at: datetime, why: str | None = None
) -> None:
    before, leg.state = leg.state, move_leg(leg.state, what)
    place = whose_step(leg, what).name
    note_referral_event(leg, what, before=before, place=place, actor_id=actor_id, at=at, why=why)


def _close(referral: Referral, outcome: LegState, *, at: datetime) -> None:
    referral.closed_at, referral.outcome = at, outcome


def _find_spot(key: str) -> Spot:
    """The place of a form's choice. Raises AreaNotFound, UnitNotFound."""
    kind, _colon, number = key.partition(":")
    if not number.isdecimal():
        raise AreaNotFound
    if kind == "unit":
        unit = get_unit(int(number))
        if unit.home_area is None:
            raise UnitNotFound
        return spot_of_unit(unit)
    return spot_of_area(get_area(int(number)))
