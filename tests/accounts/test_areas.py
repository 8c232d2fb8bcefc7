"""The operator's tree, and new partner units."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import Agreement, Area, Invitation, Organisation, User
from accounts.refusals import AreaCannotLieThere, AreaNameTaken, NotStaffHere, OperatorOnly
from accounts.rules import AreaKind, Role
from accounts.services.areas import AreaCard, UnitCard, add_area, open_unit
from foundation.db import db
from tests.makers import make_community, make_unit, make_volunteer, make_worker
from tests.pages import PageClient

SignIn = Callable[[User], PageClient]
UNIT = {
    "name": "航天农业科技示范园有限公司", "short_name": "航天示范园", "coordinator_name": "赵联络",
}  # fmt: skip


@pytest.fixture
def operator(app: Flask) -> User:
    return make_volunteer(is_operator=True)


class TestTree:
    def test_city_street_community_grid(self, operator: User, sign_in: SignIn) -> None:
        client = sign_in(operator)
        assert "还没有社区" in client.get("/areas").text
        parent: int | None = None
        names = {"city": "延吉市", "street": "梨园街道", "community": "天图社区", "grid": "一网格"}
        for kind, name in names.items():
            client.get("/areas/new", query_string={"parent": parent} if parent else {})
            assert name in client.submit({"kind": kind, "name": name}).text
            parent = db.session.execute(select(Area.id).where(Area.name == name)).scalar_one()
        areas = list(db.session.scalars(select(Area).order_by(Area.id)))
        assert areas[-1].path == "/" + "/".join(str(area.id) for area in areas) + "/"
        assert [area.book_id is not None for area in areas] == [False, False, True, False]

    def test_sisters_have_different_names(self, operator: User, sign_in: SignIn) -> None:
        add_area(None, kind=AreaKind.CITY, card=AreaCard("延吉市"), actor_id=operator.id)
        client = sign_in(operator)
        client.get("/areas/new")
        page = client.submit({"kind": "city", "name": "延吉市"}, status=409).text
        assert "已经有“延吉市”了" in page
        with pytest.raises(AreaNameTaken):
            add_area(None, kind=AreaKind.CITY, card=AreaCard("延吉市"), actor_id=operator.id)

    def test_a_community_does_not_lie_in_a_grid(self, operator: User) -> None:
        with pytest.raises(AreaCannotLieThere, match="社区"):
            add_area(
                make_community().id, kind=AreaKind.COMMUNITY, card=AreaCard("x"),
                actor_id=operator.id,
            )  # fmt: skip

    def test_a_card_is_changed(self, operator: User, sign_in: SignIn) -> None:
        area_id = make_community(name="天图社区").id
        client = sign_in(operator)
        client.get(f"/areas/{area_id}")
        client.submit({"name": "新天图社区", "phone": "0433-3220000", "address": "梨园路 3 号"})
        area = db.session.get_one(Area, area_id)
        assert (area.name, area.phone) == ("新天图社区", "0433-3220000")

    def test_nobody_else_finds_it(self, sign_in: SignIn, app: Flask) -> None:
        home = make_community()
        worker = make_worker(community=home)
        worker_id, client = worker.id, sign_in(worker)
        for path in ("/areas", "/areas/new", f"/areas/{home.id}"):
            client.get(path, status=404)
        with pytest.raises(OperatorOnly):
            add_area(None, kind=AreaKind.CITY, card=AreaCard("x"), actor_id=worker_id)


class TestUnits:
    def test_a_worker_registers_a_unit_and_hands_over_the_link(
        self, sign_in: SignIn, app: Flask
    ) -> None:
        home = make_community(name="天图社区")
        home_id, client = home.id, sign_in(make_worker(community=home))
        client.get("/units/new")
        assert "/invitations/" in client.submit({**UNIT, "home_area": home_id}).text
        unit = db.session.scalars(select(Organisation)).one()
        assert (unit.short_name, unit.home_area_id) == ("航天示范园", home_id)
        assert db.session.scalars(select(Agreement)).one().area_id == home_id
        assert db.session.scalars(select(Invitation)).one().role == Role.COORDINATOR

    def test_a_unit_is_registered_once(self, sign_in: SignIn, app: Flask) -> None:
        home = make_community()
        make_unit(name=UNIT["name"], home=home)
        home_id, client = home.id, sign_in(make_worker(community=home))
        client.get("/units/new")
        page = client.submit({**UNIT, "home_area": home_id}, status=409).text
        assert "已经登记过了" in page
        assert "赵联络" in page

    def test_a_foreign_community_is_not_offered(self, sign_in: SignIn, app: Flask) -> None:
        foreign, worker = make_community().id, make_worker(community=make_community())
        worker_id, client = worker.id, sign_in(worker)
        client.get("/units/new")
        client.submit({**UNIT, "home_area": foreign}, status=422)
        with pytest.raises(NotStaffHere):
            open_unit(UnitCard("甲", "甲", foreign, "赵"), actor_id=worker_id)

    def test_a_volunteer_does_not_find_it(self, sign_in: SignIn, app: Flask) -> None:
        sign_in(make_volunteer()).get("/units/new", status=404)
