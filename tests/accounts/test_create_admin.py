"""`flask create-admin` makes the first person, once, never with a weak password."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from accounts.models import Area, User
from foundation.db import db

OPTIONS = ["--name", "运维甲", "--email", "admin@example.test"]
GOOD = "灯泡梯子螺丝刀周六九点"


def people() -> list[User]:
    db.session.rollback()
    return list(db.session.scalars(select(User)))


def test_it_makes_the_first_person_and_areas(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", GOOD)
    options = ["create-admin", *OPTIONS, "--city", "延吉市", "--street", "梨园街道"]
    result = app.test_cli_runner().invoke(args=options)
    assert result.exit_code == 0, result.output
    assert "/areas" in result.output
    assert [(p.email, p.is_operator) for p in people()] == [("admin@example.test", True)]
    city, street = db.session.scalars(select(Area).order_by(Area.id))
    assert street.parent_id == city.id
    assert street.path == f"/{city.id}/{street.id}/"


def test_it_asks_for_what_is_not_given(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ADMIN_PASSWORD", raising=False)
    words = f"运维甲\n13800000142\n{GOOD}\n{GOOD}\n"
    result = app.test_cli_runner().invoke(args=["create-admin"], input=words)
    assert result.exit_code == 0, result.output
    assert GOOD not in result.output
    assert people()[0].phone == "+8613800000142"


def test_a_second_run_says_who_it_is(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", GOOD)
    runner = app.test_cli_runner()
    runner.invoke(args=["create-admin", *OPTIONS])
    result = runner.invoke(args=["create-admin", *OPTIONS])
    assert result.exit_code == 0
    assert "已经有了：运维甲" in result.output
    assert len(people()) == 1


@pytest.mark.parametrize("weak", ["12345678", "short", "admin@example.test"])
def test_a_weak_password_makes_nobody(
    app: Flask, monkeypatch: pytest.MonkeyPatch, weak: str
) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", weak)
    result = app.test_cli_runner().invoke(args=["create-admin", *OPTIONS])
    assert result.exit_code == 1
    assert "密码" in result.output
    assert people() == []
