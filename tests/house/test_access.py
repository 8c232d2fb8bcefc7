"""Every endpoint says who may enter; strangers sign in first; foreign things are not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from accounts.models import User
from app import create_app, factory
from foundation.access import UndeclaredView, ensure_declared, public, who_may_enter
from tests.conftest import SETTINGS
from tests.makers import (
    make_community,
    make_coordinator,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.pages import PageClient

FOREIGN = ("communities.", "oversight.", "accounts.people", "accounts.invite")
BY_UNIT = ("partner_units.",)
SAMPLES: dict[str, Any] = {"token": "x", "code": "x", "size": "small", "date": "2026-11-28"}


def rules_of(app: Flask, method: str) -> list[Rule]:
    return [r for r in app.url_map.iter_rules() if method in (r.methods or set())]


def path_of(app: Flask, rule: Rule, **ids: int) -> str:
    """The rule's path with these ids; ids that a test does not give are 1."""
    values = {name: ids.get(name, SAMPLES.get(name, 1)) for name in rule.arguments}
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values)


def test_every_endpoint_says_who_may_enter(app: Flask) -> None:
    ways = {name: who_may_enter(view) for name, view in app.view_functions.items()}
    assert {name for name, way in ways.items() if way not in ("public", "signed_in")} == set()


def test_a_stranger_is_sent_to_sign_in_from_every_closed_page(
    app: Flask, client: PageClient
) -> None:
    closed = [
        rule
        for rule in rules_of(app, "GET")
        if who_may_enter(app.view_functions[rule.endpoint]) == "signed_in"
    ]
    assert len(closed) > 10
    for rule in closed:
        answer = client.open(path_of(app, rule))
        assert answer.status_code == 302, rule
        assert answer.location.startswith("/sign-in?next="), rule


def test_a_strangers_change_is_sent_to_sign_in_too(app: Flask, client: PageClient) -> None:
    client.get("/sign-in")
    for rule in rules_of(app, "POST"):
        if who_may_enter(app.view_functions[rule.endpoint]) == "signed_in":
            answer = client.post(path_of(app, rule))
            assert answer.status_code == 302, rule
            assert answer.location.startswith("/sign-in?next="), rule


def test_an_undeclared_view_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_one_more(app: Flask) -> None:
        app.add_url_rule("/secret", "secret", lambda: "x")

    monkeypatch.setattr(factory, "_open_rooms", open_one_more)
    settings = {**SETTINGS, "INSTANCE_PATH": str(tmp_path)}
    with pytest.raises(UndeclaredView, match="secret"):
        create_app({**settings, "SQLALCHEMY_DATABASE_URI": "sqlite://"})


def test_a_declared_view_does_not(app: Flask) -> None:
    other = Flask("other")
    other.view_functions = {"page": public(lambda: "x")}
    ensure_declared(other)


@pytest.mark.parametrize("rooms", [FOREIGN, BY_UNIT])
def test_what_is_foreign_is_not_there(
    app: Flask, sign_in: Callable[[User], PageClient], rooms: tuple[str, ...]
) -> None:
    """A worker and a coordinator of elsewhere, and a plain volunteer, find nothing of ours."""
    home, unit = make_community(), make_unit()
    wish = make_wish(community=home)
    ids = {"area_id": home.id, "unit_id": unit.id, "wish_id": wish.id}
    people = [
        make_worker(community=make_community()),
        make_coordinator(unit=make_unit()),
        make_volunteer(),
    ]
    clients = [sign_in(person) for person in people]
    for rule in rules_of(app, "GET"):
        own = rule.endpoint.startswith(rooms) and rule.arguments & set(ids)
        if own and who_may_enter(app.view_functions[rule.endpoint]) == "signed_in":
            for client in clients:
                assert client.open(path_of(app, rule, **ids)).status_code == 404, rule
