"""双报到: a party member at home, a unit's party organisation where the unit sits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models.people import Area, Organisation, User
from accounts.rules.reporting import EndReason, ReportState
from foundation.db import Base, Id, UtcDateTime

LIVE_PERSON = text("state in ('submitted','confirmed') and user_id is not null")
LIVE_UNIT = text("state in ('submitted','confirmed') and user_id is null")


class PartyReport(Base):
    """One report to a community; returned or ended it stays, and a new one is a new row.

    With a person it is the member's own, and `organisation_id` is the unit they let see it, if
    any; without a person it is that unit's party organisation itself.
    """

    __tablename__ = "party_report"
    __table_args__ = (
        CheckConstraint(
            "state in ('submitted','confirmed','returned','ended')", name="state"
        ),
        CheckConstraint("user_id is not null or organisation_id is not null", name="somebody"),
        CheckConstraint("user_id is not null or branch <> ''", name="branch"),
        CheckConstraint("state <> 'returned' or answer <> ''", name="reason"),
        CheckConstraint(
            "state in ('submitted','ended') or answered_at is not null", name="answered"
        ),
        CheckConstraint("(state = 'ended') = (ended_at is not null)", name="ended"),
        Index(
            "uq_party_report_live_person", "user_id", unique=True,
            sqlite_where=LIVE_PERSON, postgresql_where=LIVE_PERSON,
        ),
        Index(
            "uq_party_report_live_unit", "organisation_id", unique=True,
            sqlite_where=LIVE_UNIT, postgresql_where=LIVE_UNIT,
        ),
        Index("ix_party_report_at", "community_id", "state"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    branch: Mapped[str] = mapped_column(String(60), default="")  # a unit's party organisation
    state: Mapped[ReportState] = mapped_column(String(20), default=ReportState.SUBMITTED)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str] = mapped_column(String(200), default="")  # why it was returned
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_reason: Mapped[EndReason | None] = mapped_column(String(20))

    user: Mapped[User | None] = relationship(foreign_keys=[user_id])
    organisation: Mapped[Organisation | None] = relationship()
    community: Mapped[Area] = relationship()
