"""The roster: who stands on it, who joins with code and phone, who coordinates."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from accounts.models import Membership, Organisation, RosterEntry, User
from accounts.policies import coordinates
from accounts.queries.people import list_colleague_ids, list_coordinator_ids
from accounts.queries.rosters import list_roster
from accounts.refusals import (
    AlreadyOnRoster,
    JoinedByAnother,
    LastCoordinator,
    NoPhoneOnAccount,
    NotJoinedYet,
    NotOnRoster,
    TooManyJoinTries,
    UnitNotFound,
    WrongJoinCode,
)
from accounts.services.coordinators import appoint, hand_over, step_down
from accounts.services.joining import JOIN_LOCK, JOIN_TRIES, join_unit
from accounts.services.rosters import (
    RosterLine,
    add_colleague,
    import_roster,
    normal_join_code,
    renew_join_code,
)
from foundation import clock
from foundation.db import db, transaction
from foundation.outbox import Message
from tests.makers import make_colleague, make_coordinator, make_unit, make_volunteer

pytestmark = pytest.mark.usefixtures("app")
PHONE = "+8613800000142"
LINE = RosterLine("王小明", PHONE, "031")


@pytest.fixture
def unit() -> Organisation:
    return make_unit()


@pytest.fixture
def boss(unit: Organisation) -> User:
    return make_coordinator(unit=unit)


def roles_of(person: User) -> list[str]:
    query = select(Membership.role).where(
        Membership.user_id == person.id, Membership.ended_at.is_(None)
    )
    return sorted(db.session.scalars(query))


class TestRoster:
    def test_a_colleague_is_added_once(self, unit: Organisation, boss: User) -> None:
        add_colleague(unit.id, actor_id=boss.id, line=LINE)
        with pytest.raises(AlreadyOnRoster, match="王小明"):
            add_colleague(unit.id, actor_id=boss.id, line=RosterLine("另一个", PHONE))

    def test_a_coordinator_who_adds_themselves_has_joined(
        self, unit: Organisation, boss: User
    ) -> None:
        add_colleague(unit.id, actor_id=boss.id, line=RosterLine("我", boss.phone or ""))
        assert list_colleague_ids(unit.id) == {boss.id}

    def test_a_stranger_adds_nobody(self, unit: Organisation) -> None:
        with pytest.raises(UnitNotFound):
            add_colleague(unit.id, actor_id=make_volunteer().id, line=LINE)

    def test_an_import_adds_and_changes_by_phone(self, unit: Organisation, boss: User) -> None:
        add_colleague(unit.id, actor_id=boss.id, line=LINE)
        lines = [RosterLine("王晓明", PHONE, "032"), RosterLine("李喆", "+8613800000143")]
        assert import_roster(unit.id, actor_id=boss.id, lines=lines) == [1, 1]
        assert import_roster(unit.id, actor_id=boss.id, lines=lines) == [0, 0]
        assert [(e.name, e.staff_number) for e in list_roster(unit.id)] == [
            ("王晓明", "032"),
            ("李喆", None),
        ]

    def test_whoever_left_comes_back_on_the_old_line(self, unit: Organisation, boss: User) -> None:
        person = make_colleague(unit=unit)
        with transaction() as session:
            session.scalars(select(RosterEntry)).one().removed_at = clock.now()
        assert list_colleague_ids(unit.id) == set()
        add_colleague(unit.id, actor_id=boss.id, line=RosterLine("回来了", person.phone or ""))
        assert list_colleague_ids(unit.id) == {person.id}


class TestJoining:
    def join(self, unit: Organisation, phone: str | None = PHONE) -> User:
        person = make_volunteer(phone=phone)
        join_unit(unit.join_code, actor_id=person.id)
        return person

    def test_code_and_phone_make_a_colleague(self, unit: Organisation, boss: User) -> None:
        add_colleague(unit.id, actor_id=boss.id, line=LINE)
        person = self.join(unit)
        assert list_colleague_ids(unit.id) == {person.id}
        assert roles_of(person) == ["colleague"]

    def test_joining_twice_changes_nothing(self, unit: Organisation, boss: User) -> None:
        add_colleague(unit.id, actor_id=boss.id, line=LINE)
        person = self.join(unit)
        assert join_unit(unit.join_code, actor_id=person.id) == unit.id
        assert roles_of(person) == ["colleague"]

    @pytest.mark.parametrize("typed", ["ab cd-23 45", "ＡＢＣＤ２３４５", " abcd2345 "])
    def test_a_code_is_read_as_people_type_it(self, typed: str) -> None:
        assert normal_join_code(typed) == "ABCD2345"

    def test_a_phone_that_is_not_on_the_roster_is_told_so(self, unit: Organisation) -> None:
        with pytest.raises(NotOnRoster, match="手机号"):
            self.join(unit)

    def test_an_account_without_a_phone_is_told_so(self, unit: Organisation) -> None:
        person = make_volunteer()
        with transaction() as session:
            session.get_one(User, person.id).phone = None
        with pytest.raises(NoPhoneOnAccount):
            join_unit(unit.join_code, actor_id=person.id)

    def test_a_line_that_another_account_took_stays_theirs(
        self, unit: Organisation, boss: User
    ) -> None:
        add_colleague(unit.id, actor_id=boss.id, line=LINE)
        first = self.join(unit)
        with transaction() as session:
            session.get_one(User, first.id).phone = "+8613800000999"
        with pytest.raises(JoinedByAnother):
            self.join(unit)

    def test_guessing_is_stopped_and_opens_again(self, unit: Organisation, boss: User) -> None:
        add_colleague(unit.id, actor_id=boss.id, line=LINE)
        person = make_volunteer(phone=PHONE)
        for _try in range(JOIN_TRIES):
            with pytest.raises(WrongJoinCode):
                join_unit("WRONG234", actor_id=person.id)
        with pytest.raises(TooManyJoinTries, match="15"):
            join_unit(unit.join_code, actor_id=person.id)
        with time_machine.travel(clock.now() + JOIN_LOCK + timedelta(seconds=1)):
            assert join_unit(unit.join_code, actor_id=person.id) == unit.id

    def test_a_renewed_code_ends_the_old_one(self, unit: Organisation, boss: User) -> None:
        old = unit.join_code
        renew_join_code(unit.id, actor_id=boss.id)
        with pytest.raises(WrongJoinCode):
            join_unit(old, actor_id=make_volunteer().id)


class TestCoordinators:
    def test_the_last_coordinator_stays(self, unit: Organisation, boss: User) -> None:
        with pytest.raises(LastCoordinator):
            step_down(unit.id, actor_id=boss.id)
        assert coordinates(boss.id, unit.id)

    def test_a_hand_over_is_one_errand(self, unit: Organisation, boss: User) -> None:
        heir = make_colleague(unit=unit)
        hand_over(unit.id, actor_id=boss.id, to_user_id=heir.id)
        assert list_coordinator_ids(unit.id) == [heir.id]
        told = db.session.scalars(select(Message.kind).where(Message.user_id == heir.id)).all()
        assert set(told) == {"appointed", "stepped_down"}

    def test_nobody_hands_over_to_themselves(self, unit: Organisation, boss: User) -> None:
        with pytest.raises(LastCoordinator):
            hand_over(unit.id, actor_id=boss.id, to_user_id=boss.id)

    def test_only_a_colleague_becomes_coordinator(self, unit: Organisation, boss: User) -> None:
        with pytest.raises(NotJoinedYet, match="路人"):
            appoint(unit.id, actor_id=boss.id, user_id=make_volunteer(name="路人").id)

    def test_with_a_second_one_the_first_may_go(self, unit: Organisation, boss: User) -> None:
        heir = make_colleague(unit=unit)
        appoint(unit.id, actor_id=boss.id, user_id=heir.id)
        step_down(unit.id, actor_id=boss.id)
        assert list_coordinator_ids(unit.id) == [heir.id]
