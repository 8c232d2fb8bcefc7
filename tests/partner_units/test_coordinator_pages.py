"""Coordinators on the page: one more, a hand-over, an invitation; two units at once."""

from __future__ import annotations

from collections.abc import Callable

from accounts.models import Invitation, Organisation, User
from accounts.queries.people import list_coordinator_ids
from accounts.rules import Role
from foundation.db import db
from tests.makers import (
    give_role,
    make_colleague,
    make_coordinator,
    make_unit,
    make_volunteer,
)
from tests.pages import PageClient

SignIn = Callable[[User], PageClient]


def test_one_alone_is_told_to_find_a_second(desk: PageClient, unit: Organisation) -> None:
    page = desk.get(f"/unit/{unit.id}/coordinators").text
    assert "只有一位联络员" in page
    assert "我退下" not in page


def test_a_colleague_becomes_the_second(desk: PageClient, unit: Organisation, boss: User) -> None:
    person = make_colleague(unit=unit)
    desk.get(f"/unit/{unit.id}/coordinators")
    page = desk.submit({"person": str(person.id)}, action="/add").text
    assert "我退下" in page
    assert set(list_coordinator_ids(unit.id)) == {boss.id, person.id}


def test_a_hand_over_takes_one_press(desk: PageClient, unit: Organisation) -> None:
    person = make_colleague(unit=unit)
    desk.get(f"/unit/{unit.id}/coordinators")
    desk.submit({"heir": str(person.id)}, action="/hand-over")
    assert list_coordinator_ids(unit.id) == [person.id]
    desk.get(f"/unit/{unit.id}", status=404)


def test_the_last_one_who_forces_the_button_gets_a_sentence(
    desk: PageClient, unit: Organisation, boss: User
) -> None:
    desk.get(f"/unit/{unit.id}/coordinators")
    answer = desk.post(f"/unit/{unit.id}/coordinators/step-down")
    assert answer.status_code == 409
    assert "至少要有一位联络员" in answer.text
    assert list_coordinator_ids(unit.id) == [boss.id]


def test_a_stranger_cannot_be_chosen(desk: PageClient, unit: Organisation) -> None:
    make_colleague(unit=unit)
    stranger = make_volunteer()
    desk.get(f"/unit/{unit.id}/coordinators")
    desk.submit({"person": str(stranger.id)}, action="/add", status=422)
    assert stranger.id not in list_coordinator_ids(unit.id)


def test_an_invitation_opens_the_desk(
    desk: PageClient, unit: Organisation, sign_in: SignIn
) -> None:
    desk.get(f"/unit/{unit.id}/coordinators")
    page = desk.submit({"name": "李喆"}, action="/invite").text
    assert "李喆" in page
    assert desk.page is not None
    link = next(link for link in desk.page.links if "/invitations/" in link)
    guest = make_volunteer()
    phone = sign_in(guest)
    phone.get("/" + link.split("/", 3)[3])
    phone.submit()
    assert guest.id in list_coordinator_ids(unit.id)


def test_an_invitation_is_withdrawn_by_its_own_unit_only(
    desk: PageClient, unit: Organisation, sign_in: SignIn
) -> None:
    desk.get(f"/unit/{unit.id}/coordinators")
    desk.submit({"name": "李喆"}, action="/invite")
    invitation = db.session.query(Invitation).one().id
    other = make_unit()
    stranger = sign_in(make_coordinator(unit=other))
    stranger.get(f"/unit/{other.id}/coordinators")
    path = f"/unit/{other.id}/coordinators/invitations/{invitation}/withdraw"
    assert stranger.post(path).status_code == 404
    desk.get(f"/unit/{unit.id}/coordinators")
    desk.submit(action=f"{invitation}/withdraw")
    assert db.session.get_one(Invitation, invitation).withdrawn_at is not None


def test_a_wrong_address_keeps_what_was_typed(desk: PageClient, unit: Organisation) -> None:
    desk.get(f"/unit/{unit.id}/coordinators")
    page = desk.submit({"name": "李喆", "email": "nobody"}, action="/invite", status=422).text
    assert "李喆" in page
    assert "邮箱写得不完整" in page


def test_whoever_coordinates_two_units_sees_the_other_one(
    desk: PageClient, unit: Organisation, boss: User
) -> None:
    second = make_unit(name="第二个单位")
    give_role(boss, Role.COORDINATOR, unit=second)
    assert "第二个单位" in desk.get(f"/unit/{unit.id}").text
    desk.get(f"/unit/{second.id}")
