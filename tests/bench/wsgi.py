"""The product with one more page, /hello: the least this server and this framework can do."""

from __future__ import annotations

from flask import request

from app import create_app
from foundation.access import public
from wishes.views import cards, filters, kept_pages

COLD = "X-Bench-Cold"
DRAWN = (cards._draw, filters._draw)

app = create_app()


@app.before_request
def forget_what_was_drawn() -> None:
    """A cold request draws every card and chip anew."""
    if COLD in request.headers:
        for drawn in DRAWN:
            drawn.cache_clear()
        kept_pages._kept.clear()


@app.get("/hello")
@public
def hello() -> str:
    """A word, without session and database."""
    return "hello"
