"""Flask-Login: who the session's id is, and where strangers are sent."""

from __future__ import annotations

from flask import Flask, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import LoginManager
from werkzeug.wrappers import Response

from accounts.models import User
from accounts.queries.people import find_person
from foundation.db import db


def _load(session_id: str) -> User | None:
    number, _dot, _version = session_id.partition(".")
    if not number.isdigit():
        return None
    person = find_person(int(number))
    if person is None or person.get_id() != session_id:
        return None
    # The visitor is what was read now: an errand's end must not read the person again.
    db.session.expunge(person)
    return person


def _send_to_sign_in() -> Response:
    flash(_("请先登录，登录后会回到这里。"), "info")
    after = request.full_path.rstrip("?") if request.method == "GET" else request.referrer
    return redirect(url_for("accounts.sign_in", next=after or "/"))


def init_sign_in(app: Flask) -> None:
    """Hang Flask-Login on the app."""
    manager = LoginManager(app)
    manager.session_protection = "basic"
    manager.user_loader(_load)
    manager.unauthorized_handler(_send_to_sign_in)
