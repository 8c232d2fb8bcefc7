"""Care before publishing: notes of risk and insurance, who may come, the second look."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from accounts.rules.skills import Skill
from foundation.db import Base, Id, UtcDateTime
from wishes.models.wish import Wish
from wishes.rules.reviewing import ReviewState

WAITING = text("state = 'waiting'")


class WishCare(Base):
    """What a wish says of its risk, and whom it asks for; most wishes have no row."""

    __tablename__ = "wish_care"
    __table_args__ = (
        CheckConstraint("min_age is null or min_age between 10 and 80", name="min_age"),
    )

    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), primary_key=True)
    risk_note: Mapped[str] = mapped_column(String(200), default="")
    insurance_note: Mapped[str] = mapped_column(String(200), default="")
    min_age: Mapped[int | None] = mapped_column(Integer)
    skill: Mapped[Skill | None] = mapped_column(String(20))


class WishReview(Base):
    """A draft handed in for a second look; one waits at a time, nobody passes their own."""

    __tablename__ = "wish_review"
    __table_args__ = (
        CheckConstraint("state in ('waiting','passed','returned','withdrawn')", name="state"),
        CheckConstraint("(state = 'waiting') = (decided_at is null)", name="decided"),
        CheckConstraint("(state = 'returned') = (reason is not null)", name="reason"),
        CheckConstraint(
            "state not in ('passed','returned') or decided_by_id <> asked_by_id", name="two_people"
        ),
        Index(
            "uq_wish_review_waiting",
            "wish_id",
            unique=True,
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[ReviewState] = mapped_column(String(10), default=ReviewState.WAITING)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(String(200))

    wish: Mapped[Wish] = relationship()
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
