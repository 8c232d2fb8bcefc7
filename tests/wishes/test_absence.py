"""我来不了, places without names, wishes that nobody took."""

from __future__ import annotations

import pytest
import time_machine
from sqlalchemy import select

from foundation.db import db
from foundation.outbox import Message
from tests.makers import (
    make_colleague,
    make_community,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.wishes.on_the_day import START, at, code_of, go, now, seated
from wishes.models import Claim, Commitment, Place, Wish
from wishes.refusals.attendance import (
    AlreadyHere,
    NotOnThisWish,
    TooLateToCancel,
    WithdrawInstead,
)
from wishes.rules.life import WishState
from wishes.services.absence import cannot_come
from wishes.services.attending import arrive
from wishes.services.claiming import claim_for_unit, claim_wish
from wishes.services.clocks import run_due

__all__ = ["now"]
pytestmark = pytest.mark.usefixtures("app", "now")


def wish_of(wish_id: int) -> Wish:
    return db.session.get_one(Wish, wish_id)


def told(kind: str) -> set[int]:
    return set(db.session.scalars(select(Message.user_id).where(Message.kind == kind)))


def unit_claim(headcount: int = 3, places: int = 2, *, named: bool = True) -> tuple[int, int, int]:
    """A wish, the unit's coordinator, and the named colleague."""
    unit = make_unit()
    boss, colleague = make_coordinator(unit=unit), make_colleague(unit=unit)
    ids = (make_wish(headcount=headcount, starts_at=START).id, boss.id, colleague.id)
    claim_for_unit(
        ids[0], actor_id=ids[1], organisation_id=unit.id, places=places,
        named=[ids[2]] if named else [],
    )  # fmt: skip
    return ids


class TestCannotCome:
    def test_after_the_deadline_the_place_is_free_again(self, now: time_machine.Traveller) -> None:
        community = make_community()
        worker = make_worker(community=community)
        wish_id, person = seated(community=community)
        go(now, -60)
        cannot_come(wish_id, actor_id=person.id, why="孩子发烧")
        wish = wish_of(wish_id)
        assert (wish.state, wish.places_taken) == (WishState.OPEN, 0)
        assert db.session.scalars(select(Place.cannot_come_at)).one() == at(-60)
        assert not db.session.scalars(select(Commitment.live)).one()
        assert worker.id in told("cannot_come")
        claim_wish(wish_id, actor_id=make_volunteer().id)

    def test_before_the_deadline_one_withdraws(self) -> None:
        wish_id, person = seated()
        with pytest.raises(WithdrawInstead):
            cannot_come(wish_id, actor_id=person.id)

    def test_a_friend_s_place_stays_when_the_claimant_cannot_come(
        self, now: time_machine.Traveller
    ) -> None:
        person, wish_id = make_volunteer(), make_wish(headcount=2, starts_at=START).id
        claim_wish(wish_id, actor_id=person.id, places=2)
        go(now, -60)
        cannot_come(wish_id, actor_id=person.id)
        claim = db.session.scalars(select(Claim)).one()
        assert (claim.live, claim.places, wish_of(wish_id).places_taken) == (True, 1, 1)

    def test_a_named_colleague_s_place_stays_with_the_unit(self) -> None:
        wish_id, boss, colleague = unit_claim()
        cannot_come(wish_id, actor_id=colleague, why="出差")
        assert wish_of(wish_id).places_taken == 2
        assert boss in told("cannot_come")
        with pytest.raises(NotOnThisWish):
            cannot_come(wish_id, actor_id=colleague)

    def test_who_is_here_already_came(self, now: time_machine.Traveller) -> None:
        wish_id, person = seated()
        go(now, 0)
        arrive(wish_id, actor_id=person.id, code=code_of(wish_id))
        with pytest.raises(AlreadyHere):
            cannot_come(wish_id, actor_id=person.id)

    def test_after_the_end_it_is_too_late(self, now: time_machine.Traveller) -> None:
        wish_id, person = seated()
        go(now, 60)
        with pytest.raises(TooLateToCancel):
            cannot_come(wish_id, actor_id=person.id)
        assert wish_of(wish_id).places_taken == 1


class TestRelease:
    def test_places_without_a_name_go_back_twelve_hours_before(
        self, now: time_machine.Traveller
    ) -> None:
        wish_id, boss, _colleague = unit_claim(headcount=2, places=2)
        go(now, -12 * 60 - 1)
        assert run_due().places_released == 0
        go(now, -12 * 60)
        assert run_due().places_released == 1
        wish = wish_of(wish_id)
        assert (wish.state, wish.places_taken) == (WishState.OPEN, 1)
        assert told("released") == {boss}

    def test_it_happens_once(self, now: time_machine.Traveller) -> None:
        wish_id, _boss, _colleague = unit_claim()
        go(now, -60)
        run_due()
        assert run_due().places_released == 0
        assert wish_of(wish_id).places_taken == 1

    def test_a_claim_without_any_name_ends(self, now: time_machine.Traveller) -> None:
        unit_claim(named=False)
        go(now, -60)
        assert run_due().places_released == 2
        assert not db.session.scalars(select(Claim.live)).one()

    def test_a_late_claim_has_an_hour_for_its_names(self, now: time_machine.Traveller) -> None:
        go(now, -5 * 60)
        unit_claim()
        assert run_due().places_released == 0
        go(now, -4 * 60)
        assert run_due().places_released == 1

    def test_a_person_s_friends_are_not_touched(self, now: time_machine.Traveller) -> None:
        wish_id = make_wish(headcount=3, starts_at=START).id
        claim_wish(wish_id, actor_id=make_volunteer().id, places=3)
        go(now, -60)
        assert run_due().places_released == 0


class TestExpiry:
    def test_a_wish_nobody_took_runs_out_and_its_author_is_told(
        self, now: time_machine.Traveller
    ) -> None:
        wish_id = make_wish(starts_at=START).id
        go(now, 59)
        assert run_due().wishes_expired == 0
        go(now, 60)
        assert run_due().wishes_expired == 1
        assert run_due().wishes_expired == 0
        wish = wish_of(wish_id)
        assert (wish.state, wish.closed_at) == (WishState.EXPIRED, at(60))
        assert told("expired") == {wish.created_by_id}

    def test_a_wish_with_a_taker_stays(self, now: time_machine.Traveller) -> None:
        wish_id, _person = seated(headcount=2)
        go(now, 600)
        assert run_due().wishes_expired == 0
        assert wish_of(wish_id).state == WishState.OPEN
