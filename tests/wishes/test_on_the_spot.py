"""On the spot: who may be written on a unit's free place, and tools that come back."""

from __future__ import annotations

import pytest
import time_machine
from sqlalchemy import select

from accounts.models import User
from foundation.db import db
from tests.makers import (
    make_colleague,
    make_community,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.wishes.on_the_day import START, at, go, kept, now
from wishes.models import Claim, ToolPledge
from wishes.queries.day_sheet import attendance_summary, list_tools_out, list_unnamed
from wishes.refusals import NotAColleague, TooManyNames
from wishes.refusals.attendance import NotAUnitClaim, NumberUnknown, SpotNamingOver
from wishes.rules.kinds import Provision
from wishes.rules.proof import Proof
from wishes.services.claiming import claim_for_unit, claim_wish
from wishes.services.on_the_spot import name_on_the_spot, take_tool_back

__all__ = ["now"]
pytestmark = pytest.mark.usefixtures("app", "now")


def unit_day() -> tuple[int, int, int, list[User]]:
    """A wish with one unnamed place of a unit: (wish, claim, worker, two colleagues)."""
    community, unit = make_community(), make_unit()
    worker = make_worker(community=community)
    boss = make_coordinator(unit=unit)
    colleagues = [make_colleague(unit=unit), make_colleague(unit=unit)]
    wish_id = make_wish(community=community, headcount=3, starts_at=START).id
    claim_id = claim_for_unit(wish_id, actor_id=boss.id, organisation_id=unit.id, places=1)
    return wish_id, claim_id, worker.id, colleagues


def test_a_colleague_is_written_down_and_here(now: time_machine.Traveller) -> None:
    wish_id, claim_id, worker, colleagues = unit_day()
    assert [line.claim_id for line in list_unnamed(wish_id)] == [claim_id]
    go(now, 5)
    name_on_the_spot(claim_id, actor_id=worker, number=colleagues[0].volunteer_number)
    row = kept(wish_id)
    assert (row.arrived_at, row.arrived_proof) == (at(5), Proof.ROLL_CALL)
    assert row.organisation_id == db.session.get_one(Claim, claim_id).organisation_id
    assert list_unnamed(wish_id) == []
    assert (attendance_summary(wish_id).named, attendance_summary(wish_id).here) == (1, 1)


def test_only_as_many_as_the_unit_has_places(now: time_machine.Traveller) -> None:
    _wish_id, claim_id, worker, colleagues = unit_day()
    go(now, 0)
    numbers = [colleague.volunteer_number for colleague in colleagues]
    name_on_the_spot(claim_id, actor_id=worker, number=numbers[0])
    with pytest.raises(TooManyNames):
        name_on_the_spot(claim_id, actor_id=worker, number=numbers[1])


def test_a_stranger_is_not_written_on_the_unit_s_place(now: time_machine.Traveller) -> None:
    _wish_id, claim_id, worker, _colleagues = unit_day()
    stranger = make_volunteer().volunteer_number
    go(now, 0)
    with pytest.raises(NotAColleague):
        name_on_the_spot(claim_id, actor_id=worker, number=stranger)
    with pytest.raises(NumberUnknown):
        name_on_the_spot(claim_id, actor_id=worker, number="1234")


def test_names_are_not_invented_the_day_after(now: time_machine.Traveller) -> None:
    _wish_id, claim_id, worker, colleagues = unit_day()
    go(now, 24 * 60)
    with pytest.raises(SpotNamingOver):
        name_on_the_spot(claim_id, actor_id=worker, number=colleagues[0].volunteer_number)


def test_friends_without_a_name_earn_nothing(now: time_machine.Traveller) -> None:
    community = make_community()
    worker = make_worker(community=community).id
    wish_id = make_wish(community=community, headcount=2, starts_at=START).id
    claim_id = claim_wish(wish_id, actor_id=make_volunteer().id, places=2)
    friend = make_volunteer().volunteer_number
    go(now, 0)
    with pytest.raises(NotAUnitClaim):
        name_on_the_spot(claim_id, actor_id=worker, number=friend)


def test_staff_note_a_borrowed_tool_as_returned() -> None:
    community = make_community()
    worker = make_worker(community=community).id
    wish = make_wish(community=community, starts_at=START, tools=[("梯子", Provision.BORROW)])
    wish_id, person = wish.id, make_volunteer(name="李梅")
    claim_wish(wish_id, actor_id=person.id, tools=[wish.tools[0].id])
    [out] = list_tools_out(wish_id)
    assert (out.tool, out.who) == ("梯子", "李梅")
    take_tool_back(out.pledge_id, actor_id=worker)
    assert list_tools_out(wish_id) == []
    assert db.session.scalars(select(ToolPledge.returned_at)).one() is not None
