"""Finding wishes by words: an index of pairs proposes, LIKE on the folded text decides.

A rare word is looked up in the index. A common one is found faster by walking the wall in its
own order and stopping after a page, so the index is asked first how common the word is.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    UnaryExpression,
    column,
    exists,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.sql import operators

from foundation.db import db
from foundation.search_text import (
    contains_every_word,
    match_query_postgres,
    match_query_sqlite,
    words,
)
from wishes.models import Wish, WishSearchText

COMMON = 1000
_FTS = table("wish_search", column("rowid"))


class Found(NamedTuple):
    """The condition on a wish that it holds the words; `rare` ones are reached by the index."""

    holds: ColumnElement[bool]
    rare: bool

    def state(self) -> ColumnElement[Any]:
        """The wish's state; when few were found, hidden from the order's index on SQLite.

        SQLite keeps no count of how many wishes are open and would walk all of them; a leading
        plus makes it begin with the few that were found.
        """
        if not self.rare or _dialect() != "sqlite":
            return Wish.state.expression
        plus: Any = operators.custom_op("+")
        return UnaryExpression(Wish.state.expression, operator=plus, type_=String())


def find_words(query: str) -> Found | None:
    """How to find the wishes whose text holds every word of the query, None for no words.

    What is found equals what LIKE on the folded text finds.
    """
    if not words(query):
        return None
    proposed = _proposed(query)
    few = select(func.count()).select_from(proposed.limit(COMMON + 1).subquery())
    judge = contains_every_word(WishSearchText.folded.expression, query)
    if db.session.execute(few).scalar_one() > COMMON:
        return Found(exists().where(WishSearchText.wish_id == Wish.id, judge), rare=False)
    # looked up once, before anything else, whatever the planner guesses about the words
    found = proposed.where(judge).cte("found").prefix_with("MATERIALIZED")
    return Found(Wish.id.in_(select(found.c.wish_id)), rare=True)


def _dialect() -> str:
    return db.session.get_bind().dialect.name


def _proposed(query: str) -> Select[Any]:
    if _dialect() == "postgresql":
        pairs = func.to_tsquery(literal_column("'simple'"), match_query_postgres(query))
        holds = literal_column("wish_search_text.words").op("@@")(pairs)
        return select(WishSearchText.wish_id).where(holds)
    match = literal_column("wish_search").op("MATCH")(match_query_sqlite(query))
    joined = _FTS.join(WishSearchText, WishSearchText.wish_id == _FTS.c.rowid)
    return select(WishSearchText.wish_id).select_from(joined).where(match)
