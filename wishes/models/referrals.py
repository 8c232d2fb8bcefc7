"""上报、转办、交办: one referral, its hand-overs, and everything that happened to it."""

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

from accounts.models import Area, Organisation
from foundation.append_only import only_grows
from foundation.db import Base, Id, UtcDateTime
from wishes.models.asks import Ask
from wishes.models.wish import Wish
from wishes.rules.referrals import LegState, Way


def _unique_where(name: str, column: str, where: str) -> Index:
    """A partial UNIQUE on both databases."""
    clause = text(where)
    return Index(name, column, unique=True, sqlite_where=clause, postgresql_where=clause)


class Referral(Base):
    """What a community cannot solve itself goes up, and over or down; the ask keeps its state."""

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint("(ask_id is null) <> (wish_id is null)", name="one_matter"),
        CheckConstraint("(closed_at is null) = (outcome is null)", name="outcome"),
        CheckConstraint("by_clock = (opened_by_id is null)", name="opened_by"),
        _unique_where("uq_referral_live_ask", "ask_id", "closed_at is null"),
        _unique_where("uq_referral_live_wish", "wish_id", "closed_at is null"),
        _unique_where("uq_referral_clock_ask", "ask_id", "by_clock"),
        Index("ix_referral_community", "community_id", "closed_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    ask_id: Mapped[int | None] = mapped_column(ForeignKey("ask.id"), index=True)
    wish_id: Mapped[int | None] = mapped_column(ForeignKey("wish.id"), index=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    by_clock: Mapped[bool] = mapped_column(Boolean, default=False)  # stepped up by itself
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[LegState | None] = mapped_column(String(12))  # confirmed or returned

    ask: Mapped[Ask | None] = relationship()
    wish: Mapped[Wish | None] = relationship()
    community: Mapped[Area] = relationship()
    legs: Mapped[list[Leg]] = relationship(back_populates="referral", order_by="Leg.number")


class Leg(Base):
    """One hand-over: who sends it to whom, with which words, and what came of it.

    A hand-over behind it makes it `passed_on`; when that one is confirmed, its result is reported
    on this one too, and when that one is returned, the matter is in this receiver's hands again.
    """

    __tablename__ = "referral_leg"
    __table_args__ = (
        UniqueConstraint("referral_id", "number"),
        CheckConstraint("(to_area_id is null) <> (to_unit_id is null)", name="one_receiver"),
        CheckConstraint("to_area_id is null or to_area_id <> from_area_id", name="oneself"),
        CheckConstraint("state <> 'returned' or reason is not null", name="reason"),
        _unique_where(
            "uq_referral_leg_current", "referral_id", "state in ('sent','accepted','reported')"
        ),
        Index(
            "uq_referral_leg_area",
            "referral_id",
            "to_area_id",
            unique=True,
            sqlite_where=text("state <> 'returned'"),
            postgresql_where=text("state <> 'returned'"),
        ),
        Index(
            "uq_referral_leg_unit",
            "referral_id",
            "to_unit_id",
            unique=True,
            sqlite_where=text("state <> 'returned'"),
            postgresql_where=text("state <> 'returned'"),
        ),
        Index("ix_referral_leg_to_area", "to_area_id", "state"),
        Index("ix_referral_leg_to_unit", "to_unit_id", "state"),
        Index("ix_referral_leg_from_area", "from_area_id", "state"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"))
    number: Mapped[int] = mapped_column(Integer)
    way: Mapped[Way] = mapped_column(String(8))
    from_area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    to_area_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    to_unit_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    state: Mapped[LegState] = mapped_column(String(12), default=LegState.SENT)
    words: Mapped[str] = mapped_column(Text)  # what the sender asks for
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    since: Mapped[datetime] = mapped_column(UtcDateTime)  # its clock runs from here
    result: Mapped[str | None] = mapped_column(Text)  # what was done
    reason: Mapped[str | None] = mapped_column(Text)  # of a return
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    late_told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # once per clock

    referral: Mapped[Referral] = relationship(back_populates="legs")
    from_area: Mapped[Area] = relationship(foreign_keys=[from_area_id])
    to_area: Mapped[Area | None] = relationship(foreign_keys=[to_area_id])
    to_unit: Mapped[Organisation | None] = relationship()


class ReferralEvent(Base):
    """One line of a referral's record: who, for which place, what, why. Only grows."""

    __tablename__ = "referral_event"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), index=True)
    leg_id: Mapped[int] = mapped_column(ForeignKey("referral_leg.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    place: Mapped[str] = mapped_column(String(80))  # whose step it was, as it was called then
    what: Mapped[str] = mapped_column(String(20))
    from_state: Mapped[LegState] = mapped_column(String(12))
    to_state: Mapped[LegState] = mapped_column(String(12))
    why: Mapped[str | None] = mapped_column(Text)


only_grows(ReferralEvent.__table__, ("id",))  # type: ignore[arg-type]  # a Table, declared wider
