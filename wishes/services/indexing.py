"""Keeping the search index beside the wish, in the errand that changes it."""

from __future__ import annotations

from sqlalchemy import delete, insert, select, text

from accounts.services.areas import area_renamed
from foundation.db import db
from foundation.search_text import fold, index_text
from wishes.models import Wish, WishSearchText
from wishes.rules.kinds import CATEGORY_LABELS

_PAIRS = {
    "sqlite": (
        text("DELETE FROM wish_search WHERE rowid = :id"),
        text("INSERT INTO wish_search (rowid, words) VALUES (:id, :pairs)"),
    ),
    "postgresql": (
        text(
            "UPDATE wish_search_text SET words = to_tsvector('simple', :pairs) WHERE wish_id = :id"
        ),
    ),
}


def text_of(wish: Wish) -> str:
    """The public words a wish is found by."""
    parts = [wish.title, wish.text, wish.public_place, wish.community.name]
    parts += [CATEGORY_LABELS[wish.category], *(tool.name for tool in wish.tools)]
    return "\n".join(part for part in parts if part)


def index_wish(wish: Wish) -> None:
    """Write a wish's words into the search index, inside the errand that is open."""
    db.session.flush()
    words = text_of(wish)
    db.session.execute(delete(WishSearchText).where(WishSearchText.wish_id == wish.id))
    db.session.execute(insert(WishSearchText).values(wish_id=wish.id, folded=fold(words)))
    pairs = {"id": wish.id, "pairs": index_text(words)}
    dialect = db.session.get_bind().dialect.name
    for statement in _PAIRS[dialect]:
        db.session.execute(statement, {k: pairs[k] for k in statement.compile().params})


@area_renamed.connect
def index_area(area_id: int) -> None:
    """Index every wish of a community again, inside the errand that renames it."""
    for wish in db.session.scalars(select(Wish).where(Wish.community_id == area_id)):
        index_wish(wish)
