"""抽查: a month's random sample of what was verified, looked at again by a call."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Area, User
from foundation.db import Base, Id, UtcDateTime
from foundation.sealed import SealedText
from wishes.models.wish import Wish
from wishes.rules.spot_checks import CallOutcome


class SpotCheck(Base):
    """One draw of an area and a month (its first day); anybody can draw it again by the seed."""

    __tablename__ = "spot_check"
    __table_args__ = (
        UniqueConstraint("area_id", "month"),
        CheckConstraint("percent between 1 and 100", name="percent"),
        CheckConstraint("pool >= 0", name="pool"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    month: Mapped[date] = mapped_column(Date)
    seed: Mapped[str] = mapped_column(String(40))
    percent: Mapped[int] = mapped_column(Integer)
    pool: Mapped[int] = mapped_column(Integer)  # how many were verified in the month
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime)
    drawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))  # None: clock

    area: Mapped[Area] = relationship()


class SpotCheckLine(Base):
    """One wish that was drawn: who called, what the resident said, what the street did then."""

    __tablename__ = "spot_check_line"
    __table_args__ = (
        UniqueConstraint("check_id", "wish_id"),
        CheckConstraint("outcome in ('reached','not_reached','contradicts')", name="outcome"),
        CheckConstraint(
            "(outcome is null) = (called_at is null) "
            "and (called_at is null) = (called_by_id is null)",
            name="called",
        ),
        CheckConstraint(
            "(settled_at is null) = (settled_by_id is null) "
            "and (settled_at is null or outcome = 'contradicts')",
            name="settled",
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("spot_check.id"))
    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    from_register: Mapped[bool] = mapped_column(Boolean)  # it came as a row of a 台账
    outcome: Mapped[CallOutcome | None] = mapped_column(String(12))
    words: Mapped[str | None] = mapped_column(SealedText("spot_check_line.words"))
    called_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    called_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    settled_words: Mapped[str | None] = mapped_column(SealedText("spot_check_line.settled"))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    check: Mapped[SpotCheck] = relationship()
    wish: Mapped[Wish] = relationship()
    called_by: Mapped[User | None] = relationship(foreign_keys=[called_by_id])
    settled_by: Mapped[User | None] = relationship(foreign_keys=[settled_by_id])
