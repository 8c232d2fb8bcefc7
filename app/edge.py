"""The edge of a request: its idempotency key, and the visitor behind it."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Flask, Request, current_app, has_request_context, request, session
from flask_login import current_user
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.routing import IntegerConverter, Map
from werkzeug.utils import cached_property

from foundation.errands import Once, hash_body, set_once
from foundation.forms import LAST_ROW

CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
NUL = "\x00"
LEFT_OUT = frozenset({"csrf_token", "once"})


class PlainRequest(Request):
    """A request whose words carry no NUL: nobody types one, and PostgreSQL keeps none."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """The words of the address."""
        return ImmutableMultiDict(_plain(super().args))

    def _load_form_data(self) -> None:
        super()._load_form_data()
        self.__dict__["form"] = ImmutableMultiDict(_plain(self.__dict__["form"]))
        for file in self.__dict__["files"].values():
            file.filename = (file.filename or "").replace(NUL, "")


def _plain(words: MultiDict[str, str]) -> list[tuple[str, str]]:
    return [
        (name.replace(NUL, ""), text.replace(NUL, "")) for name, text in words.items(multi=True)
    ]


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
    """Plain words, a key before each change and none afterwards, ids in URLs that may exist."""
    app.request_class = PlainRequest
    app.url_map.converters["int"] = RowIdConverter
    app.before_request(_read_key)
    app.teardown_request(_forget_key)
    app.jinja_env.globals["once_key"] = once_key
