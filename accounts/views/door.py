"""Coming in and going out: what several pages at the door do the same way."""

from __future__ import annotations

from flask import request, session, url_for
from flask_login import login_user
from werkzeug.wrappers import Response

from accounts.queries.people import get_person
from accounts.rules import find_local_path

Answer = Response | tuple[str, int] | str
KEPT = ("language", "elder")


def next_path(fallback: str | None = None) -> str:
    """Where to go on to: `next` of the request when it is a path of this site."""
    wanted = request.values.get("next", "")
    if wanted.startswith(request.host_url):  # a referrer of our own
        wanted = "/" + wanted.removeprefix(request.host_url)
    return find_local_path(wanted) or fallback or url_for("wishes.board")


def renew_session() -> None:
    """Start the session anew; how the person reads is all that stays."""
    kept = {name: session[name] for name in KEPT if name in session}
    session.clear()
    session.update(kept)


def let_in(user_id: int, *, remember: bool) -> None:
    """Sign the person in with a fresh session, for 30 days or until the browser closes."""
    renew_session()
    login_user(get_person(user_id))
    session.permanent = remember
