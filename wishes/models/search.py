"""The text a wish is found by. The index of pairs beside it belongs to the database.

SQLite keeps the pairs in the FTS5 table `wish_search` (rowid = wish), PostgreSQL in the column
`words` of this table, a tsvector with a GIN index. Both are made by the migrations.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base


class WishSearchText(Base):
    """The folded text of a wish: what LIKE judges."""

    __tablename__ = "wish_search_text"

    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), primary_key=True)
    folded: Mapped[str] = mapped_column(Text)
