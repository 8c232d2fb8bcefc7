"""A visitor's page, kept until the database is written or the minute ends."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import NamedTuple

from flask import Response, request, session

from foundation import clock
from foundation.db import db
from foundation.version import find_version

MOST = 256
Key = tuple[str, str, str | None, bool]


class Kept(NamedTuple):
    """A drawn page, and what it was drawn from."""

    version: int | None
    minute: int
    body: bytes
    mark: str


_kept: dict[Key, Kept] = {}


def is_visitor() -> bool:
    """Whether this page is the same for everybody who reads alike."""
    return "_user_id" not in session and "_flashes" not in session


def answer_visitor(draw: Callable[[], str]) -> Response:
    """The page that `draw` makes, from what was kept where nothing has changed.

    It may hold nothing of one visitor, so no form with a token. A browser keeps it too, and is
    told when it has it already. Wishes whose time comes leave the wall within the minute.
    """
    page = _find_page(draw)
    if request.if_none_match.contains(page.mark):
        answer = Response(status=304)
    else:
        answer = Response(page.body, mimetype="text/html")
    answer.set_etag(page.mark)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _find_page(draw: Callable[[], str]) -> Kept:
    version = find_version(db.engine)  # before anything is read
    minute = int(clock.now().timestamp()) // 60
    key = (
        request.script_root, request.full_path, session.get("language"),
        bool(session.get("elder")),
    )  # fmt: skip
    page = _kept.get(key)
    if page is None or (page.version, page.minute) != (version, minute):
        body = draw().encode()
        page = Kept(version, minute, body, blake2b(body, digest_size=16).hexdigest())
        if version is not None:
            _keep(key, page)
    return page


def _keep(key: Key, page: Kept) -> None:
    if len(_kept) >= MOST and key not in _kept:
        _kept.clear()
    _kept[key] = page
