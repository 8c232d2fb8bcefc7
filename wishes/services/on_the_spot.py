"""On the spot: a colleague who came without a name on the unit's place, a tool handed back."""

from __future__ import annotations

from sqlalchemy import update

from accounts.queries.people import find_by_number
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes.models import Claim, ToolPledge
from wishes.policies.attendance import ensure_may_run_the_day
from wishes.queries.attendance import get_seat, list_borrowed, lock_wish
from wishes.queries.places import get_claim_facts, lock_claim
from wishes.refusals import ClaimNotFound
from wishes.refusals.attendance import (
    CannotMarkSelf,
    NotAUnitClaim,
    NumberUnknown,
    SpotNamingOver,
    ToolNotYours,
)
from wishes.rules.proof import Proof, arrival_window
from wishes.services import marking
from wishes.services.naming import name_colleagues


@errand
def name_on_the_spot(claim_id: int, *, actor_id: int, number: str) -> int:
    """Seat a colleague on a unit's free place and note the arrival, now, by roll call.

    Only somebody of the unit's roster, found by volunteer number, while check-in is open; all
    other names are the coordinator's. Returns the person's id. Raises ClaimNotFound,
    WishNotFound, NotAUnitClaim, NumberUnknown, CannotMarkSelf, SpotNamingOver, NotAColleague,
    TooManyNames, NameTwice, BusyThen.
    """
    at = clock.now()
    claim = lock_claim(claim_id)
    wish = lock_wish(claim.wish_id)
    ensure_may_run_the_day(actor_id, wish)
    marking.ensure_takes_attendance(wish)
    if claim.organisation_id is None:
        raise NotAUnitClaim
    person = find_by_number(number)
    if person is None:
        raise NumberUnknown
    user_id = person.id
    if user_id == actor_id:
        raise CannotMarkSelf
    opens, closes = arrival_window(*marking.planned(wish))
    if not opens <= at <= closes:
        raise SpotNamingOver
    name_colleagues(
        get_claim_facts(wish.id), claim.id, [user_id],
        organisation_id=claim.organisation_id, actor_id=actor_id, at=at,
    )  # fmt: skip
    kept = marking.attendance_of(wish, get_seat(wish.id, user_id))
    marking.set_arrival(kept, at, Proof.ROLL_CALL, actor_id=actor_id, at=at)
    marking.start_service(wish, actor_id=actor_id, at=at)
    return user_id


@errand
def take_tool_back(pledge_id: int, *, actor_id: int) -> int:
    """Staff note a borrowed tool as returned. Returns the wish's id. Raises ToolNotYours."""
    pledge = db.session.get(ToolPledge, pledge_id)
    claim = db.session.get(Claim, pledge.claim_id) if pledge is not None else None
    if claim is None:
        raise ClaimNotFound
    ensure_may_run_the_day(actor_id, claim.wish)
    if pledge_id not in {kept for kept, _name in list_borrowed(claim.id)}:
        raise ToolNotYours
    statement = update(ToolPledge).where(ToolPledge.id == pledge_id)
    db.session.execute(statement.values(returned_at=clock.now()))
    return claim.wish_id
