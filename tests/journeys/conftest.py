"""A real server in this process, a real browser beside it, and a clock that tests move."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from accounts.models import User
from app.jobs import sweep
from foundation import clock
from foundation.db import db
from foundation.mail import init_mail
from tests.journeys.phone import Phone
from tests.journeys.post_office import PostOffice

NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), NAMES[0])
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDTHS = {"phone": (390, 844), "desktop": (1280, 900)}


class MovableClock:
    """The product's clock, moved by a test for every thread of the server."""

    def __init__(self) -> None:
        self.offset = timedelta()

    def now(self) -> datetime:
        """The moved present."""
        return datetime.now(UTC) + self.offset

    def move_to(self, moment: datetime) -> None:
        """Make it this moment now; time goes on from there."""
        self.offset = moment - datetime.now(UTC)


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> MovableClock:
    """The clock of the server and of the test, to be moved."""
    movable = MovableClock()
    monkeypatch.setattr(clock, "now", movable.now)
    return movable


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's chromium; missing, the tests fail and say so."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class QuietHandler(WSGIRequestHandler):
    """Keeps connections open as a real server does, and writes no log."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: a failing test has its own words."""


@pytest.fixture
def live(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a real server on this database; several threads, as in life."""
    monkeypatch.setitem(app.config, "SEND_FILE_MAX_AGE_DEFAULT", 3600)  # browsers keep static files
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setitem(app.config, "PUBLIC_URL", address)  # letters must lead here
    yield address
    db.session.rollback()
    server.shutdown()
    thread.join()


@pytest.fixture
def post_office(app: Flask) -> Iterator[PostOffice]:
    """A mail server of this test's own, known to the product."""
    office = PostOffice()
    office.controller.start()
    kept = {name: app.config[name] for name in ("MAIL_SERVER", "MAIL_PORT")}
    app.config.update(MAIL_SERVER="127.0.0.1", MAIL_PORT=office.port, MAIL_SUPPRESS_SEND=False)
    init_mail(app)
    yield office
    app.config.update(kept)
    init_mail(app)
    office.controller.stop()


def carry_mail(app: Flask) -> None:
    """One round of the worker, as it runs every minute."""
    db.session.rollback()
    sweep(app)


@pytest.fixture(params=list(WIDTHS))
def width(request: pytest.FixtureRequest) -> str:
    """A phone of 390 px, a desktop of 1280 px."""
    return str(request.param)


@pytest.fixture
def phone_of(
    chromium: Browser, live: str, width: str, app: Flask, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Phone]]:
    """Give each person a browser of their own, signed in when they have an account."""
    contexts = []
    wide, high = WIDTHS[width]

    def give(owner: str, person: User | None = None, *, scripts: bool = True) -> Phone:
        db.session.rollback()
        context = chromium.new_context(
            viewport={"width": wide, "height": high},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=width == "phone",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        if person is not None:
            context.add_cookies([_signed_in(app, person, live)])
        name = f"{request.node.name}-{owner}".replace("/", "-")
        return Phone(context, live, name, scripts=scripts)

    yield give
    for context in contexts:
        context.close()


def _signed_in(app: Flask, person: User, live: str) -> SetCookieParam:
    """The session cookie that a finished sign-in leaves (signing in has a journey of its own)."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = person.get_id()
        session["_fresh"] = True
    cookie = client.get_cookie("session")
    assert cookie is not None
    return {"name": "session", "value": cookie.value, "url": live}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A journey may take its time on a busy machine: five minutes instead of two."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.timeout(300))
