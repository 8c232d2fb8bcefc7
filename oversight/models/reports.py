"""月报: one a month and area; and the Word template that a street brought."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Area, User
from foundation.db import Base, Id, UtcDateTime


class MonthlyReport(Base):
    """A month (its first day). A draft counts anew at each look; a finished one keeps `figures`."""

    __tablename__ = "monthly_report"
    __table_args__ = (
        UniqueConstraint("area_id", "month"),
        CheckConstraint("(finished_at is null) = (finished_by_id is null)", name="finished"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    month: Mapped[date] = mapped_column(Date)
    words: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    figures: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    area: Mapped[Area] = relationship()


class ReportTemplate(Base):
    """The street's own .docx, as it was uploaded; a new one takes its place."""

    __tablename__ = "report_template"

    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    filename: Mapped[str] = mapped_column(String(120))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))

    uploaded_by: Mapped[User] = relationship()
