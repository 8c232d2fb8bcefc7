"""Putting plain words into a wish and reading them out again: steps of other errands."""

from __future__ import annotations

from sqlalchemy import delete, select

from accounts.queries.areas import list_grids
from foundation.db import db
from wishes.models import ToolLine, ToolPledge, Wish
from wishes.refusals.asks import GridNotHere
from wishes.rules.publishing import ToolWords, WishWords


def words_of(wish: Wish) -> WishWords:
    """A stored wish in plain values."""
    return WishWords(
        kind=wish.kind,
        category=wish.category,
        title=wish.title,
        text=wish.text,
        venue=wish.venue,
        grid_id=wish.grid_id,
        public_place=wish.public_place,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        headcount=wish.headcount,
        tools=tuple(ToolWords(tool.name, tool.quantity, tool.provision) for tool in wish.tools),
        tools_answered=wish.tools_answered,
        contact_id=wish.contact_id,
    )


def write_words(wish: Wish, words: WishWords) -> None:
    """Put the words on the wish and raise its version. Raises GridNotHere."""
    moved = words.grid_id is not None and words.grid_id != wish.grid_id
    if moved and words.grid_id not in {grid.id for grid in list_grids(wish.community_id)}:
        raise GridNotHere
    wish.kind, wish.category, wish.venue = words.kind, words.category, words.venue
    wish.title, wish.text, wish.public_place = words.title, words.text, words.public_place
    wish.grid_id, wish.contact_id = words.grid_id, words.contact_id
    wish.starts_at, wish.ends_at, wish.headcount = words.starts_at, words.ends_at, words.headcount
    wish.version += 1
    _write_tools(wish, words)


def _write_tools(wish: Wish, words: WishWords) -> None:
    wish.tools_answered = words.tools_answered
    wish.card_tools = [
        {"name": tool.name, "quantity": tool.quantity, "provision": str(tool.provision)}
        for tool in words.tools
    ]
    before = [(tool.name, tool.quantity, tool.provision) for tool in wish.tools]
    after = [(tool.name, tool.quantity, tool.provision) for tool in words.tools]
    if before == after:
        return
    _forget_pledges(wish.id)
    wish.tools = [
        ToolLine(position=place, name=name, quantity=quantity, provision=provision)
        for place, (name, quantity, provision) in enumerate(after)
    ]


def _forget_pledges(wish_id: int | None) -> None:
    """Pledges of claims that were given back: lines change only while nobody has claimed."""
    if wish_id is not None:
        lines = select(ToolLine.id).where(ToolLine.wish_id == wish_id)
        db.session.execute(delete(ToolPledge).where(ToolPledge.tool_line_id.in_(lines)))
