"""One errand, one transaction, once per key."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from foundation.db import TransactionOpen, db, transaction
from foundation.errands import (
    DoneOnce,
    KeyMissing,
    KeyReused,
    Once,
    errand,
    forget_old_keys,
    under_key,
)
from foundation.outbox import Message, tell
from foundation.refusal import Refusal


@errand
def write(text: str, *, refuse: bool = False) -> str:
    """Leave a message; refuse after writing when asked to."""
    tell([1], kind="test", subject=text, text="", path="/")
    if refuse:
        raise Refusal
    return f"wrote {text}"


def once(key: str | None = "k1", *, body: str = "b", actor: str = "user:1") -> Once:
    return Once(actor=actor, endpoint="test", key=key, body=body)


def written() -> int:
    return db.session.execute(select(func.count()).select_from(Message)).scalar_one()


def test_the_same_key_does_the_errand_once_and_answers_the_same(app: Flask) -> None:
    with under_key(once()):
        answers = [write("a") for _ in range(5)]
    assert answers == ["wrote a"] * 5
    assert written() == 1


def test_the_same_key_with_other_words_is_refused(app: Flask) -> None:
    with under_key(once()):
        write("a")
    with under_key(once(body="other")), pytest.raises(KeyReused):
        write("b")
    assert written() == 1


def test_a_refusal_stores_nothing_and_consumes_no_key(app: Flask) -> None:
    with under_key(once()):
        with pytest.raises(Refusal):
            write("a", refuse=True)
        assert written() == 0
        assert write("a") == "wrote a"


def test_two_people_may_use_the_same_key(app: Flask) -> None:
    for actor in ("user:1", "user:2"):
        with under_key(once(actor=actor)):
            write("a")
    assert written() == 2


@pytest.mark.parametrize("key", [None, "", "x" * 65])
def test_a_change_without_a_proper_key_is_refused(app: Flask, key: str | None) -> None:
    with under_key(once(key)), pytest.raises(KeyMissing):
        write("a")


def test_an_errand_inside_an_errand_is_an_error(app: Flask) -> None:
    with transaction(), pytest.raises(TransactionOpen):
        write("a")


def test_keys_are_kept_for_a_week(app: Flask) -> None:
    with under_key(once()):
        write("a")
    assert forget_old_keys() == 0
    assert forget_old_keys(days=-1) == 1
    assert db.session.execute(select(func.count()).select_from(DoneOnce)).scalar_one() == 0


def test_an_errand_that_gave_way_in_a_deadlock_starts_again(app: Flask) -> None:
    tries: list[int] = []

    @errand
    def give_way(name: str) -> str:
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("", {}, Deadlock())
        return name

    with under_key(Once("user:1", "here", "k", "b")):
        assert give_way("x") == "x"
        assert give_way("x") == "x"
    assert len(tries) == 3


def test_another_fault_of_the_database_is_not_tried_again(app: Flask) -> None:
    tries: list[int] = []

    @errand
    def fail() -> None:
        tries.append(1)
        raise OperationalError("", {}, RuntimeError("disk full"))

    with pytest.raises(OperationalError, match="disk full"):
        fail()
    assert tries == [1]


class Deadlock(Exception):
    """What psycopg raises, as far as we look at it."""

    sqlstate = "40P01"
