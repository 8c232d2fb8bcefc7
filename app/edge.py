"""The edge of a request: its idempotency key, and the visitor behind it."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Flask, current_app, has_request_context, request, session
from flask_login import current_user
from werkzeug.routing import IntegerConverter, Map

from foundation.errands import Once, hash_body, set_once
from foundation.forms import LAST_ROW

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
LEFT_OUT = frozenset({"csrf_token", "once"})


def once_key() -> str:
    """A fresh idempotency key for a form; from the first page on, its visitor keeps one name."""
    if has_request_context():
        _actor()
    return secrets.token_urlsafe(16)


def _actor() -> str:
    if current_user.is_authenticated:
        return f"user:{current_user.id}"
    if "visitor" not in session:
        session["visitor"] = secrets.token_urlsafe(12)
    return f"visitor:{session['visitor']}"


def _body() -> str:
    words = [(name, text) for name, text in request.form.items(multi=True) if name not in LEFT_OUT]
    files = [
        (f"file:{name}", f"{file.filename}:{_size(file.stream)}")
        for name, file in request.files.items(multi=True)
    ]
    # With our own secret among the words, a stored hash tells nobody what a password was.
    secret = ("secret", str(current_app.secret_key))
    return hash_body([("path", request.path), secret, *words, *files])


def _size(stream: Any) -> int:
    place = stream.tell()
    size = stream.seek(0, 2)
    stream.seek(place)
    return int(size)


def _read_key() -> None:
    if request.method not in CHANGING:
        set_once(None)
        return
    key = request.form.get("once") or request.headers.get("Idempotency-Key")
    set_once(Once(actor=_actor(), endpoint=request.endpoint or "", key=key, body=_body()))


def _forget_key(_error: BaseException | None) -> None:
    set_once(None)


class RowIdConverter(IntegerConverter):
    """<int:…> in a URL: an id that no table can hold is not found, instead of an error."""

    def __init__(self, map: Map, **options: Any) -> None:  # noqa: A002 - Werkzeug's own name
        options.setdefault("max", LAST_ROW)
        super().__init__(map, **options)


def init_edge(app: Flask) -> None:
    """Read the key before each change, forget it afterwards; keep ids in URLs possible."""
    app.url_map.converters["int"] = RowIdConverter
    app.before_request(_read_key)
    app.teardown_request(_forget_key)
    app.jinja_env.globals["once_key"] = once_key
