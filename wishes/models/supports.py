"""附议: neighbours who back an ask, each person and each household once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base, Id, UtcDateTime


class AskSupport(Base):
    """One neighbour behind an ask. Phone and door are only marks (HMAC), never the words."""

    __tablename__ = "ask_support"
    __table_args__ = (
        CheckConstraint("user_id is not null or phone_mark is not null", name="somebody"),
        UniqueConstraint("ask_id", "user_id"),
        UniqueConstraint("ask_id", "phone_mark"),
        UniqueConstraint("ask_id", "door_mark"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    ask_id: Mapped[int] = mapped_column(ForeignKey("ask.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    phone_mark: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    door_mark: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
