"""Links that leave the page: read aloud, sent on, drawn as QR."""

from __future__ import annotations

from typing import Any

import segno
from flask import current_app, url_for
from markupsafe import Markup


def full_link(endpoint: str, **values: Any) -> str:
    """An address that works outside: by setting PUBLIC_URL, else the one the server has."""
    base = str(current_app.config["PUBLIC_URL"]).rstrip("/")
    if base:
        return f"{base}{url_for(endpoint, **values)}"
    return url_for(endpoint, **values, _external=True)


def draw_qr(link: str) -> Markup:
    """A QR code as SVG, to stand in the page."""
    drawn = segno.make(link, error="m").svg_inline(border=2, omitsize=True)
    return Markup(drawn)  # noqa: S704 - drawn by segno, holds no text of anybody
