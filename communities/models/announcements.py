"""公告: what a community tells its neighbours, from one day to another."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base, Id, UtcDateTime


class Announcement(Base):
    """Shown from its first to its last day (local days, both included), then gone by itself.

    `told_at`: when the followers were told, once. Taken down, never deleted.
    """

    __tablename__ = "announcement"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint(
            "(photo_key is null) = (photo_width is null) "
            "and (photo_key is null) = (photo_height is null)",
            name="photo",
        ),
        CheckConstraint("(taken_down_at is null) = (taken_down_by_id is null)", name="taken_down"),
        Index("ix_announcement_area_id_last_day", "area_id", "last_day"),
        Index("ix_announcement_told_at_first_day", "told_at", "first_day"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    title: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    photo_key: Mapped[str | None] = mapped_column(String(80), unique=True)
    photo_width: Mapped[int | None] = mapped_column(Integer)
    photo_height: Mapped[int | None] = mapped_column(Integer)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_down_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_down_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
