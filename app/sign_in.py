"""Flask-Login: who the session's id is, and where strangers are sent."""

from __future__ import annotations

from flask import Flask, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import LoginManager
from werkzeug.wrappers import Response

from accounts.queries.people import Visitor, find_visitor


def _load(session_id: str) -> Visitor | None:
    number, _dot, _version = session_id.partition(".")
    if not number.isdigit():
        return None
    visitor = find_visitor(int(number))
    return visitor if visitor is not None and visitor.get_id() == session_id else None


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
