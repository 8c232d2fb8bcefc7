"""Clocks that stand still, and 督办: pressed, acknowledged, ended with a notice to all."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Area, Organisation
from foundation.db import Base, Id, UtcDateTime
from wishes.models.asks import Ask
from wishes.models.referrals import Referral
from wishes.models.wish import Wish
from wishes.rules.lateness import PauseReason
from wishes.rules.pressing import PressState

ONE_MATTER = (
    "(case when ask_id is null then 0 else 1 end) + (case when wish_id is null then 0 else 1 end)"
    " + (case when referral_id is null then 0 else 1 end) = 1"
)


def _one_live(table: str, column: str, where: str) -> Index:
    clause = text(where)
    name = f"uq_{table}_live_{column.removesuffix('_id')}"
    return Index(name, column, unique=True, sqlite_where=clause, postgresql_where=clause)


class Pause(Base):
    """A clock stands still, with the reason, until somebody lets it run again."""

    __tablename__ = "clock_pause"
    __table_args__ = (
        CheckConstraint(ONE_MATTER, name="one_matter"),
        CheckConstraint("resumed_at is null or resumed_at >= paused_at", name="order"),
        _one_live("clock_pause", "ask_id", "resumed_at is null"),
        _one_live("clock_pause", "wish_id", "resumed_at is null"),
        _one_live("clock_pause", "referral_id", "resumed_at is null"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    ask_id: Mapped[int | None] = mapped_column(ForeignKey("ask.id"), index=True)
    wish_id: Mapped[int | None] = mapped_column(ForeignKey("wish.id"), index=True)
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"), index=True)
    reason: Mapped[PauseReason] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(String(200), default="")
    paused_at: Mapped[datetime] = mapped_column(UtcDateTime)
    paused_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    resumed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resumed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


class Press(Base):
    """督办: a supervisor presses what is late, signed by a leader; the receiver signs for it."""

    __tablename__ = "press"
    __table_args__ = (
        CheckConstraint(ONE_MATTER, name="one_matter"),
        CheckConstraint("(to_area_id is null) <> (to_unit_id is null)", name="one_receiver"),
        CheckConstraint("leader_name <> '' and leader_post <> ''", name="signed"),
        CheckConstraint("(state = 'pressed') = (acknowledged_at is null)", name="acknowledged"),
        CheckConstraint(
            "(state = 'ended') = (ended_at is not null) and (state = 'ended') = "
            "(ending is not null)",
            name="ended",
        ),
        _one_live("press", "ask_id", "state <> 'ended'"),
        _one_live("press", "wish_id", "state <> 'ended'"),
        _one_live("press", "referral_id", "state <> 'ended'"),
        Index("ix_press_by_area", "by_area_id", "state"),
        Index("ix_press_to_area", "to_area_id", "state"),
        Index("ix_press_to_unit", "to_unit_id", "state"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    ask_id: Mapped[int | None] = mapped_column(ForeignKey("ask.id"))
    wish_id: Mapped[int | None] = mapped_column(ForeignKey("wish.id"))
    referral_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"))
    by_area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    to_area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    to_unit_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    state: Mapped[PressState] = mapped_column(String(12), default=PressState.PRESSED)
    days_late: Mapped[int]  # working days when it was pressed
    leader_name: Mapped[str] = mapped_column(String(40))
    leader_post: Mapped[str] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(Text)
    due_on: Mapped[date] = mapped_column(Date)
    pressed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    pressed_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    plan: Mapped[str | None] = mapped_column(Text)
    plan_until: Mapped[date | None] = mapped_column(Date)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    ending: Mapped[str | None] = mapped_column(Text)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    ask: Mapped[Ask | None] = relationship()
    wish: Mapped[Wish | None] = relationship()
    referral: Mapped[Referral | None] = relationship()
    by_area: Mapped[Area] = relationship(foreign_keys=[by_area_id])
    to_area: Mapped[Area | None] = relationship(foreign_keys=[to_area_id])
    to_unit: Mapped[Organisation | None] = relationship()
