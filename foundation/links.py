"""Links that leave the page: sent on, read aloud, drawn as a code for another's phone."""

from __future__ import annotations

import segno
from flask import current_app, request
from markupsafe import Markup


def whole_link(path: str) -> str:
    """A path of ours as a whole address: setting PUBLIC_URL, else the one this page has."""
    base = current_app.config["PUBLIC_URL"] or request.host_url
    return str(base).rstrip("/") + path


def draw_qr(link: str) -> Markup:
    """A link as a QR code: an SVG to stand in the page."""
    drawn = segno.make(link, error="m", micro=False).svg_inline(border=2, omitsize=True)
    return Markup(drawn)  # noqa: S704 - drawn by segno, holds no text of anybody
