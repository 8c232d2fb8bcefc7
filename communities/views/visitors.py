"""Who knocks without an account, as keyed hashes: to slow floods and guesses, and no more."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app, request, session
from flask_login import current_user

from foundation.refusal import NotFound
from wishes.rules.supporting import GUESSES_PER_ADDRESS, GUESSES_PER_VISITOR
from wishes.services.flood import Source, count_wrong_guess, ensure_may_guess


def my_id() -> int | None:
    """The signed-in person, None for a visitor."""
    return current_user.id if current_user.is_authenticated else None


def sources_of(per_visitor: int, per_address: int, *, what: str = "") -> list[Source]:
    """Where a visitor without an account comes from; `what` gives an errand its own windows."""
    if current_user.is_authenticated:
        return []
    visitor, address = session.get("visitor", ""), request.remote_addr or ""
    return [
        Source(_mark(f"{what}visitor {visitor}"), per_visitor),
        Source(_mark(f"{what}address {address}"), per_address),
    ]


@contextmanager
def guessing() -> Iterator[None]:
    """A code is looked up inside: what is not found counts as a wrong guess.

    Raises TooManyGuesses before looking when this browser or address has guessed too often.
    """
    sources = _guess_sources()
    ensure_may_guess(sources)
    try:
        yield
    except NotFound:
        count_wrong_guess(sources)
        raise


def _guess_sources() -> list[Source]:
    """The address always; a browser without our cookie has no name of its own."""
    sources = [Source(_mark(f"guess address {request.remote_addr or ''}"), GUESSES_PER_ADDRESS)]
    visitor = my_id() or session.get("visitor")
    if visitor:
        sources.append(Source(_mark(f"guess visitor {visitor}"), GUESSES_PER_VISITOR))
    return sources


def _mark(text: str) -> str:
    key = str(current_app.secret_key).encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
