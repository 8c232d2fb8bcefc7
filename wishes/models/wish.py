"""The order itself, its tool lines and its history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Area, User
from foundation.append_only import only_grows
from foundation.db import Base, Id, UtcDateTime
from wishes.rules.kinds import Category, Provision, Venue, WishKind
from wishes.rules.life import WishState


class CommunityCounter(Base):
    """The next wish number of a community (第 0412 号)."""

    __tablename__ = "community_counter"

    community_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    next_number: Mapped[int] = mapped_column(Integer, default=1)


class Wish(Base):
    """微心愿: what, when, where, how many people (or pieces), which tools.

    Times are UTC. For an item, `headcount` counts pieces and `ends_at` is the day it is
    needed by; `starts_at` equals it.
    """

    __tablename__ = "wish"
    __table_args__ = (
        CheckConstraint("headcount is null or headcount between 1 and 2000", name="headcount"),
        CheckConstraint(
            "places_taken >= 0 and places_taken <= coalesce(headcount, 0)", name="places"
        ),
        CheckConstraint("starts_at is null or starts_at <= ends_at", name="times"),
        CheckConstraint(
            "state in ('draft','cancelled') or (starts_at is not null and ends_at is not null "
            "and headcount is not null and public_place <> '' and tools_answered)",
            name="complete",
        ),
        CheckConstraint("kind in ('service','item')", name="kind"),
        UniqueConstraint("community_id", "number"),
        Index("ix_wish_board", "state", "starts_at", "id"),
        Index("ix_wish_community", "community_id", "state", "starts_at", "id"),
        Index("ix_wish_ends", "state", "ends_at"),
        Index("ix_wish_category", "state", "category", "starts_at", "id"),
        Index("ix_wish_kind", "state", "kind", "starts_at", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"))
    number: Mapped[int] = mapped_column(Integer)
    kind: Mapped[WishKind] = mapped_column(String(10))
    category: Mapped[Category] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text, default="")
    venue: Mapped[Venue] = mapped_column(String(10), default=Venue.CENTRE)
    public_place: Mapped[str] = mapped_column(String(80), default="")
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    headcount: Mapped[int | None] = mapped_column(Integer)
    places_taken: Mapped[int] = mapped_column(Integer, default=0)  # held offers included
    in_line: Mapped[int] = mapped_column(Integer, default=0, server_default="0")  # live turns
    first_until: Mapped[datetime | None] = mapped_column(UtcDateTime)  # for a first circle until
    # asks for an age or a skill
    gated: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    tools_answered: Mapped[bool] = mapped_column(Boolean, default=False)  # "无" is an answer
    card_tools: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # for the board
    state: Mapped[WishState] = mapped_column(String(15), default=WishState.DRAFT)
    version: Mapped[int] = mapped_column(Integer, default=1)  # raised by each edit: stale tabs
    gate_secret: Mapped[bytes] = mapped_column(LargeBinary(32))  # seeds the rotating code
    contact_id: Mapped[int | None] = mapped_column(
        ForeignKey("user_account.id")
    )  # person in charge
    original: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # the register's own words
    created_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rescheduled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    offered_again_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # a new round began

    community: Mapped[Area] = relationship(foreign_keys=[community_id])
    grid: Mapped[Area | None] = relationship(foreign_keys=[grid_id])
    contact: Mapped[User | None] = relationship(foreign_keys=[contact_id])
    tools: Mapped[list[ToolLine]] = relationship(
        back_populates="wish", order_by="ToolLine.position", cascade="all, delete-orphan"
    )


class ToolLine(Base):
    """所需工具: name, quantity, and who brings it."""

    __tablename__ = "tool_line"
    __table_args__ = (CheckConstraint("quantity between 1 and 999", name="quantity"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), index=True)
    position: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(30))
    quantity: Mapped[int] = mapped_column(Integer, default=1)
    provision: Mapped[Provision] = mapped_column(String(12))

    wish: Mapped[Wish] = relationship(back_populates="tools")


class ToolPledge(Base):
    """A claimant brings (or borrows) this tool; returned at check-out when it was borrowed."""

    __tablename__ = "tool_pledge"
    __table_args__ = (UniqueConstraint("tool_line_id", "claim_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    tool_line_id: Mapped[int] = mapped_column(ForeignKey("tool_line.id"), index=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    live: Mapped[bool] = mapped_column(Boolean, default=True)
    returned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class WishEvent(Base):
    """One move or change of a wish: who, when, from, to, why. Only grows."""

    __tablename__ = "wish_event"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    what: Mapped[str] = mapped_column(String(30))  # a WishMove, or edit, claim, withdraw …
    from_state: Mapped[WishState] = mapped_column(String(15))
    to_state: Mapped[WishState] = mapped_column(String(15))
    why: Mapped[str | None] = mapped_column(String(300))


only_grows(WishEvent.__table__, ("id",))  # type: ignore[arg-type]  # a Table, declared wider
