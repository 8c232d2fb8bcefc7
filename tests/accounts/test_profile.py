"""My account: what I change, what I withdraw, what is held about me."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import Consent, User
from foundation.db import db
from foundation.outbox import Message
from foundation.passwords import hash_password
from tests.makers import make_community, make_volunteer, make_wish, make_worker
from tests.pages import PageClient
from wishes.services.claiming import claim_wish

SignIn = Callable[[User], PageClient]
OWN = "灯泡梯子螺丝刀周六"


@pytest.fixture
def person(app: Flask) -> User:
    return make_volunteer(
        name="王小明", phone="+8613800000142", email="wang@example.test",
        password_hash=hash_password(OWN),
    )  # fmt: skip


def again(user_id: int) -> User:
    db.session.rollback()
    return db.session.get_one(User, user_id)


class TestDetails:
    def test_the_page_says_who_i_am(self, person: User, sign_in: SignIn) -> None:
        number = person.volunteer_number
        page = sign_in(person).get("/me").text
        for words in ("王小明", number, "138 0000 0142", "wang@example.test", "已核对"):
            assert words in page

    def test_the_desks_are_linked(self, app: Flask, sign_in: SignIn) -> None:
        home = make_community(name="天图社区")
        page = sign_in(make_worker(community=home)).get("/me").text
        assert f'href="/desk/{home.id}"' in page

    def test_the_home_community_is_chosen(self, person: User, sign_in: SignIn) -> None:
        user_id, home = person.id, make_community().id
        client = sign_in(person)
        client.get("/me/details")
        client.submit({"home_area": home})
        assert again(user_id).home_area_id == home
        assert again(user_id).confirmed_at is not None

    def test_another_name_needs_another_look_at_the_card(
        self, person: User, sign_in: SignIn
    ) -> None:
        user_id, client = person.id, sign_in(person)
        client.get("/me/details")
        client.submit({"name": "王大明"})
        assert (again(user_id).name, again(user_id).confirmed_at) == ("王大明", None)


class TestContact:
    def test_it_needs_the_password_and_tells_the_old_mailbox(
        self, person: User, sign_in: SignIn
    ) -> None:
        user_id, client = person.id, sign_in(person)
        client.get("/me/contact")
        new = {"phone": "１３９００００９９９９", "email": "New@Example.test"}
        page = client.submit({**new, "current": "错的错的错的"}, status=422).text
        assert "现在的密码不对" in page
        assert "New@Example.test".lower() in page.lower()
        client.submit({**new, "current": OWN})
        kept = again(user_id)
        assert (kept.phone, kept.email) == ("+8613900009999", "new@example.test")
        letters = list(db.session.scalars(select(Message.address)))
        assert sorted(letters, key=str) == [None, "wang@example.test"]

    @pytest.mark.parametrize(
        ("words", "status", "sentence"),
        [
            ({"phone": "", "email": ""}, 422, "至少留一个"),
            ({"phone": "12345"}, 422, "请填 11 位手机号"),
            ({"email": "wang@"}, 422, "邮箱地址不完整"),
            ({"phone": "13900009999"}, 409, "另一个账号"),
            ({"email": "taken@example.test"}, 409, "另一个账号"),
        ],
    )
    def test_bad_input_gets_a_sentence(
        self, person: User, sign_in: SignIn, words: dict[str, str], status: int, sentence: str
    ) -> None:
        make_volunteer(phone="+8613900009999", email="taken@example.test")
        user_id, client = person.id, sign_in(person)
        client.get("/me/contact")
        assert sentence in client.submit({**words, "current": OWN}, status=status).text
        assert again(user_id).phone == "+8613800000142"


class TestParty:
    def test_it_is_given_and_taken_back(self, person: User, sign_in: SignIn) -> None:
        user_id, client = person.id, sign_in(person)
        client.get("/me")
        client.submit(action="/me/party-membership")
        assert again(user_id).is_party_member
        client.submit(action="/me/party-membership")
        assert not again(user_id).is_party_member
        consent = db.session.scalars(select(Consent)).one()
        assert consent.withdrawn_at is not None


class TestReading:
    def test_the_language_is_remembered_with_the_account(
        self, person: User, sign_in: SignIn
    ) -> None:
        user_id, client = person.id, sign_in(person)
        client.get("/me")
        answer = client.post("/language", {"language": "en", "next": "/me"})
        assert (answer.status_code, answer.location) == (302, "/me")
        assert again(user_id).language == "en"

    def test_elder_mode_without_an_account(self, client: PageClient) -> None:
        client.get("/sign-in")
        client.post("/reading", {"elder": "1", "next": "/sign-in"})
        assert "data-elder" in client.get("/sign-in").text

    def test_an_unknown_language_is_refused(self, client: PageClient) -> None:
        client.get("/sign-in")
        assert client.post("/language", {"language": "xx"}).status_code == 400


class TestExport:
    def test_it_holds_everything_about_me_and_no_secret(
        self, person: User, sign_in: SignIn
    ) -> None:
        claim_wish(make_wish(title="换卧室灯泡").id, actor_id=person.id)
        make_volunteer(name="别的人")
        answer = sign_in(person).open("/me/data")
        held = json.loads(answer.text)
        assert {"user_account", "message", "claim", "place", "commitment"} <= set(held)
        assert [row["name"] for row in held["user_account"]] == ["王小明"]
        for hidden in ("password_hash", "argon2", "别的人"):
            assert hidden not in answer.text
        assert "attachment" in answer.headers["Content-Disposition"]


def test_only_a_visitor_may_choose_without_the_token_of_a_page(app: Flask, person: User) -> None:
    chosen = {"method": "POST", "data": {"language": "en"}}
    assert PageClient(app).signed_in_as(person).open("/language", **chosen).status_code == 400
    assert PageClient(app).open("/language", **chosen).status_code == 302
