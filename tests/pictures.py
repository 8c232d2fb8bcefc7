"""Pictures for upload forms: drawn, so that each turn is another picture."""

from __future__ import annotations

from io import BytesIO

from PIL import Image


def jpeg(*, turn: int = 0) -> BytesIO:
    """A picture with something on it."""
    picture = Image.linear_gradient("L").resize((400, 300)).rotate(turn).convert("RGB")
    picture.paste((200, 30, 30), (40 + turn, 30, 160 + turn, 200))
    stream = BytesIO()
    picture.save(stream, "JPEG")
    stream.seek(0)
    return stream
