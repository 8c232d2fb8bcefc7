"""What a code proves: the site's rotating code, the resident's slip, or the person's own tap."""

from __future__ import annotations

import hmac
from datetime import datetime

from sqlalchemy import insert

from foundation import clock
from foundation.db import db
from foundation.errands import errand, under_key
from foundation.labels import time_of_day
from wishes.models import CodeTry, Slip, SlipUse, Wish
from wishes.queries.attendance import find_tries, is_slip_used, list_slips, lock_wish
from wishes.queries.my_day import list_my_day
from wishes.refusals.attendance import (
    CodeNeeded,
    CodeOfAnotherWish,
    HostMarks,
    OwnSlip,
    SlipCodeUsed,
    SlipReplaced,
    SlipSideWrong,
    StaleCode,
    TooManyTries,
    WrongCode,
)
from wishes.rules.kinds import Venue
from wishes.rules.proof import (
    LOCKED_FOR,
    TRIES,
    Proof,
    SlipSide,
    clean_code,
    is_current_code,
    was_code,
)


def prove(wish: Wish, code: str | None, *, actor_id: int, side: SlipSide, at: datetime) -> Proof:
    """How this code shows that the person is there now; a used slip code is written down.

    None is the person's own tap, at a home only. Raises HostMarks, CodeNeeded, TooManyTries,
    SlipCodeUsed, WrongCode and its kinds.
    """
    if wish.venue == Venue.ONLINE:
        raise HostMarks
    if code is None and wish.venue == Venue.HOME:
        return Proof.TAP
    digits = clean_code(code)
    if not digits:
        raise CodeNeeded
    tries = find_tries(wish.id, actor_id)
    if tries is not None and tries.locked_until is not None and tries.locked_until > at:
        raise TooManyTries(until=time_of_day(tries.locked_until))
    if is_current_code(wish.gate_secret, digits, at):
        proof = Proof.CODE
    else:
        _use_slip(wish, digits, actor_id=actor_id, side=side, at=at)
        proof = Proof.SLIP
    if tries is not None:
        db.session.delete(tries)
    return proof


def _use_slip(wish: Wish, digits: str, *, actor_id: int, side: SlipSide, at: datetime) -> None:
    slip, found = _find_side(wish, digits, actor_id=actor_id, at=at)
    if not slip.live:
        raise SlipReplaced
    if slip.printed_by_id == actor_id:
        raise OwnSlip
    if found is not side:
        raise SlipSideWrong
    if is_slip_used(slip.id, actor_id, side):
        raise SlipCodeUsed
    db.session.execute(insert(SlipUse).values(slip_id=slip.id, user_id=actor_id, side=side, at=at))


def _find_side(wish: Wish, digits: str, *, actor_id: int, at: datetime) -> tuple[Slip, SlipSide]:
    for slip in list_slips(wish.id):
        for side, kept in ((SlipSide.ARRIVE, slip.arrive_code), (SlipSide.LEAVE, slip.leave_code)):
            if hmac.compare_digest(clean_code(kept).encode(), digits.encode()):
                return slip, side
    if was_code(wish.gate_secret, digits, at):
        raise StaleCode
    for other in list_my_day(actor_id, at):
        if other.wish_id != wish.id and is_current_code(other.gate_secret, digits, at):
            raise CodeOfAnotherWish(title=other.title)
    raise WrongCode


def count_wrong_code(wish_id: int, *, actor_id: int) -> None:
    """Remember a wrong code after its errand was rolled back; the fifth locks for ten minutes.

    Outside the page's key: the same form sent again with other digits is another guess.
    """
    with under_key(None):
        _count_wrong_code(wish_id, actor_id=actor_id)


@errand
def _count_wrong_code(wish_id: int, *, actor_id: int) -> None:
    at = clock.now()
    lock_wish(wish_id)
    tries = find_tries(wish_id, actor_id)
    fresh = tries is None or at - tries.last_at > LOCKED_FOR
    failures = 1 if fresh or tries is None else tries.failures + 1
    locked = failures >= TRIES
    db.session.merge(
        CodeTry(
            user_id=actor_id, wish_id=wish_id, last_at=at, failures=0 if locked else failures,
            locked_until=at + LOCKED_FOR if locked else None,
        )
    )  # fmt: skip
