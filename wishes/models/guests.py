"""受益人: the seats of a lecture or a clinic, who sits on them, who looked at their names."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from foundation.append_only import only_grows
from foundation.db import Base, Id, UtcDateTime
from foundation.sealed import SealedText
from wishes.models.wish import Wish

LIVE = text("live")


class GuestSeats(Base):
    """The seats of one wish; most wishes have no row.

    `taken` counts people, `attended` is 受益人次: who was ticked, and `others` who came without a
    name. No capacity: nobody signs up, they are only counted.
    """

    __tablename__ = "guest_seats"
    __table_args__ = (
        CheckConstraint("capacity is null or capacity between 1 and 2000", name="capacity"),
        CheckConstraint("taken >= 0 and taken <= coalesce(capacity, 0)", name="taken"),
        CheckConstraint(
            "(others is null) = (attended is null) and "
            "(others is null or (others >= 0 and attended >= others))",
            name="attended",
        ),
        CheckConstraint("(attended is null) = (counted_at is null)", name="counted"),
    )

    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), primary_key=True)
    capacity: Mapped[int | None] = mapped_column(Integer)
    taken: Mapped[int] = mapped_column(Integer, default=0)
    is_open: Mapped[bool] = mapped_column(Boolean, default=True)
    note: Mapped[str] = mapped_column(String(120), default="")  # for whom, what to bring
    others: Mapped[int | None] = mapped_column(Integer)
    attended: Mapped[int | None] = mapped_column(Integer)
    counted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    counted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    wish: Mapped[Wish] = relationship()


class Guest(Base):
    """One sign-up of one to five people; whoever signed up holds `code` to cancel it.

    Name and number are sealed, and forgotten with the cancellation or some days after the end.
    """

    __tablename__ = "guest"
    __table_args__ = (
        CheckConstraint("people between 1 and 5", name="people"),
        CheckConstraint("live = (ended_at is null)", name="live"),
        CheckConstraint("live or not came", name="came"),
        CheckConstraint(
            "erased_at is not null or "
            "(name is not null and phone is not null and phone_mark is not null)",
            name="known",
        ),
        CheckConstraint(
            "erased_at is null or (name is null and phone is null and phone_mark is null "
            "and user_id is null)",
            name="erased",
        ),
        Index(
            "uq_guest_live_phone",
            "wish_id",
            "phone_mark",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
        Index(
            "uq_guest_live_user",
            "wish_id",
            "user_id",
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("guest_seats.wish_id"), index=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    name: Mapped[str | None] = mapped_column(SealedText("guest.name"))
    phone: Mapped[str | None] = mapped_column(SealedText("guest.phone"))
    phone_mark: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    people: Mapped[int] = mapped_column(Integer, default=1)
    live: Mapped[bool] = mapped_column(Boolean, default=True)
    came: Mapped[bool] = mapped_column(Boolean, default=False)
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    seats: Mapped[GuestSeats] = relationship()


class GuestLook(Base):
    """One look at the names of a wish: who, when, on the screen or on paper. Only grows."""

    __tablename__ = "guest_look"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    wish_id: Mapped[int] = mapped_column(ForeignKey("wish.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    on_paper: Mapped[bool] = mapped_column(Boolean, default=False)

    user: Mapped[User] = relationship()


only_grows(GuestLook.__table__, ("id",))  # type: ignore[arg-type]  # a Table, declared wider
