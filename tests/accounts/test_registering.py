"""Registration: one account a person, with what they agreed to."""

from __future__ import annotations

import contextvars
import threading

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import Consent, User
from accounts.rules import ConsentKind
from foundation.db import db
from tests.makers import make_community, make_volunteer
from tests.pages import PageClient
from tests.stored import count

GOOD = {
    "name": "王小明", "contact": "138 0000 0142", "password": "梯子灯泡螺丝刀三把", "terms": "y",
}  # fmt: skip


def the_person() -> User:
    return db.session.scalars(select(User)).one()


class TestRegister:
    def test_a_newcomer_is_in_with_number_and_consent(self, client: PageClient) -> None:
        home = make_community(name="天图社区").id
        client.get("/register")
        page = client.submit({**GOOD, "home_area": home}).text
        person = the_person()
        assert (person.name, person.phone, person.email) == ("王小明", "+8613800000142", None)
        assert person.volunteer_number in page
        assert person.home_area_id == home
        assert not person.is_party_member
        assert [c.kind for c in db.session.scalars(select(Consent))] == [ConsentKind.TERMS]

    def test_full_width_digits_are_a_phone(self, client: PageClient) -> None:
        client.get("/register")
        client.submit({**GOOD, "contact": "１３８００００９９９９"})
        assert the_person().phone == "+8613800009999"

    @pytest.mark.parametrize("name", ["𠮷田喆", "小雨🌸", "O'Brien <b>"])
    def test_any_name_is_kept_as_it_is(self, client: PageClient, name: str) -> None:
        client.get("/register")
        client.submit({**GOOD, "name": name})
        assert the_person().name == name
        assert "<b>" not in client.get("/me").text.split("</head>")[1].split("<h2>")[0]

    def test_party_membership_has_its_own_consent(self, client: PageClient) -> None:
        client.get("/register")
        client.submit({**GOOD, "is_party_member": "y"})
        assert the_person().is_party_member
        kinds = {c.kind for c in db.session.scalars(select(Consent))}
        assert kinds == {ConsentKind.TERMS, ConsentKind.PARTY_MEMBERSHIP}

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"terms": ""}, "请先阅读并同意"),
            ({"name": ""}, "请填真实姓名"),
            ({"name": "长" * 5000}, "最多 40 个字"),
            ({"contact": "wang@"}, "请填 11 位手机号"),
            ({"contact": "1380000"}, "请填 11 位手机号"),
            ({"password": "12345678"}, "太容易猜到"),
            ({"password": "13800000142"}, "太容易猜到"),
            ({"home_area": "999999"}, "请从列表里选"),
        ],
    )
    def test_bad_input_gets_a_sentence_and_keeps_the_rest(
        self, client: PageClient, wrong: dict[str, str], sentence: str
    ) -> None:
        client.get("/register")
        words = {**GOOD, **wrong}
        if not words["terms"]:
            words.pop("terms")
        page = client.submit(words, status=422).text
        assert sentence in page
        assert "王小明" in page or "name" in wrong
        assert "梯子灯泡螺丝刀三把" not in page
        assert count(User) == 0

    def test_a_taken_phone_is_told_to_sign_in(self, client: PageClient) -> None:
        make_volunteer(phone="+8613800000142")
        client.get("/register")
        assert "这个号码已注册，请直接登录或找回密码" in client.submit(GOOD, status=409).text

    def test_a_null_byte_breaks_nothing(self, client: PageClient) -> None:
        client.get("/register")
        client.submit({**GOOD, "name": "王\x00小明"})
        assert the_person().name == "王小明"


class TestRepeats:
    def test_the_same_post_five_times_makes_one_account(
        self, app: Flask, client: PageClient
    ) -> None:
        client.get("/register")
        form = client._form(None)
        hidden = {
            c["name"]: c["value"]
            for c in form["controls"]
            if c.get("name") in ("csrf_token", "once")
        }
        cookie = client.http.get_cookie("session")
        assert cookie is not None
        statuses: list[int] = []

        def send() -> None:
            http = app.test_client()
            http.set_cookie("session", cookie.value)
            answer = contextvars.Context().run(
                http.open, "/register", method="POST", data={**GOOD, **hidden}
            )
            statuses.append(answer.status_code)

        threads = [threading.Thread(target=send) for _ in range(5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert statuses == [302] * 5
        assert count(User) == 1

    def test_a_signed_in_person_is_sent_on(self, sign_in: object) -> None:
        person = make_volunteer()
        client = sign_in(person)  # type: ignore[operator]  # a fixture
        assert client.open("/register").status_code == 302


@pytest.mark.parametrize("path", ["/terms", "/privacy"])
def test_the_texts_are_public(client: PageClient, path: str) -> None:
    assert "2026-11" in client.get(path).text
