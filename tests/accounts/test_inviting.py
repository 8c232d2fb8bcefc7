"""Invitations: who may give what, one link, one use, seven days."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from accounts.models import Area, Invitation, Membership, User
from accounts.policies import works_at
from accounts.queries.invitations import get_invitation, token_of
from accounts.refusals import InvitationOver, MayNotInvite, RoleNotHere
from accounts.rules import AreaKind, Role
from accounts.services.inviting import (
    Offer,
    accept_invitation,
    invite,
    withdraw_invitation,
)
from accounts.services.staffing import end_membership
from foundation import clock
from foundation.db import db
from foundation.outbox import Message
from tests.makers import (
    make_area,
    make_community,
    make_coordinator,
    make_grid,
    make_supervisor,
    make_unit,
    make_volunteer,
    make_worker,
)
from tests.pages import PageClient

GOOD = {"contact": "13800000142", "password": "灯泡梯子螺丝刀周六", "terms": "y"}


class Town:
    """A city, a street, a community with a grid and a unit, and who works there."""

    def __init__(self) -> None:
        self.city = make_area(name="延吉市", kind=AreaKind.CITY)
        self.street = make_area(name="梨园街道", kind=AreaKind.STREET, parent=self.city)
        self.home = make_community(name="天图社区", street=self.street)
        self.grid = make_grid(community=self.home, name="一网格")
        self.foreign = make_community()
        self.unit = make_unit(home=self.home)
        self.far_unit = make_unit(home=self.foreign)
        self.operator = make_volunteer(is_operator=True)
        self.boss = make_supervisor(street=self.city)
        self.supervisor = make_supervisor(street=self.street)
        self.worker = make_worker(community=self.home, name="李工")
        self.coordinator = make_coordinator(unit=self.unit)
        self.volunteer = make_volunteer(name="王小明")


@pytest.fixture
def town(app: Flask) -> Town:
    return Town()


def offer(role: Role, place: Any, **more: Any) -> Offer:
    at = "area_id" if isinstance(place, Area) else "organisation_id"
    return Offer(role=role, name="王小明", **{at: place.id}, **more)


def link_of(invitation_id: int) -> str:
    return token_of(get_invitation(invitation_id))


WORKER, GRID, SUPERVISOR, COORDINATOR = (
    Role.COMMUNITY_WORKER, Role.GRID_WORKER, Role.SUPERVISOR, Role.COORDINATOR,
)  # fmt: skip


class TestWhoMayInvite:
    @pytest.mark.parametrize(
        ("actor", "role", "place"),
        [
            ("operator", SUPERVISOR, "city"), ("operator", WORKER, "home"),
            ("operator", COORDINATOR, "unit"), ("boss", SUPERVISOR, "street"),
            ("boss", WORKER, "home"), ("supervisor", WORKER, "home"),
            ("supervisor", GRID, "grid"), ("supervisor", COORDINATOR, "unit"),
            ("worker", WORKER, "home"), ("worker", GRID, "grid"),
            ("worker", COORDINATOR, "unit"), ("coordinator", COORDINATOR, "unit"),
        ],
    )  # fmt: skip
    def test_these_may(self, town: Town, actor: str, role: Role, place: str) -> None:
        person = getattr(town, actor)
        assert invite(offer(role, getattr(town, place)), actor_id=person.id)

    @pytest.mark.parametrize(
        ("actor", "role", "place"),
        [
            ("supervisor", SUPERVISOR, "street"), ("supervisor", WORKER, "foreign"),
            ("supervisor", SUPERVISOR, "city"), ("worker", WORKER, "foreign"),
            ("worker", SUPERVISOR, "street"), ("worker", COORDINATOR, "far_unit"),
            ("coordinator", COORDINATOR, "far_unit"), ("coordinator", WORKER, "home"),
            ("volunteer", GRID, "grid"), ("volunteer", COORDINATOR, "unit"),
        ],
    )  # fmt: skip
    def test_these_may_not(self, town: Town, actor: str, role: Role, place: str) -> None:
        person = getattr(town, actor)
        with pytest.raises(MayNotInvite):
            invite(offer(role, getattr(town, place)), actor_id=person.id)
        assert db.session.scalars(select(Invitation)).all() == []

    @pytest.mark.parametrize(
        ("role", "place"),
        [(SUPERVISOR, "home"), (WORKER, "street"), (WORKER, "grid"), (Role.COLLEAGUE, "unit")],
    )
    def test_a_role_belongs_to_its_level(self, town: Town, role: Role, place: str) -> None:
        with pytest.raises(RoleNotHere):
            invite(offer(role, getattr(town, place)), actor_id=town.operator.id)


class TestLink:
    def test_only_its_hash_is_stored(self, town: Town) -> None:
        made = invite(offer(WORKER, town.home), actor_id=town.worker.id)
        row = get_invitation(made)
        assert link_of(made) not in (row.token_hash, row.sent_to)
        assert len(row.token_hash) == 64

    def test_it_gives_the_role_once(self, town: Town) -> None:
        token = link_of(invite(offer(WORKER, town.home), actor_id=town.worker.id))
        accept_invitation(token, actor_id=town.volunteer.id)
        assert works_at(town.volunteer.id, town.home.id)
        with pytest.raises(InvitationOver):
            accept_invitation(token, actor_id=make_volunteer().id)

    def test_it_lives_seven_days(self, town: Town) -> None:
        token = link_of(invite(offer(WORKER, town.home), actor_id=town.worker.id))
        late = clock.now() + timedelta(days=7, seconds=1)
        with time_machine.travel(late, tick=False), pytest.raises(InvitationOver):
            accept_invitation(token, actor_id=town.volunteer.id)

    def test_withdrawn_it_opens_nothing(self, town: Town, client: PageClient) -> None:
        made = invite(offer(WORKER, town.home), actor_id=town.worker.id)
        token = link_of(made)
        withdraw_invitation(made, actor_id=town.supervisor.id)
        with pytest.raises(InvitationOver):
            accept_invitation(token, actor_id=town.volunteer.id)
        assert "要一个新的" in client.get(f"/invitations/{token}", status=410).text

    def test_it_dies_with_its_senders_role(self, town: Town) -> None:
        token = link_of(invite(offer(WORKER, town.home), actor_id=town.worker.id))
        mine = select(Membership.id).where(Membership.user_id == town.worker.id)
        membership_id = db.session.execute(mine).scalar_one()
        end_membership(membership_id, actor_id=town.supervisor.id, why="调走了")
        with pytest.raises(InvitationOver):
            accept_invitation(token, actor_id=town.volunteer.id)

    def test_a_second_link_for_the_same_role_gives_it_once(self, town: Town) -> None:
        for _time in range(2):
            token = link_of(invite(offer(WORKER, town.home), actor_id=town.worker.id))
            accept_invitation(token, actor_id=town.volunteer.id)
        mine = select(Membership.id).where(Membership.user_id == town.volunteer.id)
        assert len(db.session.scalars(mine).all()) == 1


class TestPages:
    def test_a_worker_hands_the_link_to_a_newcomer(
        self, town: Town, sign_in: Callable[[User], PageClient], client: PageClient
    ) -> None:
        desk = sign_in(town.worker)
        grid_id = town.grid.id
        desk.get(f"/desk/{town.home.id}/people/invite")
        page = desk.submit({"post": f"grid_worker@area:{grid_id}", "name": "王小明"}).text
        assert "<svg" in page
        path = re.search(r"http://localhost(/invitations/[\w-]+)", page)
        assert path is not None
        assert "李工请王小明担任一网格的网格员" in client.get(path[1]).text
        client.submit(GOOD)
        person = db.session.scalars(select(User).where(User.phone == "+8613800000142")).one()
        held = db.session.scalars(select(Membership).where(Membership.user_id == person.id)).one()
        assert (held.role, held.area_id) == (Role.GRID_WORKER, grid_id)

    def test_a_letter_is_written_when_an_address_is_given(
        self, town: Town, sign_in: Callable[[User], PageClient]
    ) -> None:
        desk = sign_in(town.worker)
        desk.get(f"/desk/{town.home.id}/people/invite")
        words = {"post": f"coordinator@unit:{town.unit.id}", "name": "赵联络"}
        desk.submit({**words, "email": "zhao@example.test"})
        letter = db.session.scalars(select(Message).where(Message.kind == "invitation")).one()
        assert (letter.address, letter.user_id) == ("zhao@example.test", None)
        assert letter.path.startswith("/invitations/")

    def test_a_signed_in_person_accepts_with_one_tap(
        self, town: Town, sign_in: Callable[[User], PageClient]
    ) -> None:
        token = link_of(invite(offer(WORKER, town.home), actor_id=town.worker.id))
        person = sign_in(town.volunteer)
        person.get(f"/invitations/{token}")
        assert "您已加入天图社区" in person.submit().text

    def test_an_offer_the_page_did_not_make_is_refused(
        self, town: Town, sign_in: Callable[[User], PageClient]
    ) -> None:
        desk = sign_in(town.worker)
        desk.get(f"/desk/{town.home.id}/people/invite")
        words = {"post": f"community_worker@area:{town.foreign.id}", "name": "王"}
        desk.submit(words, status=422)
        assert db.session.scalars(select(Invitation)).all() == []

    @pytest.mark.parametrize("who", ["volunteer", "coordinator"])
    def test_strangers_do_not_find_the_desk(
        self, town: Town, sign_in: Callable[[User], PageClient], who: str
    ) -> None:
        stranger = sign_in(getattr(town, who))
        made = invite(offer(WORKER, town.home), actor_id=town.worker.id)
        for path in ("", "/invite", f"/invitations/{made}"):
            stranger.get(f"/desk/{town.home.id}/people{path}", status=404)

    def test_an_unknown_link_is_not_found(self, client: PageClient) -> None:
        client.get("/invitations/nothing", status=404)
