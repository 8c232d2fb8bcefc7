"""重点居民 and the rounds to them: who wants looking after, by door. Sealed, each look noted."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Area, User
from foundation.append_only import only_grows
from foundation.db import Base, Id, UtcDateTime
from foundation.sealed import SealedText
from wishes.rules.rounds import Outcome


class Resident(Base):
    """One person's card. The database sees neither name nor door, nor which tags they carry.

    `visits_wanted` is how many times a month the rules ask for, so that counting needs no key.
    An erased card keeps its number for the looks and visits that point at it, and nothing else.
    """

    __tablename__ = "resident"
    __table_args__ = (
        UniqueConstraint("community_id", "person_mark"),
        CheckConstraint("visits_wanted between 0 and 31", name="visits"),
        CheckConstraint(
            "erased_at is not null or (name is not null and door is not null)", name="known"
        ),
        CheckConstraint(
            "erased_at is null or (name is null and phone is null and door is null "
            "and tags is null and best_time is null and note is null and door_mark is null "
            "and person_mark is null and helper_id is null and visits_wanted = 0)",
            name="erased",
        ),
        Index("ix_resident_place", "community_id", "grid_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    name: Mapped[str | None] = mapped_column(SealedText("resident.name"))
    phone: Mapped[str | None] = mapped_column(SealedText("resident.phone"))  # E.164
    door: Mapped[str | None] = mapped_column(SealedText("resident.door"))
    tags: Mapped[str | None] = mapped_column(SealedText("resident.tags"))  # one a line
    best_time: Mapped[str | None] = mapped_column(SealedText("resident.best_time"))  # a BestTime
    note: Mapped[str | None] = mapped_column(SealedText("resident.note"))
    door_mark: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)  # HMAC
    person_mark: Mapped[bytes | None] = mapped_column(LargeBinary(32))  # HMAC of name and door
    visits_wanted: Mapped[int] = mapped_column(Integer, default=0)  # times a month
    helper_id: Mapped[int | None] = mapped_column(ForeignKey("round_helper.id"), index=True)
    consent_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))  # who asked
    consent_on: Mapped[date] = mapped_column(Date)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    grid: Mapped[Area | None] = relationship(foreign_keys=[grid_id])
    consent_by: Mapped[User] = relationship(foreign_keys=[consent_by_id])


class ResidentLook(Base):
    """One look at a card: who, when, as what. Only grows."""

    __tablename__ = "resident_look"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    looked_as: Mapped[str] = mapped_column(String(20))  # a wishes.rules.residents.Look


only_grows(ResidentLook.__table__, ("id",))  # type: ignore[arg-type]  # a Table, declared wider


class VisitRule(Base):
    """老年住户每月两趟: who carries this tag is visited so many times a month."""

    __tablename__ = "visit_rule"
    __table_args__ = (
        UniqueConstraint("community_id", "tag"),
        CheckConstraint("times between 1 and 31", name="times"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    tag: Mapped[str] = mapped_column(String(20))
    times: Mapped[int] = mapped_column(Integer)


class RoundHelper(Base):
    """A volunteer who looks in at some doors, at most `places` of them."""

    __tablename__ = "round_helper"
    __table_args__ = (
        UniqueConstraint("community_id", "user_id"),
        CheckConstraint("taken between 0 and places", name="places"),
        CheckConstraint("ended_at is null or taken = 0", name="ended"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    places: Mapped[int] = mapped_column(Integer)
    taken: Mapped[int] = mapped_column(Integer, default=0)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(foreign_keys=[user_id])


class Visit(Base):
    """One person's visit to one resident on one day; said again on that day, it is corrected."""

    __tablename__ = "visit"
    __table_args__ = (
        UniqueConstraint("resident_id", "visitor_id", "on_day"),
        CheckConstraint("outcome in ('met','not_home')", name="outcome"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"))
    visitor_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    on_day: Mapped[date] = mapped_column(Date)  # local
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[Outcome] = mapped_column(String(10))
    words: Mapped[str | None] = mapped_column(SealedText("visit.words"))

    visitor: Mapped[User] = relationship()


class ResidentMatter(Base):
    """An ask or a wish that began at a resident's card: it holds a copy of their details."""

    __tablename__ = "resident_matter"
    __table_args__ = (
        CheckConstraint("(ask_id is null) <> (wish_id is null)", name="one_thing"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    ask_id: Mapped[int | None] = mapped_column(ForeignKey("ask.id"), unique=True)
    wish_id: Mapped[int | None] = mapped_column(ForeignKey("wish.id"), unique=True)
