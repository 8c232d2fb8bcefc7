"""反馈卡: what a community tells a member and their unit about one quarter (双报到)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import PartyReport
from foundation.db import Base, Id, UtcDateTime
from wishes.rules.feedback import CardState


class FeedbackCard(Base):
    """One card per report and quarter; its figures are as they were when it was signed."""

    __tablename__ = "feedback_card"
    __table_args__ = (
        UniqueConstraint("report_id", "quarter"),
        CheckConstraint("state in ('draft','signed')", name="state"),
        CheckConstraint(
            "(state = 'signed') = (signed_at is not null and signed_by_id is not null)",
            name="signed",
        ),
        CheckConstraint("scanned >= 0 and marked >= 0 and late >= 0", name="minutes"),
        CheckConstraint("wishes >= 0 and people >= 0 and times >= people", name="counts"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("party_report.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    quarter: Mapped[date] = mapped_column(Date)  # its first day, local
    wishes: Mapped[int] = mapped_column(Integer)
    people: Mapped[int] = mapped_column(Integer)
    times: Mapped[int] = mapped_column(Integer)  # 服务人次
    scanned: Mapped[int] = mapped_column(Integer)  # minutes of grade A
    marked: Mapped[int] = mapped_column(Integer)  # of grade B
    late: Mapped[int] = mapped_column(Integer)  # of grade C
    words: Mapped[str] = mapped_column(Text, default="")  # the community's own
    state: Mapped[CardState] = mapped_column(String(20), default=CardState.DRAFT)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    signed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    signed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    report: Mapped[PartyReport] = relationship()
