"""People who signed in beforehand: their session cookies and the tokens of their forms."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import session
from flask_login import login_user
from flask_wtf.csrf import generate_csrf

from accounts.queries.people import get_person
from tests.bench.ground import Ground

BROWSER = "bench"


@dataclass(frozen=True)
class Visitor:
    """One signed-in person's browser."""

    cookie: str
    token: str

    def press(self, path: str) -> bytes:
        """The bytes of a POST with a fresh key, as the page's form sends it."""
        words = {"csrf_token": self.token, "once": secrets.token_urlsafe(16)}
        body = urlencode(words)
        return (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: {BROWSER}\r\n"
            f"Cookie: session={self.cookie}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()


def sign_in_all(ground: Ground) -> list[Visitor]:
    """Sign everybody in, as the sign-in page does it."""
    app, visitors = ground.app, []
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's own kind
    browser = {"REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": BROWSER}
    for number in ground.filled.people:
        with app.test_request_context(environ_base=browser):
            login_user(get_person(number))
            token = generate_csrf()
            visitors.append(Visitor(serializer.dumps(dict(session)), token))
    return visitors
