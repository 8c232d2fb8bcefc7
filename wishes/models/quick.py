"""即办: the standing team of a community, its calls and whose turn it was."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from accounts.rules.skills import Skill
from foundation.db import Base, Id, UtcDateTime
from wishes.models.wish import Wish
from wishes.rules.quick import CallState, Duty, TurnAnswer, read_days

LIVE = text("ended_at is null")
OPEN = text("answer is null")
ACCEPTED = text("answer = 'accepted'")


class TeamMember(Base):
    """A named member of a community's team, with the hours they are on duty."""

    __tablename__ = "team_member"
    __table_args__ = (
        CheckConstraint("days between 1 and 127", name="days"),
        CheckConstraint("starts >= 0 and starts < ends and ends <= 1440", name="hours"),
        Index(
            "uq_team_member_live",
            "community_id",
            "user_id",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    days: Mapped[int] = mapped_column(Integer)  # a bit a weekday, Monday the lowest
    starts: Mapped[int] = mapped_column(Integer)  # minutes of the local day
    ends: Mapped[int] = mapped_column(Integer)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(foreign_keys=[user_id])

    @property
    def duty(self) -> Duty:
        """When they are on duty."""
        return Duty(read_days(self.days), self.starts, self.ends)


class QuickCall(Base):
    """A wish that is called out to the team; at most one call a wish."""

    __tablename__ = "quick_call"
    __table_args__ = (
        CheckConstraint("state in ('asking','taken','nobody','called_off')", name="state"),
        CheckConstraint("(state = 'taken') = (arrive_until is not null)", name="taken"),
    )

    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), primary_key=True)
    skill: Mapped[Skill | None] = mapped_column(String(20))
    state: Mapped[CallState] = mapped_column(String(10), default=CallState.ASKING)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    arrive_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    late_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # when the desk was told

    wish: Mapped[Wish] = relationship()
    turns: Mapped[list[QuickTurn]] = relationship(order_by="QuickTurn.id", back_populates="call")


class QuickTurn(Base):
    """One member asked about one call: once each, one at a time, one who goes."""

    __tablename__ = "quick_turn"
    __table_args__ = (
        UniqueConstraint("wish_id", "user_id"),
        CheckConstraint("(answer is null) = (answered_at is null)", name="answered"),
        Index(
            "uq_quick_turn_open",
            "wish_id",
            unique=True,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index(
            "uq_quick_turn_accepted",
            "wish_id",
            unique=True,
            sqlite_where=ACCEPTED,
            postgresql_where=ACCEPTED,
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("quick_call.wish_id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accept_until: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[TurnAnswer | None] = mapped_column(String(10))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    call: Mapped[QuickCall] = relationship(back_populates="turns")
    user: Mapped[User] = relationship()
