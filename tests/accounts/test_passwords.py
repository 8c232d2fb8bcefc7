"""A forgotten password: the same answer for all, one link an hour long, used once."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from accounts.models import SignInGuard, User
from accounts.refusals import NotStaffHere, ResetLinkOver, SignInPaused, SignInRefused
from accounts.services.passwords import (
    ask_reset,
    get_person_of,
    hand_reset_link,
    reset_password,
    write_token,
)
from accounts.services.signing_in import sign_in
from app.jobs import find_reader
from foundation import clock
from foundation.db import db
from foundation.outbox import Message
from foundation.passwords import hash_password
from tests.makers import make_community, make_coordinator, make_unit, make_volunteer, make_worker
from tests.pages import PageClient

OLD, NEW = "灯泡梯子螺丝刀周六", "花坛杂草铁锹周日早上"
EMAIL = "wang@example.test"


@pytest.fixture
def person(app: Flask) -> User:
    return make_volunteer(email=EMAIL, password_hash=hash_password(OLD))


def letters() -> list[Message]:
    return list(db.session.scalars(select(Message).where(Message.kind == "reset")))


class TestForgot:
    @pytest.mark.parametrize(
        "identifier", [EMAIL, "nobody@example.test", "13900009999", "不是账号"]
    )
    def test_the_answer_is_the_same_for_everybody(
        self, client: PageClient, person: User, identifier: str
    ) -> None:
        client.get("/forgot")
        page = client.submit({"identifier": identifier}).text
        assert "如果这个账号留过邮箱" in page
        assert identifier not in page

    def test_the_letter_goes_to_the_mailbox_and_not_into_the_app(self, person: User) -> None:
        ask_reset(EMAIL)
        (letter,) = letters()
        assert (letter.address, letter.user_id) == (EMAIL, None)
        assert find_reader(letter) == (EMAIL, "zh_Hans_CN")

    def test_without_an_address_the_page_says_whom_to_call(self, client: PageClient) -> None:
        community = make_community(name="天图社区")
        community.phone = "0433-3220000"
        db.session.commit()
        client.get("/forgot")
        page = client.submit({"identifier": "13800000142"}).text
        assert "天图社区" in page
        assert "tel:0433-3220000" in page
        assert letters() == []

    def test_a_mailbox_is_not_flooded(self, person: User) -> None:
        for _time in range(5):
            ask_reset(EMAIL)
        assert len(letters()) == 3


class TestReset:
    def test_the_link_of_the_letter_sets_a_new_password(
        self, client: PageClient, person: User
    ) -> None:
        user_id = person.id
        ask_reset(EMAIL)
        client.get(letters()[0].path)
        assert "用它登录" in client.submit({"password": NEW}).text
        assert sign_in(EMAIL, password=NEW) == user_id
        with pytest.raises(SignInRefused):
            sign_in(EMAIL, password=OLD)

    def test_it_works_once(self, client: PageClient, person: User) -> None:
        token = write_token(person)
        reset_password(token, password=NEW)
        with pytest.raises(ResetLinkOver):
            reset_password(token, password="又一个新的密码啊")
        assert "重新申请" in client.get(f"/reset/{token}", status=410).text

    def test_it_lives_an_hour(self, person: User) -> None:
        token = write_token(person)
        late = clock.now() + timedelta(minutes=61)
        with time_machine.travel(late, tick=False), pytest.raises(ResetLinkOver):
            get_person_of(token)

    @pytest.mark.parametrize("change", [lambda t: t[:-2], lambda t: "x" + t, lambda _t: "abc"])
    def test_a_changed_link_opens_nothing(self, person: User, change: Any) -> None:
        with pytest.raises(ResetLinkOver):
            get_person_of(change(write_token(person)))

    def test_a_weak_password_keeps_the_link(self, client: PageClient, person: User) -> None:
        token = write_token(person)
        client.get(f"/reset/{token}")
        assert "太容易猜到" in client.submit({"password": "12345678"}, status=422).text
        client.submit({"password": NEW})
        assert sign_in(EMAIL, password=NEW)

    def test_it_signs_every_device_out_and_lifts_the_pause(self, app: Flask, person: User) -> None:
        client = PageClient(app).signed_in_as(person)
        for _attempt in range(5):
            with pytest.raises((SignInRefused, SignInPaused)):
                sign_in(EMAIL, password="错的")
        reset_password(write_token(db.session.get_one(User, person.id)), password=NEW)
        assert client.get("/me").request.path == "/sign-in"
        assert db.session.scalars(select(SignInGuard)).all() == []
        sign_in(EMAIL, password=NEW)


class TestChange:
    def test_the_present_password_is_needed(self, sign_in: Any, person: User) -> None:
        client = sign_in(person)
        client.get("/me/password")
        page = client.submit({"current": "错的错的错的", "password": NEW}, status=422).text
        assert "现在的密码不对" in page
        page = client.submit({"current": OLD, "password": NEW}).text
        assert "新密码设好了" in page
        assert client.get("/me").request.path == "/me"

    def test_guessing_it_is_stopped(self, sign_in: Any, person: User) -> None:
        client = sign_in(person)
        for attempt in range(5):
            client.get("/me/password")
            status = 429 if attempt == 4 else 422
            client.submit({"current": "错的错的错的", "password": NEW}, status=status)


class TestHandedByAWorker:
    def test_a_neighbour_gets_a_link_and_is_told(self, sign_in: Any) -> None:
        home = make_community()
        worker, neighbour = make_worker(community=home), make_volunteer(home=home)
        number, area_id, user_id = neighbour.volunteer_number, home.id, neighbour.id
        client = sign_in(worker)
        client.get(f"/desk/{area_id}/people", query_string={"q": number})
        page = client.submit(action=f"/people/{user_id}/reset-link").text
        token = re.search(r"/reset/([\w.-]+)", page)
        assert token is not None
        reset_password(token[1], password=NEW)
        kinds = [m.kind for m in db.session.scalars(select(Message).order_by(Message.id))]
        assert kinds == ["reset_handed", "password_changed"]

    def test_not_for_staff_coordinators_strangers_or_oneself(self, app: Flask) -> None:
        home = make_community()
        worker = make_worker(community=home)
        others = [
            worker, make_worker(community=home), make_coordinator(unit=make_unit(home=home)),
            make_volunteer(home=make_community()), make_volunteer(home=home, is_operator=True),
        ]  # fmt: skip
        for user_id in [each.id for each in others]:
            with pytest.raises(NotStaffHere):
                hand_reset_link(user_id, actor_id=worker.id, area_id=home.id)
