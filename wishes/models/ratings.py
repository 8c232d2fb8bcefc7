"""评单: one rating per ask and wish, the code on the slip that gives it, and later answers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from foundation.append_only import only_grows
from foundation.db import Base, Id, UtcDateTime
from wishes.rules.life import AskMove
from wishes.rules.rating import Grade, RatedBy


class Rating(Base):
    """What the resident said, how it came, and who wrote it down for them. Only grows."""

    __tablename__ = "rating"
    __table_args__ = (
        CheckConstraint("ask_id is not null or wish_id is not null", name="belongs"),
        CheckConstraint("grade in ('good','fair','bad')", name="grade"),
        CheckConstraint(
            "(channel in ('call_back','paper')) = (entered_by_id is not null)", name="marked"
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    ask_id: Mapped[int | None] = mapped_column(ForeignKey("ask.id"), unique=True)
    wish_id: Mapped[int | None] = mapped_column(ForeignKey("wish.id"), unique=True)
    grade: Mapped[Grade] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text, default="")
    channel: Mapped[RatedBy] = mapped_column(String(15))
    rated_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    entered_by: Mapped[User | None] = relationship(foreign_keys=[entered_by_id])


only_grows(Rating.__table__, ("id",), ("ask_id",), ("wish_id",))  # type: ignore[arg-type]  # a Table, declared wider


class RatingCode(Base):
    """The code on a wish's slip by which the resident rates; reprints keep it."""

    __tablename__ = "rating_code"

    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class LaterReply(Base):
    """What the community says after its first reply: what was done, the second answer.

    Only grows: the street reads what was answered before the resident was not content.
    """

    __tablename__ = "later_reply"
    __table_args__ = (
        UniqueConstraint("ask_id", "what"),
        CheckConstraint("what in ('finish','answer_again')", name="what"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    ask_id: Mapped[int] = mapped_column(ForeignKey("ask.id"))
    what: Mapped[AskMove] = mapped_column(String(15))
    text: Mapped[str] = mapped_column(Text)
    replied_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


only_grows(LaterReply.__table__, ("id",), ("ask_id", "what"))  # type: ignore[arg-type]  # a Table, declared wider
