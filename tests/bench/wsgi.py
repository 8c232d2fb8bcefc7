"""The product with one more page, /hello: the least this server and this framework can do."""

from __future__ import annotations

from app import create_app
from foundation.access import public

app = create_app()


@app.get("/hello")
@public
def hello() -> str:
    """A word, without session and database."""
    return "hello"
