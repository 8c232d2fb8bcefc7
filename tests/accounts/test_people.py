"""The people page: an identity card seen, a role ended, nobody for themself."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import Area, Membership, User
from accounts.queries.people import list_coordinator_ids
from accounts.refusals import (
    MayNotInvite,
    MembershipEnded,
    NotOnYourself,
    NotStaffHere,
    OnlyCoordinator,
)
from accounts.services.staffing import confirm_identity, end_membership, take_back_confirmation
from foundation.db import db
from foundation.outbox import Message
from tests.makers import (
    make_community,
    make_coordinator,
    make_grid,
    make_grid_worker,
    make_street,
    make_supervisor,
    make_unit,
    make_volunteer,
    make_worker,
)
from tests.pages import PageClient
from tests.races import at_once

SignIn = Callable[[User], PageClient]


@pytest.fixture
def home(app: Flask) -> Area:
    return make_community(name="天图社区")


def is_confirmed(user_id: int) -> bool:
    db.session.rollback()
    return db.session.get_one(User, user_id).confirmed_at is not None


def membership_of(person: User) -> int:
    query = select(Membership.id).where(Membership.user_id == person.id)
    return db.session.execute(query).scalar_one()


class TestConfirming:
    def test_one_tap_after_reading_the_number(self, home: Area, sign_in: SignIn) -> None:
        person = make_volunteer(name="王小明", confirmed=False)
        user_id, number, path = person.id, person.volunteer_number, f"/desk/{home.id}/people"
        desk = sign_in(make_worker(community=home))
        assert "王小明" not in desk.get(path).text
        assert "王小明" in desk.get(path, query_string={"q": number.replace(" ", "")}).text
        assert "王小明 的身份已核对" in desk.submit(action=f"/{user_id}/confirm").text
        assert is_confirmed(user_id)
        told = db.session.scalars(select(Message).where(Message.user_id == user_id)).one()
        assert (told.kind, told.params["community"]) == ("confirmed", "天图社区")

    def test_neighbours_who_wait_are_listed(self, home: Area, sign_in: SignIn) -> None:
        make_volunteer(name="等着的人", confirmed=False, home=home)
        make_volunteer(name="核过的人", home=home)
        page = sign_in(make_worker(community=home)).get(f"/desk/{home.id}/people").text
        assert "等着的人" in page
        assert "核过的人" not in page

    def test_a_phone_is_found_and_shown_masked(self, home: Area, sign_in: SignIn) -> None:
        make_volunteer(name="王小明", phone="+8613800000142", confirmed=False)
        desk = sign_in(make_worker(community=home))
        page = desk.get(f"/desk/{home.id}/people", query_string={"q": "１３８ 0000 0142"}).text
        assert "王小明" in page
        assert "138****0142" in page

    def test_nobody_is_found_by_name(self, home: Area, sign_in: SignIn) -> None:
        make_volunteer(name="王小明", confirmed=False)
        desk = sign_in(make_worker(community=home))
        page = desk.get(f"/desk/{home.id}/people", query_string={"q": "王小明"}).text
        assert "没有这个编号或手机号" in page

    def test_nobody_confirms_themself(self, home: Area) -> None:
        worker = make_worker(community=home)
        with pytest.raises(NotOnYourself):
            confirm_identity(worker.id, actor_id=worker.id, area_id=home.id)

    def test_a_stranger_does_not_confirm(self, home: Area) -> None:
        person = make_volunteer(confirmed=False)
        for actor in (make_worker(community=make_community()), make_volunteer()):
            with pytest.raises(NotStaffHere):
                confirm_identity(person.id, actor_id=actor.id, area_id=home.id)

    def test_the_operator_does_not_confirm(self, home: Area, sign_in: SignIn) -> None:
        person = make_volunteer(confirmed=False, home=home).id
        client = sign_in(make_volunteer(is_operator=True))
        client.get(f"/desk/{home.id}/people")
        assert client.post(f"/desk/{home.id}/people/{person}/confirm").status_code == 403
        assert not is_confirmed(person)

    def test_the_own_desk_takes_it_back(self, home: Area) -> None:
        worker, person = make_worker(community=home), make_volunteer(confirmed=False)
        confirm_identity(person.id, actor_id=worker.id, area_id=home.id)
        stranger, there = make_worker(community=(far := make_community())), far.id
        with pytest.raises(NotStaffHere):
            take_back_confirmation(person.id, actor_id=stranger.id, area_id=there)
        take_back_confirmation(person.id, actor_id=worker.id, area_id=home.id)
        assert not is_confirmed(person.id)

    def test_confirming_twice_tells_once(self, home: Area) -> None:
        worker, person = make_worker(community=home), make_volunteer(confirmed=False)
        for _time in range(2):
            confirm_identity(person.id, actor_id=worker.id, area_id=home.id)
        assert len(db.session.scalars(select(Message)).all()) == 1


class TestEnding:
    def test_a_reason_is_asked_kept_and_told(self, home: Area, sign_in: SignIn) -> None:
        worker = make_worker(community=home)
        gone = make_grid_worker(grid=make_grid(community=home), name="张网格")
        membership_id = membership_of(gone)
        desk = sign_in(worker)
        desk.get(f"/desk/{home.id}/people")
        path = f"/desk/{home.id}/people/memberships/{membership_id}"
        desk.get(path)
        assert "请写一句原因" in desk.submit({"why": " "}, status=422).text
        assert "张网格 的岗位已结束" in desk.submit({"why": "调到别的社区"}).text
        ended = db.session.get_one(Membership, membership_id)
        assert ended.ended_at is not None
        assert (ended.end_reason, ended.ended_by_id) == ("调到别的社区", worker.id)
        desk.get(path, status=404)

    def test_who_may_not_give_it_may_not_end_it(self, home: Area) -> None:
        worker = make_worker(community=home)
        supervisor = make_supervisor(street=make_street())
        with pytest.raises(MayNotInvite):
            end_membership(membership_of(supervisor), actor_id=worker.id, why="不行")

    def test_nobody_ends_their_own(self, home: Area) -> None:
        worker = make_worker(community=home)
        with pytest.raises(NotOnYourself):
            end_membership(membership_of(worker), actor_id=worker.id, why="累了")

    def test_it_ends_once(self, home: Area) -> None:
        worker, other = make_worker(community=home), make_worker(community=home)
        end_membership(membership_of(other), actor_id=worker.id, why="调走")
        with pytest.raises(MembershipEnded):
            end_membership(membership_of(other), actor_id=worker.id, why="又一次")

    def test_the_last_coordinator_of_a_unit_stays(self, home: Area) -> None:
        worker, unit = make_worker(community=home), make_unit(home=home)
        first, second = make_coordinator(unit=unit), make_coordinator(unit=unit)
        end_membership(membership_of(first), actor_id=worker.id, why="退休")
        with pytest.raises(OnlyCoordinator):
            end_membership(membership_of(second), actor_id=worker.id, why="也退休")
        assert list_coordinator_ids(unit.id) == [second.id]

    @pytest.mark.race
    def test_two_who_end_both_coordinators_leave_one(self, app: Flask, home: Area) -> None:
        worker, units = make_worker(community=home), [make_unit(home=home) for _n in range(4)]
        them = [membership_of(make_coordinator(unit=unit)) for unit in units * 2]
        them = [each for pair in zip(them[:4], them[4:], strict=True) for each in pair]
        at_once(
            app, [partial(end_membership, each, actor_id=worker.id, why="调走") for each in them]
        )
        assert [len(list_coordinator_ids(unit.id)) for unit in units] == [1] * 4


def test_the_page_shows_staff_and_units(home: Area, sign_in: SignIn) -> None:
    make_grid_worker(grid=make_grid(community=home, name="一网格"), name="张网格")
    make_unit(name="航天农业科技示范园", home=home)
    page = sign_in(make_worker(community=home)).get(f"/desk/{home.id}/people").text
    assert "张网格" in page
    assert "航天农业科技示范园" in page
