"""Cards in the reader's language, from the columns of the wall."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from flask import get_template_attribute, request
from flask_babel import get_locale, gettext
from markupsafe import Markup

from foundation import clock
from wishes.queries.board import CardRow
from wishes.rules.kinds import CATEGORY_LABELS, PROVISION_LABELS, VENUE_LABELS, WishKind
from wishes.rules.life import light_of, light_word

NO_TOOLS: Any = ()  # the list of tools cannot be part of a key; its text is


class CardTool(NamedTuple):
    """One tool on a card."""

    name: str
    quantity: int
    provision_label: str
    pledged: bool = False


@dataclass(frozen=True)
class Card:
    """What the card macro draws; times are UTC, labels in the reader's language."""

    id: int
    kind: str
    title: str
    light: str
    light_word: str
    category_label: str
    community_name: str
    venue_label: str
    public_place: str
    starts_at: datetime
    ends_at: datetime
    deliver_to: str | None
    deliver_by: datetime | None
    headcount: int
    places_taken: int
    tools: list[CardTool]
    claimed_by_label: str | None
    first_until: datetime | None


def make_card(row: CardRow) -> Card:
    """A row of the wall as a card."""
    is_item = row.kind == WishKind.ITEM
    return Card(
        id=row.id,
        kind=str(row.kind),
        title=row.title,
        light=str(light_of(row.state)),
        light_word=gettext(light_word(row.state)),
        category_label=gettext(CATEGORY_LABELS[row.category]),
        community_name=row.community_name,
        venue_label=gettext(VENUE_LABELS[row.venue]),
        public_place=row.public_place,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        deliver_to=row.public_place if is_item else None,
        deliver_by=row.ends_at if is_item else None,
        headcount=row.headcount,
        places_taken=row.places_taken,
        tools=[_tool(each) for each in row.card_tools],
        claimed_by_label=row.taken_by,
        first_until=_as_of(row, clock.now()).first_until,
    )


def _tool(kept: dict[str, Any]) -> CardTool:
    provision = kept["provision"]
    label = gettext(PROVISION_LABELS[provision])
    return CardTool(str(kept["name"]), int(kept.get("quantity", 1)), label)


def draw_cards(rows: Iterable[CardRow]) -> Markup:
    """The cards as the wall shows them.

    A card looks the same for everybody who reads the same language, until one of its columns
    changes: so a drawn card is kept under all its columns, and never goes out of date.
    """
    at = clock.now()
    language, year = str(get_locale()), clock.local(at).year
    root = request.script_root
    return Markup("").join(
        _draw(
            _as_of(row, at)._replace(card_tools=NO_TOOLS, waiting=0), json.dumps(row.card_tools),
            language, year, root,
        )
        for row in rows
    )  # fmt: skip


def _as_of(row: CardRow, at: datetime) -> CardRow:
    """The row without the hours of its first circle when they are over."""
    over = row.first_until is not None and row.first_until <= at
    return row._replace(first_until=None) if over else row


@lru_cache(maxsize=4096)
def _draw(row: CardRow, tools: str, _language: str, _year: int, _root: str) -> Markup:
    macro = get_template_attribute("parts/wish.html", "wish_card")
    return Markup(macro(make_card(row._replace(card_tools=json.loads(tools)))))  # noqa: S704 - drawn by our own macro
