"""QR drawings for pages and paper."""

from __future__ import annotations

import segno


def draw_qr(address: str) -> str:
    """An SVG of an address, to stand inside a page."""
    return str(segno.make(address, error="m").svg_inline(omitsize=True, border=2))
