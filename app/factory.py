"""Put the rooms together."""

from __future__ import annotations

import importlib
import os
import pkgutil
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from flask_talisman import Talisman
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from app.edge import init_edge
from app.errors import init_errors
from app.languages import init_languages
from app.pages import init_pages
from app.parts_page import register_parts
from app.settings import load_settings
from app.sign_in import init_sign_in
from foundation.access import ensure_declared, public
from foundation.db import db, init_db
from foundation.labels import register_labels
from foundation.mail import init_mail

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("accounts", "wishes", "communities", "volunteers", "partner_units", "oversight")
# A visitor's page is the same for every visitor, so it holds no token. These two change only how
# a visitor reads, and ask for the token of whoever is signed in by themselves.
FREE_OF_TOKENS = ("accounts.set_language", "accounts.set_reading")
CSP = {
    "default-src": "'self'",
    "img-src": ["'self'", "data:", "blob:"],
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def create_app(overrides: dict[str, Any] | None = None) -> Flask:
    """The application. Raises UndeclaredView, OldSqlite, PrivateKeyMissing."""
    instance = (overrides or {}).get("INSTANCE_PATH") or os.environ.get("INSTANCE_PATH")
    app = Flask(
        "micro_wish",
        root_path=str(ROOT),
        instance_path=str(Path(instance or ROOT / "instance").resolve()),
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    load_settings(app, overrides)
    if app.config["PROXIES"]:
        hops = app.config["PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # Flask's own advice
    init_db(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
    CSRFProtect(app)
    Talisman(
        app,
        force_https=app.config["HTTPS"],
        strict_transport_security=app.config["HTTPS"],
        session_cookie_secure=app.config["HTTPS"],
        content_security_policy=CSP,
        referrer_policy="same-origin",
        permissions_policy={"geolocation": "()", "microphone": "()"},
    )
    init_languages(app)
    init_sign_in(app)
    init_edge(app)
    init_errors(app)
    init_mail(app)
    register_labels(app)
    init_pages(app)
    _open_rooms(app)
    if app.debug or app.config["SHOW_PARTS"]:
        register_parts(app)
    public(app.view_functions["static"])
    ensure_declared(app)
    return app


def _open_rooms(app: Flask) -> None:
    """Import every view module of every room, then hang its blueprint and its commands."""
    for room in ROOMS:
        views = importlib.import_module(f"{room}.views")
        for module in pkgutil.iter_modules(views.__path__):
            importlib.import_module(f"{room}.views.{module.name}")
        app.register_blueprint(importlib.import_module(f"{room}.views.blueprint").bp)
    for name in FREE_OF_TOKENS:
        app.extensions["csrf"].exempt(app.view_functions[name])
    commands = importlib.import_module("app.commands")
    for module in pkgutil.iter_modules(commands.__path__):
        importlib.import_module(f"app.commands.{module.name}").register(app)
