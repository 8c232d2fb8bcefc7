"""What a wish asks beyond the ordinary: a least number, a second yes, a first circle."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base, Id, UtcDateTime
from wishes.rules.reconfirming import Answer
from wishes.rules.terms import BelowLeast, FirstCircle, Outcome

OPEN_QUESTION = text("answer is null")


class WishTerms(Base):
    """The terms of a wish; most wishes have no row.

    `reconfirm` is null where the setting decides. `judged_for` is the start for which the least
    number was looked at: a wish that moves is looked at again.
    """

    __tablename__ = "wish_terms"
    __table_args__ = (
        CheckConstraint("least is null or least between 2 and 2000", name="least"),
        CheckConstraint("below in ('go','cancel','ask')", name="below"),
        CheckConstraint(
            "(first_to is null) = (first_hours is null) and "
            "(first_hours is null or first_hours between 1 and 168)",
            name="first",
        ),
        CheckConstraint("decided_at is null or outcome = 'ask'", name="decided"),
    )

    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), primary_key=True)
    least: Mapped[int | None] = mapped_column(Integer)
    below: Mapped[BelowLeast] = mapped_column(String(10), default=BelowLeast.ASK)
    reconfirm: Mapped[bool | None] = mapped_column(Boolean)
    first_to: Mapped[FirstCircle | None] = mapped_column(String(10))
    first_hours: Mapped[int | None] = mapped_column(Integer)
    judged_for: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[Outcome | None] = mapped_column(String(10))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class Reconfirmation(Base):
    """明天还来吗: asked once for a place and a start; unanswered at the limit, the place goes."""

    __tablename__ = "reconfirmation"
    __table_args__ = (
        UniqueConstraint("place_id", "starts_at"),
        CheckConstraint("(answer is null) = (answered_at is null)", name="answered"),
        Index(
            "ix_reconfirmation_open",
            "answer_until",
            sqlite_where=OPEN_QUESTION,
            postgresql_where=OPEN_QUESTION,
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)  # for which start it was asked
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer_until: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[Answer | None] = mapped_column(String(10))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
