"""What each promise costs on a claim's way: the same request again, one promise left out."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from flask import Flask
from flask_login import UserMixin

from app import edge
from foundation.db import db
from foundation.errands import Once, under_key
from tests.bench import bare_claims
from tests.bench.claims import Pairs
from tests.bench.ground import Ground
from tests.bench.sizes import Sizes
from tests.bench.visitors import BROWSER, Visitor, sign_in_all
from wishes import notices
from wishes.services import placing
from wishes.services.claiming import claim_wish

MOST = 300
Press = Callable[[int, int], None]


class Known(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """A person whom nobody looked up."""

    language, elder_mode = "zh_Hans_CN", False

    def __init__(self, session_id: str) -> None:
        self.id = int(session_id.partition(".")[0])


def _nothing(*_words: Any, **_more: Any) -> None:
    return None


@contextmanager
def _without(what: str, app: Flask) -> Iterator[None]:
    with ExitStack() as stack:
        put = stack.enter_context
        if what == "CSRF":
            put(patch.dict(app.config, WTF_CSRF_ENABLED=False))
        elif what == "sign-in":
            put(patch.object(app.login_manager, "_user_callback", Known))  # type: ignore[attr-defined]  # Flask-Login hangs it there
        elif what == "idempotency key":
            put(patch.object(edge, "set_once", _nothing))
            put(patch.object(edge, "_body", _nothing))
        elif what == "event":
            put(patch.object(placing, "note_event", _nothing))
        elif what == "outbox":
            put(patch.object(notices, "tell_claimed", _nothing))
        yield


def _request(app: Flask, visitors: list[Visitor]) -> Press:
    def press(person: int, wish: int) -> None:
        visitor, path = visitors[person - 1], f"/wishes/{wish}/claim"
        body = visitor.press(path).partition(b"\r\n\r\n")[2]
        told: list[str] = []
        environ = {
            "REQUEST_METHOD": "POST", "PATH_INFO": path, "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "127.0.0.1", "HTTP_USER_AGENT": BROWSER,
            "HTTP_COOKIE": f"session={visitor.cookie}", "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded", "wsgi.input": io.BytesIO(body),
            "wsgi.url_scheme": "http", "wsgi.errors": io.StringIO(),
        }  # fmt: skip

        def start(status: str, *_more: Any) -> Any:
            told.append(status)

        answer = app.wsgi_app(environ, start)
        list(answer)
        answer.close()  # type: ignore[attr-defined]  # werkzeug's iterator has it
        if not told[0].startswith("30"):
            raise RuntimeError(f"the claim was answered {told[0]}")

    return press


def _service(app: Flask) -> Press:
    def press(person: int, wish: int) -> None:
        once = Once(f"user:{person}", "bench", f"{person}-{wish}", "b" * 64)
        with app.app_context(), under_key(once):
            claim_wish(wish, actor_id=person)

    return press


def _bare(ground: Ground) -> Press:
    connection = bare_claims.connect(ground.url.removeprefix("sqlite:///"))
    now = time.strftime("%Y-%m-%d %H:%M:%S.000000", time.gmtime())

    def press(person: int, wish: int) -> None:
        bare_claims.claim(connection, person, wish, now)

    return press


def measure(ground: Ground, sizes: Sizes) -> str:
    """A table of processor time per claim, everything in turns in one process."""
    app, pairs = ground.app, Pairs(ground, sizes.rounds)
    whole = _request(app, sign_in_all(ground))
    ways = {"whole": whole, "service": _service(app), "bare": _bare(ground)}
    promises = ("sign-in", "CSRF", "idempotency key", "event", "outbox")
    spent: dict[str, list[float]] = {name: [] for name in (*ways, *promises)}
    claims = iter(pairs.of_round(pairs.spare))
    turns = min(MOST, pairs.share // len(spent))
    for _ in range(turns):
        for name in spent:
            person, wish = next(claims)
            with _without(name, app):
                began = time.process_time()
                ways.get(name, whole)(person, wish)
                spent[name].append(time.process_time() - began)
    with app.app_context():
        db.session.remove()
    middle = {name: statistics.median(took) * 1e6 for name, took in spent.items()}
    return _table(middle, promises)


def _table(each: dict[str, float], promises: tuple[str, ...]) -> str:
    lines = ["A claim's processor time, in one process:"]
    for name, words in (
        ("whole", "the whole request"),
        ("service", "its service alone, without HTTP"),
        ("bare", "its statements alone"),
    ):
        lines.append(f"  {words:34}{each[name]:7.0f} µs")
    for name in promises:
        less = each["whole"] - each[name]
        lines.append(f"  of the request: {name:18}{less:7.0f} µs{less / each['whole']:6.0%}")
    return "\n".join(lines)
