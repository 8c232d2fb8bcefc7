"""Check-in and check-out by the volunteer."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from foundation.db import db, transaction
from tests.makers import make_volunteer, make_wish
from tests.wishes.on_the_day import START, at, code_of, go, kept, make_slip, now, seated
from wishes.models import AttendanceEvent, ToolPledge, Wish, WishEvent
from wishes.refusals.attendance import (
    AlreadyHere,
    AlreadyLeft,
    CodeNeeded,
    HostMarks,
    NotHereYet,
    NotOnThisWish,
    TooEarlyToArrive,
    TooLateToArrive,
    TooLateToLeave,
    ToolNotYours,
    WishClosedForAttendance,
)
from wishes.rules.kinds import Provision, Venue
from wishes.rules.life import WishState
from wishes.rules.proof import Proof
from wishes.services.attending import arrive, leave
from wishes.services.claiming import claim_wish

__all__ = ["now"]
pytestmark = pytest.mark.usefixtures("app", "now")


def test_the_site_s_code_takes_a_person_in_and_out(now: time_machine.Traveller) -> None:
    wish_id, person = seated()
    go(now, -8)
    arrive(wish_id, actor_id=person.id, code=code_of(wish_id))
    go(now, 61)
    leave(wish_id, actor_id=person.id, code=code_of(wish_id))
    row = kept(wish_id)
    assert (row.arrived_at, row.left_at) == (at(-8), at(61))
    assert (row.arrived_proof, row.left_proof) == (Proof.CODE, Proof.CODE)
    events = db.session.execute(
        select(AttendanceEvent.what, AttendanceEvent.actor_id).order_by(AttendanceEvent.id)
    )
    assert [tuple(event) for event in events] == [("arrive", person.id), ("leave", person.id)]


def test_the_first_arrival_starts_the_service_once(now: time_machine.Traveller) -> None:
    wish_id, person = seated(headcount=2)
    other = make_volunteer()
    claim_wish(wish_id, actor_id=other.id)
    go(now, 0)
    arrive(wish_id, actor_id=person.id, code=code_of(wish_id))
    arrive(wish_id, actor_id=other.id, code=code_of(wish_id))
    assert db.session.get_one(Wish, wish_id).state == WishState.IN_SERVICE
    starts = select(func.count()).select_from(WishEvent).where(WishEvent.what == "start")
    assert db.session.execute(starts).scalar_one() == 1


def test_the_slip_s_codes_prove_a_visit_at_home(now: time_machine.Traveller) -> None:
    wish_id, person = seated(Venue.HOME)
    make_slip(wish_id)
    go(now, 0)
    arrive(wish_id, actor_id=person.id, code="111 222")
    go(now, 50)
    leave(wish_id, actor_id=person.id, code="333444")
    assert (kept(wish_id).arrived_proof, kept(wish_id).left_proof) == (Proof.SLIP, Proof.SLIP)


def test_without_slip_and_phone_the_own_tap_is_noted(now: time_machine.Traveller) -> None:
    wish_id, person = seated(Venue.HOME)
    go(now, 0)
    arrive(wish_id, actor_id=person.id)
    assert kept(wish_id).arrived_proof == Proof.TAP


def test_on_a_site_a_tap_is_not_enough(now: time_machine.Traveller) -> None:
    wish_id, person = seated(Venue.OUTDOORS)
    go(now, 0)
    with pytest.raises(CodeNeeded):
        arrive(wish_id, actor_id=person.id)


def test_online_the_host_marks(now: time_machine.Traveller) -> None:
    wish_id, person = seated(Venue.ONLINE)
    go(now, 0)
    with pytest.raises(HostMarks):
        arrive(wish_id, actor_id=person.id, code=code_of(wish_id))


@pytest.mark.parametrize(("minutes", "refusal"), [(-61, TooEarlyToArrive), (121, TooLateToArrive)])
def test_check_in_has_its_hours(
    now: time_machine.Traveller, minutes: int, refusal: type[Exception]
) -> None:
    wish_id, person = seated()
    go(now, minutes)
    with pytest.raises(refusal):
        arrive(wish_id, actor_id=person.id, code=code_of(wish_id))


def test_three_hours_after_the_end_a_worker_enters_the_check_out(
    now: time_machine.Traveller,
) -> None:
    wish_id, person = seated()
    go(now, 0)
    arrive(wish_id, actor_id=person.id, code=code_of(wish_id))
    go(now, 241)
    with pytest.raises(TooLateToLeave):
        leave(wish_id, actor_id=person.id, code=code_of(wish_id))


def test_arriving_and_leaving_happen_once_each(now: time_machine.Traveller) -> None:
    wish_id, person = seated()
    go(now, 0)
    with pytest.raises(NotHereYet):
        leave(wish_id, actor_id=person.id, code=code_of(wish_id))
    arrive(wish_id, actor_id=person.id, code=code_of(wish_id))
    with pytest.raises(AlreadyHere, match="9:00"):
        arrive(wish_id, actor_id=person.id, code=code_of(wish_id))
    go(now, 30)
    leave(wish_id, actor_id=person.id, code=code_of(wish_id))
    with pytest.raises(AlreadyLeft, match="9:30"):
        leave(wish_id, actor_id=person.id, code=code_of(wish_id))


def test_somebody_without_a_named_place_cannot_check_in(now: time_machine.Traveller) -> None:
    wish_id, _person = seated()
    go(now, 0)
    with pytest.raises(NotOnThisWish):
        arrive(wish_id, actor_id=make_volunteer().id, code=code_of(wish_id))


def test_a_cancelled_wish_takes_no_attendance(now: time_machine.Traveller) -> None:
    wish_id, person = seated()
    with transaction() as session:
        session.get_one(Wish, wish_id).state = WishState.CANCELLED
    go(now, 0)
    with pytest.raises(WishClosedForAttendance):
        arrive(wish_id, actor_id=person.id, code=code_of(wish_id))


def test_a_forgotten_check_out_does_not_block_the_next_wish(now: time_machine.Traveller) -> None:
    first, person = seated()
    second = make_wish(venue=Venue.CENTRE, starts_at=START + timedelta(hours=1)).id
    claim_wish(second, actor_id=person.id)
    go(now, 0)
    arrive(first, actor_id=person.id, code=code_of(first))
    go(now, 60)
    arrive(second, actor_id=person.id, code=code_of(second))
    assert kept(first).left_at is None


def test_a_borrowed_tool_comes_back_at_check_out(now: time_machine.Traveller) -> None:
    wish = make_wish(starts_at=START, headcount=2, tools=[("梯子", Provision.BORROW)])
    ladder, person, other = wish.tools[0].id, make_volunteer(), make_volunteer()
    claim_wish(wish.id, actor_id=person.id, tools=[ladder])
    claim_wish(wish.id, actor_id=other.id)
    pledge = db.session.scalars(select(ToolPledge.id)).one()
    go(now, 0)
    for each in (person, other):
        arrive(wish.id, actor_id=each.id, code=code_of(wish.id))
    go(now, 40)
    with pytest.raises(ToolNotYours):
        leave(wish.id, actor_id=other.id, code=code_of(wish.id), returned=[pledge])
    leave(wish.id, actor_id=person.id, code=code_of(wish.id), returned=[pledge])
    assert db.session.get_one(ToolPledge, pledge).returned_at == at(40)
