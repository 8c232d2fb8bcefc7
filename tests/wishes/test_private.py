"""The resident's slip, and who may look at a door."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from foundation import clock
from foundation.db import db, transaction
from foundation.errands import DoneOnce, Once, under_key
from tests.makers import make_volunteer, make_wish, tomorrow
from wishes.models import PrivateLook, Slip, Wish
from wishes.queries.slips import find_live_slip
from wishes.refusals import WishNotFound
from wishes.refusals.publishing import (
    IdentityNotConfirmed,
    PrivateClosed,
    PrivateNotOpen,
    SlipNotForThis,
)
from wishes.rules.asking import PrivateWords
from wishes.rules.kinds import Venue
from wishes.services.claiming import claim_wish
from wishes.services.private import keep_private, look_at_details
from wishes.services.slips import print_slip

DOOR = PrivateWords(name="张奶奶", phone="+8613800000142", door="3号楼2单元501")


@pytest.mark.usefixtures("app")
class TestSlip:
    def test_a_new_print_ends_the_old_codes(self) -> None:
        wish = make_wish(venue=Venue.HOME)
        worker_id = wish.created_by_id
        first = print_slip(wish.id, actor_id=worker_id)
        second = print_slip(wish.id, actor_id=worker_id)
        live = find_live_slip(wish.id)
        assert live is not None
        assert live.id == second
        assert not db.session.get_one(Slip, first).live
        assert len({live.arrive_code, live.leave_code}) == 2
        assert all(len(code) == 6 for code in (live.arrive_code, live.leave_code))

    def test_only_home_visits_have_one(self) -> None:
        wish = make_wish(venue=Venue.CENTRE)
        with pytest.raises(SlipNotForThis):
            print_slip(wish.id, actor_id=wish.created_by_id)


def home_visit(*, starts_at: datetime | None = None) -> Wish:
    wish = make_wish(venue=Venue.HOME, headcount=3, starts_at=starts_at)
    wish_id = wish.id
    with transaction():
        keep_private(DOOR, wish_id=wish_id)
    return db.session.get_one(Wish, wish_id)


@pytest.mark.usefixtures("app")
class TestLooking:
    def test_staff_see_the_door_and_the_look_is_written_down(self) -> None:
        wish = home_visit()
        assert look_at_details(wish.id, actor_id=wish.created_by_id).door == DOOR.door
        assert [look.looked_as for look in db.session.scalars(select(PrivateLook))] == ["staff"]

    def test_a_claimant_waits_until_24_hours_before(self) -> None:
        starts_at = tomorrow()
        wish, person = home_visit(starts_at=starts_at), make_volunteer()
        wish_id, person_id = wish.id, person.id
        claim_wish(wish_id, actor_id=person_id)
        with pytest.raises(PrivateNotOpen):
            look_at_details(wish_id, actor_id=person_id)
        with time_machine.travel(starts_at - timedelta(hours=23), tick=False):
            assert look_at_details(wish_id, actor_id=person_id).phone == DOOR.phone
        with (
            time_machine.travel(starts_at + timedelta(days=5), tick=False),
            pytest.raises(PrivateClosed),
        ):
            look_at_details(wish_id, actor_id=person_id)
        assert db.session.scalars(select(PrivateLook.looked_as)).all() == ["claimant"]

    def test_an_unconfirmed_claimant_and_a_stranger_see_nothing(self) -> None:
        soon = clock.now() + timedelta(hours=5)
        wish, person = home_visit(starts_at=soon), make_volunteer(confirmed=False)
        claim_wish(wish.id, actor_id=person.id)
        with pytest.raises(IdentityNotConfirmed):
            look_at_details(wish.id, actor_id=person.id)
        with pytest.raises(WishNotFound):
            look_at_details(wish.id, actor_id=make_volunteer().id)
        assert db.session.scalars(select(PrivateLook.id)).all() == []

    def test_details_are_never_kept_as_an_errands_answer(self) -> None:
        wish = home_visit()
        with under_key(Once("user:1", "look", "key", "body")):
            look_at_details(wish.id, actor_id=wish.created_by_id)
        assert [row.result for row in db.session.scalars(select(DoneOnce))] == [None]
