"""顶替: a place goes from one person to another in one errand, with the other one's yes."""

from __future__ import annotations

from datetime import datetime, time

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from accounts.queries.people import (
    get_person,
    list_colleague_ids,
    list_coordinator_ids,
)
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.refusal import N_
from foundation.violations import broke
from wishes.models import Claim, Place, StandIn, ToolPledge
from wishes.notices import changes as notices
from wishes.queries.attendance import find_attendance, get_seat
from wishes.queries.places import ClaimFacts, get_claim_facts, lock_claim
from wishes.queries.stand_ins import (
    count_asked,
    find_who,
    get_offer_of,
    get_offer_to,
    lock_offer,
)
from wishes.refusals import ClaimNotFound, NotAColleague
from wishes.refusals.changes import (
    AskedAlready,
    AskedTooOften,
    NotOneself,
    StandInOver,
    TooLateToSwap,
)
from wishes.rules.deadlines import withdraw_until
from wishes.rules.life import CLAIMABLE
from wishes.rules.standing_in import MOST_A_DAY, StandInState
from wishes.services import placing
from wishes.services.leaving import is_own
from wishes.services.no_shows import ensure_may_go_on

STOOD_IN = N_("请人顶替了")


@errand
def ask_stand_in(wish_id: int, *, actor_id: int, who: str) -> int:
    """Offer one's place to whoever has this phone or volunteer number. Returns the offer's id.

    The answer is the same when nobody has it, or when a unit's place goes only to its colleagues:
    a number is not tried out. Raises NotOnThisWish, NotOneself, TooLateToSwap, AskedAlready,
    AskedTooOften.
    """
    at = clock.now()
    claim = lock_claim(get_seat(wish_id, actor_id).claim_id)
    place = get_seat(wish_id, actor_id)
    wish = get_claim_facts(wish_id)
    _ensure_in_time(wish, actor_id, at=at)
    midnight = clock.from_local(clock.local_day(at), time.min)
    if count_asked(actor_id, since=midnight) >= MOST_A_DAY:
        raise AskedTooOften(most=MOST_A_DAY)
    person = find_who(who)
    if person is not None and person.id == actor_id:
        raise NotOneself
    asked_id = person.id if person is not None and _may_have(claim, person.id) else None
    offer = _write_offer(place.id, actor_id, asked_id, at=at)
    if asked_id is not None:
        notices.tell_asked_to_stand_in(
            wish, asked_id, stand_in_id=offer.id, name=get_person(actor_id).name
        )
    return offer.id


@errand
def accept_stand_in(stand_in_id: int, *, actor_id: int) -> int:
    """Take over the place that was offered, its time and its tools. Returns the wish's id.

    Raises StandInNotFound, StandInOver, TooLateToSwap, AlreadyClaimed, NameTwice, BusyThen,
    NotAColleague, NeedsNod.
    """
    at = clock.now()
    ensure_may_go_on(actor_id, at=at)
    place = get_offer_to(stand_in_id, actor_id).place
    claim = _lock_claim(place.claim_id)
    offer = lock_offer(stand_in_id)
    db.session.refresh(place)
    if offer.state != StandInState.ASKED or not place.live:
        raise StandInOver
    wish = get_claim_facts(place.wish_id)
    before = place.user_id
    _ensure_in_time(wish, before, at=at)
    if not _may_have(claim, actor_id):
        raise NotAColleague(name=get_person(actor_id).name)
    offer.state, offer.ended_at = StandInState.ACCEPTED, at
    _move_seat(wish, claim, place, actor_id, at=at)
    placing.note_event(wish.id, "stand_in", wish.state, wish.state, actor_id=actor_id, at=at)
    _tell(wish, claim.organisation_id, before, actor_id, at=at)
    return wish.id


@errand
def decline_stand_in(stand_in_id: int, *, actor_id: int) -> int:
    """Say no; the place stays where it was. Returns the wish's id.

    Raises StandInNotFound, StandInOver.
    """
    get_offer_to(stand_in_id, actor_id)
    offer = _end(stand_in_id, StandInState.DECLINED)
    notices.tell_stand_in_declined(get_claim_facts(offer.place.wish_id), offer.asked_by_id)
    return offer.place.wish_id


@errand
def take_stand_in_back(stand_in_id: int, *, actor_id: int) -> int:
    """Ask nobody any more. Returns the wish's id. Raises StandInNotFound, StandInOver."""
    get_offer_of(stand_in_id, actor_id)
    return _end(stand_in_id, StandInState.TAKEN_BACK).place.wish_id


def _end(stand_in_id: int, state: StandInState) -> StandIn:
    offer = lock_offer(stand_in_id)
    if offer.state != StandInState.ASKED:
        raise StandInOver
    offer.state, offer.ended_at = state, clock.now()
    return offer


def _ensure_in_time(wish: ClaimFacts, user_id: int, *, at: datetime) -> None:
    kept = find_attendance(wish.id, user_id)
    came = kept is not None and kept.arrived_at is not None
    if wish.state not in CLAIMABLE or wish.starts_at <= at or came:
        raise TooLateToSwap


def _may_have(claim: Claim, user_id: int) -> bool:
    if claim.organisation_id is None:
        return True
    return user_id in list_colleague_ids(claim.organisation_id)


def _write_offer(place_id: int, actor_id: int, asked_id: int | None, *, at: datetime) -> StandIn:
    offer = StandIn(
        place_id=place_id, asked_by_id=actor_id, asked_id=asked_id, asked_at=at,
        state=StandInState.ASKED,
    )  # fmt: skip
    db.session.add(offer)
    try:
        db.session.flush()
    except IntegrityError as error:
        if broke(error, "uq_stand_in_live", "stand_in.place_id"):
            raise AskedAlready from error
        raise
    return offer


def _lock_claim(claim_id: int) -> Claim:
    try:
        return lock_claim(claim_id)
    except ClaimNotFound:
        raise StandInOver from None


def _move_seat(wish: ClaimFacts, claim: Claim, place: Place, user_id: int, *, at: datetime) -> None:
    """The place is never free in between: nobody in line is passed over, nobody slips in."""
    before, claim_id = place.user_id, claim.id
    placing.unseat([place.id], at=at)
    if is_own(claim, before):
        claim_id = placing.write_claim(
            wish.id, claimed_by_id=user_id, organisation_id=None, places=1, at=at
        )
        _leave_claim(claim, claim_id, at=at)
    placing.seat(wish, claim_id, user_id, named_by_id=before, at=at)


def _leave_claim(claim: Claim, new_id: int, *, at: datetime) -> None:
    """Friends stay on the old claim; when nobody is left on it, its tools go along."""
    if claim.places > 1:
        claim.places -= 1
        return
    statement = update(ToolPledge).where(ToolPledge.claim_id == claim.id, ToolPledge.live)
    db.session.execute(statement.values(claim_id=new_id))
    placing.end_claim(claim, why=STOOD_IN, at=at)


def _tell(wish: ClaimFacts, unit_id: int | None, before: int, now: int, *, at: datetime) -> None:
    name, other = get_person(now).name, get_person(before).name
    notices.tell_stood_in(wish, before, name=name)
    boss = list_coordinator_ids(unit_id) if unit_id is not None else []
    if at > withdraw_until(wish.starts_at):
        notices.tell_staff_stood_in(wish, boss, name=name, instead_of=other)
    elif boss:
        notices.tell_who_stood_in(wish, boss, name=name, instead_of=other)
