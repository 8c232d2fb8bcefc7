"""Cards in the reader's language, from the columns of the wall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext

from wishes.queries.board import CardRow
from wishes.rules.kinds import CATEGORY_LABELS, PROVISION_LABELS, VENUE_LABELS, WishKind
from wishes.rules.life import light_of, light_word


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
    )


def _tool(kept: dict[str, Any]) -> CardTool:
    label = gettext(PROVISION_LABELS[kept["provision"]])
    return CardTool(str(kept["name"]), int(kept.get("quantity", 1)), label)
