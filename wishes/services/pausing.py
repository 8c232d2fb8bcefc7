"""A clock stands still with a reason, and runs again; the paused days do not count."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.violations import broke
from wishes.models import Pause
from wishes.policies.asks import ensure_may_decide
from wishes.policies.referrals import ensure_may_step
from wishes.policies.wishes import ensure_may_write
from wishes.queries.asks import lock_ask
from wishes.queries.completion import lock_wish
from wishes.queries.overdue import find_pause
from wishes.queries.referrals import get_current, lock_referral
from wishes.refusals.referrals import AlreadyPaused, NothingToPause, NotPaused
from wishes.rules.lateness import PAUSE_LABELS, Kind, PauseReason
from wishes.rules.life import LIVE
from wishes.rules.referrals import REFERABLE_ASKS, LegMove, LegState
from wishes.services.asking import note_ask_event
from wishes.services.placing import note_event
from wishes.services.referring import note_referral_event


@errand
def pause_clock(
    kind: Kind, matter_id: int, *, actor_id: int, reason: PauseReason, words: str = ""
) -> int:
    """Let the clock of an ask, a wish or a referral stand still. Returns the pause's id.

    Raises what its policy raises for strangers, NothingToPause, AlreadyPaused.
    """
    at = clock.now()
    _ensure_in_hand(kind, matter_id, actor_id)
    pause = Pause(
        **{f"{kind}_id": matter_id}, reason=reason, words=words.strip()[:200], paused_at=at,
        paused_by_id=actor_id,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(pause)
    except IntegrityError as error:
        if broke(error, f"uq_clock_pause_live_{kind}", f"clock_pause.{kind}_id"):
            raise AlreadyPaused from error
        raise
    _note(kind, matter_id, "pause", actor_id, at, why=words.strip() or PAUSE_LABELS[reason])
    return pause.id


@errand
def resume_clock(kind: Kind, matter_id: int, *, actor_id: int) -> int:
    """Let the clock run again. Returns the pause's id. Raises NotPaused."""
    at = clock.now()
    _ensure_in_hand(kind, matter_id, actor_id)
    pause = find_pause(kind, matter_id)
    if pause is None:
        raise NotPaused
    pause.resumed_at, pause.resumed_by_id = at, actor_id
    _note(kind, matter_id, "resume", actor_id, at)
    return pause.id


def _ensure_in_hand(kind: Kind, matter_id: int, actor_id: int) -> None:
    """Lock the thing; only whoever has it in hand, and only while a clock runs on it."""
    if kind is Kind.ASK:
        ask = lock_ask(matter_id)
        ensure_may_decide(actor_id, ask)
        runs = ask.state in REFERABLE_ASKS
    elif kind is Kind.WISH:
        wish = lock_wish(matter_id)
        ensure_may_write(actor_id, wish)
        runs = wish.state in LIVE
    else:
        referral = lock_referral(matter_id)
        leg = get_current(referral)
        ensure_may_step(actor_id, referral, leg, LegMove.REPORT)
        runs = leg.state in (LegState.SENT, LegState.ACCEPTED)
    if not runs:
        raise NothingToPause


def _note(
    kind: Kind, matter_id: int, what: str, actor_id: int, at: datetime, why: str | None = None
) -> None:
    if kind is Kind.ASK:
        ask = lock_ask(matter_id)
        note_ask_event(ask, what, before=ask.state, actor_id=actor_id, at=at, why=why)
    elif kind is Kind.WISH:
        wish = lock_wish(matter_id)
        note_event(wish.id, what, wish.state, wish.state, actor_id=actor_id, at=at, why=why)
    else:
        leg = get_current(lock_referral(matter_id))
        place = leg.to_unit.name if leg.to_unit else leg.to_area.name if leg.to_area else ""
        note_referral_event(
            leg, what, before=leg.state, place=place, actor_id=actor_id, at=at, why=why
        )
