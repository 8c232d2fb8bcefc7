"""Links that are handed over: as text, and as a code for the other person's phone."""

from __future__ import annotations

import segno
from flask import current_app, request
from markupsafe import Markup


def link_to(path: str) -> str:
    """A path as a whole address: setting PUBLIC_URL, else the address this page has."""
    base = current_app.config["PUBLIC_URL"] or request.host_url
    return str(base).rstrip("/") + path


def draw_code(link: str) -> Markup:
    """The link as a QR code, drawn into the page."""
    drawing = segno.make(link, micro=False).svg_inline(omitsize=True)
    return Markup(drawing)  # noqa: S704 - drawn by segno from a link of ours
