"""The service menu and its orders: standing offers, and invitations to take a wish."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
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

from accounts.models import Area, Organisation, User
from accounts.rules.skills import Slot
from foundation.db import Base, Id, UtcDateTime
from wishes.models.wish import Wish
from wishes.rules.dispatch import DispatchState
from wishes.rules.kinds import Category
from wishes.rules.offers import OfferState

WAITING_UNIT = text("state = 'waiting' and organisation_id is not null")
WAITING_PERSON = text("state = 'waiting' and user_id is not null")


class Offer(Base):
    """One line of the service menu: what a unit or a volunteer does, how often, for how many."""

    __tablename__ = "offer"
    __table_args__ = (
        CheckConstraint("(organisation_id is null) <> (user_id is null)", name="one_owner"),
        CheckConstraint("state in ('draft','active','paused')", name="state"),
        CheckConstraint("people >= 1 and minutes >= 15 and per_month >= 1", name="numbers"),
        CheckConstraint("serves is null or serves >= 1", name="serves"),
        Index("ix_offer_state", "state", "category"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    state: Mapped[OfferState] = mapped_column(String(10), default=OfferState.DRAFT)
    category: Mapped[Category] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text, default="")
    when_words: Mapped[str] = mapped_column(String(60), default="")
    people: Mapped[int] = mapped_column(Integer, default=1)  # how many come
    minutes: Mapped[int] = mapped_column(Integer, default=60)  # the usual length
    per_month: Mapped[int] = mapped_column(Integer, default=4)  # orders waiting or accepted
    serves: Mapped[int | None] = mapped_column(Integer)  # residents reached by one visit
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation | None] = relationship()
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])


class OfferArea(Base):
    """Where an offer applies: a community, or a street with all of its communities."""

    __tablename__ = "offer_area"

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True, index=True)

    area: Mapped[Area] = relationship()


class OfferSlot(Base):
    """When an offer applies; none at all means any time."""

    __tablename__ = "offer_slot"
    __table_args__ = (
        UniqueConstraint("offer_id", "weekday", "slot"),
        CheckConstraint("weekday between 0 and 6", name="weekday"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"))
    weekday: Mapped[int] = mapped_column(Integer)
    slot: Mapped[Slot] = mapped_column(String(10))


class OfferMonth(Base):
    """How many orders of an offer fall into a month; only raised by a guarded UPDATE."""

    __tablename__ = "offer_month"
    __table_args__ = (CheckConstraint("used >= 0", name="used"),)

    offer_id: Mapped[int] = mapped_column(ForeignKey("offer.id"), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)  # local, 2026-11
    used: Mapped[int] = mapped_column(Integer, default=0)


class Dispatch(Base):
    """派单: a community asks one unit or one person to take a wish; answered once."""

    __tablename__ = "dispatch"
    __table_args__ = (
        CheckConstraint("(organisation_id is null) <> (user_id is null)", name="one_invitee"),
        CheckConstraint("places >= 1", name="places"),
        CheckConstraint("(state = 'accepted') = (claim_id is not null)", name="accepted"),
        Index(
            "uq_dispatch_waiting_unit",
            "wish_id",
            "organisation_id",
            unique=True,
            sqlite_where=WAITING_UNIT,
            postgresql_where=WAITING_UNIT,
        ),
        Index(
            "uq_dispatch_waiting_person",
            "wish_id",
            "user_id",
            unique=True,
            sqlite_where=WAITING_PERSON,
            postgresql_where=WAITING_PERSON,
        ),
        Index("ix_dispatch_due", "state", "lapses_at"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), index=True)
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    places: Mapped[int] = mapped_column(Integer)
    month: Mapped[str | None] = mapped_column(String(7))  # counted in the offer's month
    state: Mapped[DispatchState] = mapped_column(String(12), default=DispatchState.WAITING)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lapses_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(String(200))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"))

    wish: Mapped[Wish] = relationship()
    offer: Mapped[Offer | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()
    user: Mapped[User | None] = relationship(foreign_keys=[user_id])
