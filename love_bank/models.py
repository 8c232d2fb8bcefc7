"""The book's tables. One row of `entry` is one transfer of minutes; it is never edited."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Integer,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from foundation.append_only import only_grows
from foundation.db import Base, Id, UtcDateTime
from love_bank.rules import AccountKind, Grade


class BookAccount(Base):
    """An account of the book: random id, no personal data."""

    __tablename__ = "book_account"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    kind: Mapped[AccountKind] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Head(Base):
    """The only mutable row of an account: sums in minutes, and the end of its chain.

    `served` is 累计服务时长 (credits − corrections, never falls by redeeming); `balance` is
    what can be redeemed, `held` what is held for a redemption.
    """

    __tablename__ = "book_head"
    __table_args__ = (
        CheckConstraint("served >= 0 and balance >= 0 and held between 0 and balance", name="sums"),
        CheckConstraint("seq >= 0", name="seq"),
    )

    account_id: Mapped[str] = mapped_column(ForeignKey("book_account.id"), primary_key=True)
    served: Mapped[int] = mapped_column(Integer, default=0)
    balance: Mapped[int] = mapped_column(Integer, default=0)
    held: Mapped[int] = mapped_column(Integer, default=0)
    seq: Mapped[int] = mapped_column(Integer, default=0)
    hash: Mapped[str] = mapped_column(String(64))


class Entry(Base):
    """One transfer of minutes between two accounts, chained on the holder's account.

    A credit goes issuer → holder; a reversal (冲正) goes holder → issuer and names the credit.
    Revision n+1 of an attendance names the reversal of revision n.
    """

    __tablename__ = "book_entry"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("from_account <> to_account", name="two_accounts"),
        CheckConstraint("holder in (from_account, to_account)", name="holder"),
        CheckConstraint("(attendance_id is null) = (revision is null)", name="credit"),
        CheckConstraint("(attendance_id is null) <> (reversal_of is null)", name="one_kind"),
        CheckConstraint("revision is null or (revision = 1) = (follows is null)", name="revision"),
        UniqueConstraint("attendance_id", "revision"),
        UniqueConstraint("reversal_of"),
        UniqueConstraint("follows"),
        UniqueConstraint("holder", "seq"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    from_account: Mapped[str] = mapped_column(ForeignKey("book_account.id"), index=True)
    to_account: Mapped[str] = mapped_column(ForeignKey("book_account.id"), index=True)
    minutes: Mapped[int] = mapped_column(Integer)
    attendance_id: Mapped[int | None] = mapped_column(BigInteger)
    revision: Mapped[int | None] = mapped_column(Integer)
    reversal_of: Mapped[int | None] = mapped_column(ForeignKey("book_entry.id"))
    follows: Mapped[int | None] = mapped_column(ForeignKey("book_entry.id"))
    wish_id: Mapped[int] = mapped_column(BigInteger, index=True)
    organisation_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    grade: Mapped[Grade] = mapped_column(String(1))
    evidence_hash: Mapped[str] = mapped_column(String(64))
    reason_code: Mapped[str | None] = mapped_column(String(30))
    reason_hash: Mapped[str | None] = mapped_column(String(64))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    available_on: Mapped[datetime] = mapped_column(UtcDateTime)
    holder: Mapped[str] = mapped_column(ForeignKey("book_account.id"))
    seq: Mapped[int] = mapped_column(Integer)
    served_after: Mapped[int] = mapped_column(Integer)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


ENTRY_KEYS = (
    ("id",),
    ("attendance_id", "revision"),
    ("reversal_of",),
    ("follows",),
    ("holder", "seq"),
    ("hash",),
)
only_grows(Entry.__table__, *ENTRY_KEYS)  # type: ignore[arg-type]  # a Table, declared wider
