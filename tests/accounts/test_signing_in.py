"""Sign-in: the same answer for known and unknown, a pause after five failures, local paths only."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import event, select

from accounts.models import SignInGuard, User
from accounts.refusals import SignInPaused, SignInRefused
from accounts.rules import SIGN_IN_TRIES
from accounts.services.signing_in import forget_old_failures, sign_in
from foundation import clock, passwords
from foundation.db import db
from foundation.passwords import hash_password
from tests.makers import make_volunteer
from tests.pages import PageClient

GOOD = "灯泡梯子螺丝刀周六"
PHONE = "+8613800000142"


@pytest.fixture
def person(app: Flask) -> int:
    return make_volunteer(phone=PHONE, password_hash=hash_password(GOOD)).id


def enter(client: PageClient, identifier: str, password: str, **more: Any) -> Any:
    client.get("/sign-in")
    return client.submit({"identifier": identifier, "password": password}, **more)


class TestSignIn:
    def test_phone_and_password_open_the_account(self, client: PageClient, person: int) -> None:
        enter(client, "138 0000 0142", GOOD)
        assert client.get("/me").request.path == "/me"

    def test_full_width_typing_is_the_same_password(self, person: int) -> None:
        db.session.get_one(User, person).password_hash = hash_password("abc 螺丝刀 123")
        db.session.flush()
        stored = db.session.get_one(User, person).password_hash
        assert passwords.is_password(stored, "ａｂｃ 螺丝刀 １２３")

    @pytest.mark.parametrize(
        ("after", "where"),
        [("/terms", "/terms"), ("https://evil.test/", "/"), ("//evil.test", "/"), ("", "/")],
    )
    def test_it_goes_on_to_paths_of_this_site_only(
        self, client: PageClient, person: int, after: str, where: str
    ) -> None:
        client.get("/sign-in", query_string={"next": after})
        answer = client.submit({"identifier": PHONE, "password": GOOD}, follow=False, status=302)
        assert answer.location == where

    def test_remembering_lasts_thirty_days(self, client: PageClient, person: int) -> None:
        enter(client, PHONE, GOOD, follow=False, status=302)
        assert client.http.get_cookie("session").expires is None  # type: ignore[union-attr]
        client.get("/me")
        client.post("/sign-out")
        client.get("/sign-in")
        words = {"identifier": PHONE, "password": GOOD, "remember": "y"}
        client.submit(words, follow=False, status=302)
        expires = client.http.get_cookie("session").expires  # type: ignore[union-attr]
        assert expires is not None
        assert expires - clock.now() > timedelta(days=29)

    def test_the_session_is_made_anew(self, client: PageClient, person: int) -> None:
        client.get("/sign-in")
        client.post("/reading", {"elder": "1", "next": "/sign-in"})
        with client.http.session_transaction() as session:
            session["planted"] = "before"
        enter(client, PHONE, GOOD)
        with client.http.session_transaction() as session:
            assert "planted" not in session
            assert session["elder"] is True

    def test_signing_out_closes_the_account(self, client: PageClient, person: int) -> None:
        enter(client, PHONE, GOOD)
        client.post("/sign-out")
        assert client.get("/me").request.path == "/sign-in"


def words_of(page: str) -> str:
    page = re.sub(r'value="[^"]*"', "", page)
    return re.sub(r'name="next" value="[^"]*"', "", page)


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    """Count argon2 verifications and statements."""
    seen = {"verify": 0, "sql": 0}
    original = PasswordHasher.verify

    def verify(self: Any, *args: Any) -> Any:
        seen["verify"] += 1
        return original(self, *args)

    def statement(*_args: Any) -> None:
        seen["sql"] += 1

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    event.listen(db.engine, "before_cursor_execute", statement)
    yield seen
    event.remove(db.engine, "before_cursor_execute", statement)


class TestAlike:
    def test_known_and_unknown_get_the_same_words(self, client: PageClient, person: int) -> None:
        for attempt in range(5):
            status = 429 if attempt == 4 else 422
            known = enter(client, PHONE, "错的密码错的密码", status=status).text
            unknown = enter(client, "13900009999", "错的密码错的密码", status=status).text
            assert words_of(known) == words_of(unknown)

    def test_known_and_unknown_cost_the_same_work(
        self, person: int, counted: dict[str, int]
    ) -> None:
        work = []
        for identifier in (PHONE, "13900009999"):
            db.session.rollback()
            counted.update(verify=0, sql=0)
            with pytest.raises(SignInRefused):
                sign_in(identifier, password="错的密码错的密码")
            work.append(dict(counted))
        assert work[0] == work[1]
        assert work[0]["verify"] == 1


class TestPause:
    def test_the_sixth_try_is_refused_even_when_right(self, person: int) -> None:
        for _attempt in range(4):
            with pytest.raises(SignInRefused):
                sign_in(PHONE, password="错的")
        with pytest.raises(SignInPaused, match="15"):
            sign_in(PHONE, password="错的")
        with pytest.raises(SignInPaused):
            sign_in("１３８-0000-0142", password=GOOD)

    def test_after_fifteen_minutes_it_opens_again(self, person: int) -> None:
        for _attempt in range(5):
            with pytest.raises((SignInRefused, SignInPaused)):
                sign_in(PHONE, password="错的")
        with time_machine.travel(clock.now() + timedelta(minutes=15, seconds=1), tick=False):
            assert sign_in(PHONE, password=GOOD) == person

    def test_a_right_try_starts_the_count_again(self, person: int) -> None:
        for _attempt in range(2):
            for _wrong in range(4):
                with pytest.raises(SignInRefused):
                    sign_in(PHONE, password="错的")
            assert sign_in(PHONE, password=GOOD) == person

    def test_the_table_names_nobody(self, person: int) -> None:
        with pytest.raises(SignInRefused):
            sign_in(PHONE, password="错的")
        guard = db.session.scalars(select(SignInGuard)).one()
        assert "138" not in guard.identifier[:3]
        assert len(guard.identifier) == 64

    def test_old_failures_are_forgotten(self, person: int) -> None:
        with pytest.raises(SignInRefused):
            sign_in(PHONE, password="错的")
        with time_machine.travel(clock.now() + timedelta(days=2), tick=False):
            forget_old_failures()
        assert db.session.scalars(select(SignInGuard)).all() == []

    @pytest.mark.race
    def test_of_many_guesses_at_once_only_five_are_answered(self, app: Flask, person: int) -> None:
        answers: list[type[Exception] | None] = []

        def guess() -> None:
            with app.app_context():
                try:
                    sign_in(PHONE, password="错的")
                except Exception as error:
                    answers.append(type(error))

        threads = [threading.Thread(target=guess) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        assert answers.count(SignInRefused) == SIGN_IN_TRIES - 1
        assert answers.count(SignInPaused) == 8


def test_a_new_setting_renews_the_hash(app: Flask, person: int) -> None:
    before = db.session.get_one(User, person).password_hash
    app.config["PASSWORD_ROUNDS"] = 2
    try:
        sign_in(PHONE, password=GOOD)
    finally:
        app.config["PASSWORD_ROUNDS"] = 1
    after = db.session.get_one(User, person).password_hash
    assert before != after
    assert "t=2" in after
