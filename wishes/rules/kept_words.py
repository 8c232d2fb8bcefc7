"""The words of a wish without its day: as a series, a template or a copy keeps them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from wishes.rules.kinds import Category, Provision, Venue, WishKind
from wishes.rules.publishing import ToolWords, WishWords


def pack(words: WishWords) -> dict[str, Any]:
    """Plain values for a JSON column; day and time are left out."""
    return {
        "kind": str(words.kind),
        "category": str(words.category),
        "title": words.title,
        "text": words.text,
        "venue": str(words.venue),
        "grid_id": words.grid_id,
        "public_place": words.public_place,
        "headcount": words.headcount,
        "tools": [[tool.name, tool.quantity, str(tool.provision)] for tool in words.tools],
        "tools_answered": words.tools_answered,
        "contact_id": words.contact_id,
    }


def unpack(kept: dict[str, Any]) -> WishWords:
    """The words again, without day and time."""
    return WishWords(
        kind=WishKind(kept["kind"]),
        category=Category(kept["category"]),
        title=kept["title"],
        text=kept["text"],
        venue=Venue(kept["venue"]),
        grid_id=kept["grid_id"],
        public_place=kept["public_place"],
        headcount=kept["headcount"],
        tools=tuple(ToolWords(name, n, Provision(who)) for name, n, who in kept["tools"]),
        tools_answered=kept["tools_answered"],
        contact_id=kept["contact_id"],
    )


def on_a_day(
    kept: dict[str, Any], *, starts_at: datetime, ends_at: datetime, headcount: int | None = None
) -> WishWords:
    """The words of one occurrence. Times are UTC."""
    words = unpack(kept)
    people = words.headcount if headcount is None else headcount
    return replace(words, starts_at=starts_at, ends_at=ends_at, headcount=people)
