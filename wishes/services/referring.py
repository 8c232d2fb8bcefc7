"""承接—转办—落实—追踪: each step of a referral, by whoever has it in hand."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from accounts.models import Area
from accounts.queries.areas import get_area
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.refusal import N_
from foundation.violations import broke
from wishes.models import Ask, Leg, Referral, ReferralEvent, Wish
from wishes.notices import referrals as notices
from wishes.policies.asks import ensure_may_decide
from wishes.policies.wishes import ensure_may_write
from wishes.queries.asks import lock_ask
from wishes.queries.completion import lock_wish
from wishes.queries.referrals import (
    list_people_at,
    spot_of_area,
)
from wishes.refusals.referrals import (
    AlreadyReferred,
    NobodyThere,
    NotToRefer,
    WordsMissing,
)
from wishes.rules.life import ASK_LABELS, STATE_LABELS, AskState, WishState
from wishes.rules.referrals import (
    REFERABLE_ASKS,
    REFERABLE_WISHES,
    LegMove,
    LegState,
    Spot,
    Way,
    way_between,
)
from wishes.services.asking import note_ask_event
from wishes.services.placing import note_event


@errand
def refer_ask(ask_id: int, *, actor_id: int, words: str) -> int:
    """上报: the community sends an ask one level up; it keeps its state. Returns the referral's id.

    Raises AskNotFound, NotYourAsk, NotToRefer, WordsMissing, AlreadyReferred, SkipsALevel,
    NobodyThere.
    """
    ask = lock_ask(ask_id)
    ensure_may_decide(actor_id, ask)
    if ask.state not in REFERABLE_ASKS:
        raise NotToRefer(state=ASK_LABELS[AskState(ask.state)])
    return open_referral(ask=ask, actor_id=actor_id, words=words, at=clock.now()).id


@errand
def refer_wish(wish_id: int, *, actor_id: int, words: str) -> int:
    """上报: the community sends a wish one level up; it keeps its state. Returns the referral's id.

    Raises WishNotFound, NotYours, NotToRefer, WordsMissing, AlreadyReferred, SkipsALevel,
    NobodyThere.
    """
    wish = lock_wish(wish_id)
    ensure_may_write(actor_id, wish)
    if wish.state not in REFERABLE_WISHES:
        raise NotToRefer(state=STATE_LABELS[WishState(wish.state)])
    return open_referral(wish=wish, actor_id=actor_id, words=words, at=clock.now()).id


def open_referral(
    *, ask: Ask | None = None, wish: Wish | None = None, actor_id: int | None, words: str,
    at: datetime,
) -> Referral:  # fmt: skip
    """Open a referral one level up, inside the errand that is open; `actor_id` None: the clock."""
    community = ask.community if ask is not None else get_area(wish.community_id if wish else 0)
    if community.parent is None:
        raise NobodyThere(who=N_("上级"))
    referral = Referral(
        ask_id=ask.id if ask else None, wish_id=wish.id if wish else None,
        community_id=community.id, by_clock=actor_id is None, opened_at=at, opened_by_id=actor_id,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(referral)
    except IntegrityError as error:
        _ensure_first(error)
        raise
    receiver = spot_of_area(community.parent)
    leg = send_leg(referral, community, receiver, words=words, actor_id=actor_id, at=at)
    note_on_matter(referral, "refer", actor_id=actor_id, at=at)
    notices.tell_sent(leg, by_clock=actor_id is None)
    notices.tell_asker(
        referral,
        N_("已上报：%(title)s"),
        N_("您提的“%(title)s”已上报%(to)s协调。"),
        to=receiver.name,
    )
    return referral


def _ensure_first(error: IntegrityError) -> None:
    promises = (
        ("uq_referral_live_ask", "referral.ask_id"),
        ("uq_referral_live_wish", "referral.wish_id"),
        ("uq_referral_clock_ask", "referral.ask_id"),
    )
    if any(broke(error, name, column) for name, column in promises):
        raise AlreadyReferred from error


def send_leg(
    referral: Referral, here: Area, receiver: Spot, *, words: str, actor_id: int | None,
    at: datetime,
) -> Leg:  # fmt: skip
    """Write the next hand-over, inside the errand that is open."""
    way = way_between(spot_of_area(here), receiver)
    if not list_people_at(receiver):
        raise NobodyThere(who=receiver.name)
    leg = Leg(
        referral=referral, number=len(referral.legs) + 1, way=way, from_area=here,
        to_area_id=receiver.area_id, to_unit_id=receiver.unit_id, state=LegState.SENT,
        words=tidy_words(words), sent_at=at, sent_by_id=actor_id, since=at,
    )  # fmt: skip
    db.session.add(leg)
    db.session.flush()
    db.session.refresh(leg)
    note_referral_event(
        leg, way, before=LegState.SENT, place=here.name, actor_id=actor_id, at=at, why=leg.words
    )
    return leg


def note_referral_event(
    leg: Leg, what: LegMove | Way | str, *, before: LegState, place: str, actor_id: int | None,
    at: datetime, why: str | None = None,
) -> None:  # fmt: skip
    """Write one line of the record; the hand-over's state now is where it moved to."""
    db.session.execute(
        insert(ReferralEvent).values(
            referral_id=leg.referral_id, leg_id=leg.id, at=at, actor_id=actor_id, place=place,
            what=str(what), from_state=str(before), to_state=str(leg.state), why=why,
        )
    )  # fmt: skip


def note_on_matter(referral: Referral, what: str, *, actor_id: int | None, at: datetime) -> None:
    """One line in the history of the ask or the wish itself, which keeps its state."""
    if referral.ask is not None:
        note_ask_event(referral.ask, what, before=referral.ask.state, actor_id=actor_id, at=at)
    if referral.wish is not None:
        state = WishState(referral.wish.state)
        note_event(referral.wish.id, what, state, state, actor_id=actor_id, at=at)


def tidy_words(text: str) -> str:
    """The words without the spaces around them. Raises WordsMissing."""
    if not text.strip():
        raise WordsMissing
    return text.strip()
