"""What happens to a wish after it was published: words to its people, stand-ins, no-shows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from foundation.db import Base, Id, UtcDateTime
from wishes.models.claims import Place
from wishes.models.wish import Wish
from wishes.rules.no_shows import NoShowState
from wishes.rules.standing_in import StandInState

ASKED = text("state = 'asked'")


class WishMessage(Base):
    """What the community wrote to the people on one wish, and to how many."""

    __tablename__ = "wish_message"
    __table_args__ = (CheckConstraint("people >= 1", name="people"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), index=True)
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str] = mapped_column(String(500))
    people: Mapped[int] = mapped_column(Integer)

    sent_by: Mapped[User] = relationship()


class StandIn(Base):
    """顶替: a place offered to somebody else; `asked_id` is empty when nobody has that number."""

    __tablename__ = "stand_in"
    __table_args__ = (
        CheckConstraint("(state = 'asked') = (ended_at is null)", name="ended"),
        CheckConstraint("asked_id is null or asked_id <> asked_by_id", name="another"),
        Index(
            "uq_stand_in_live", "place_id", unique=True, sqlite_where=ASKED, postgresql_where=ASKED
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    asked_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[StandInState] = mapped_column(String(10), default=StandInState.ASKED)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    place: Mapped[Place] = relationship()
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])


class NoShow(Base):
    """没来: one missed service of one person, what they say to it, and what became of it.

    `happened_at` is the planned start: a wish that is offered again keeps the earlier ones.
    """

    __tablename__ = "no_show"
    __table_args__ = (
        UniqueConstraint("wish_id", "user_id", "happened_at"),
        CheckConstraint("(appeal is null) = (appealed_at is null)", name="appeal"),
        CheckConstraint("answer is null or answered_by_id is not null", name="answer"),
        Index("ix_no_show_person", "user_id", "happened_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    state: Mapped[NoShowState] = mapped_column(String(10), default=NoShowState.COUNTS)
    appeal: Mapped[str | None] = mapped_column(String(300))
    appealed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(String(300))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    wish: Mapped[Wish] = relationship()
    user: Mapped[User] = relationship(foreign_keys=[user_id])
