"""到场记录 and what proves it: codes, slips, marks, the report and its verification."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Organisation, User
from foundation.append_only import only_grows
from foundation.db import Base, Id, UtcDateTime
from foundation.sealed import SealedText
from wishes.models.wish import Wish
from wishes.rules.proof import Absence, Decision, Proof, SlipSide


class Attendance(Base):
    """One person, one wish: in, out (UTC receipts of the server), and how each was proved."""

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("wish_id", "user_id"),
        CheckConstraint("left_at is null or arrived_at <= left_at", name="times"),
        CheckConstraint("break_minutes >= 0", name="breaks"),
        CheckConstraint("absence is null or arrived_at is null", name="absent_or_here"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    arrived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    arrived_proof: Mapped[Proof | None] = mapped_column(String(15))
    left_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    left_proof: Mapped[Proof | None] = mapped_column(String(15))
    break_minutes: Mapped[int] = mapped_column(Integer, default=0)
    absence: Mapped[Absence | None] = mapped_column(String(15))
    flagged: Mapped[str | None] = mapped_column(String(30))  # e.g. no_check_out
    resident_confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # call-back

    wish: Mapped[Wish] = relationship()
    user: Mapped[User] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class AttendanceEvent(Base):
    """Who noted or corrected what on an attendance, with the value before. Only grows."""

    __tablename__ = "attendance_event"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    attendance_id: Mapped[int] = mapped_column(ForeignKey("attendance.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    what: Mapped[str] = mapped_column(String(30))  # arrive, leave, absent, breaks, confirm
    proof: Mapped[Proof | None] = mapped_column(String(15))
    before: Mapped[str | None] = mapped_column(String(100))
    after: Mapped[str | None] = mapped_column(String(100))
    why: Mapped[str | None] = mapped_column(String(200))


only_grows(AttendanceEvent.__table__, ("id",))  # type: ignore[arg-type]  # a Table, declared wider


class Slip(Base):
    """The resident's A5 slip: two one-time codes under a fold. A new print ends the old one."""

    __tablename__ = "slip"
    __table_args__ = (
        Index(
            "uq_slip_live",
            "wish_id",
            unique=True,
            sqlite_where=text("live"),
            postgresql_where=text("live"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), index=True)
    arrive_code: Mapped[str] = mapped_column(SealedText("slip.code"))
    leave_code: Mapped[str] = mapped_column(SealedText("slip.code"))
    printed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    printed_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    live: Mapped[bool] = mapped_column(Boolean, default=True)


class SlipUse(Base):
    """A person used a side of the slip: once each."""

    __tablename__ = "slip_use"
    __table_args__ = (UniqueConstraint("slip_id", "user_id", "side"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    slip_id: Mapped[int] = mapped_column(ForeignKey("slip.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    side: Mapped[SlipSide] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CodeTry(Base):
    """Wrong codes of a person on a wish: guessing is slowed and then stopped."""

    __tablename__ = "code_try"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Report(Base):
    """完成: what was done. A wish done again gets a new report; the old one stays."""

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), index=True)
    reported_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    text: Mapped[str] = mapped_column(Text)
    overrun_reason: Mapped[str | None] = mapped_column(String(200))

    reported_by: Mapped[User] = relationship()


class Verification(Base):
    """核实: the second person's decision on a report. Only grows."""

    __tablename__ = "verification"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), index=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id"), unique=True)
    verified_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    decision: Mapped[Decision] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(300))
    overrun_allowed: Mapped[bool] = mapped_column(Boolean, default=False)
    in_batch: Mapped[bool] = mapped_column(Boolean, default=False)

    verified_by: Mapped[User] = relationship()


only_grows(Verification.__table__, ("id",), ("report_id",))  # type: ignore[arg-type]  # a Table, declared wider
