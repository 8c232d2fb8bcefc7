"""What only a few may see: whose door, which phone. Sealed at rest, each look written down."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.append_only import only_grows
from foundation.db import Base, Id, UtcDateTime
from foundation.sealed import SealedText


class PrivateDetails(Base):
    """Name, phone and door behind an ask or a wish (one row serves both once accepted)."""

    __tablename__ = "private_details"
    __table_args__ = (CheckConstraint("ask_id is not null or wish_id is not null", name="belongs"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    ask_id: Mapped[int | None] = mapped_column(ForeignKey("ask.id"), unique=True)
    wish_id: Mapped[int | None] = mapped_column(ForeignKey("wish.id"), unique=True)
    name: Mapped[str | None] = mapped_column(SealedText("private.name"))
    phone: Mapped[str | None] = mapped_column(SealedText("private.phone"))
    door: Mapped[str | None] = mapped_column(SealedText("private.door"))
    note: Mapped[str | None] = mapped_column(SealedText("private.note"))
    door_mark: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)  # HMAC


class PrivateLook(Base):
    """One look at somebody's details: who, when, as what. Only grows."""

    __tablename__ = "private_look"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    details_id: Mapped[int] = mapped_column(ForeignKey("private_details.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    looked_as: Mapped[str] = mapped_column(String(20))  # staff, claimant


only_grows(PrivateLook.__table__, ("id",))  # type: ignore[arg-type]  # a Table, declared wider
