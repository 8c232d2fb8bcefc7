"""照片: evidence first, album when the community says so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base, Id, UtcDateTime
from wishes.rules.kinds import PhotoPurpose


class Photo(Base):
    """One picture of a wish or an ask, kept without metadata; private until made public.

    `sha256` is of the file as it came, `fingerprint` a perceptual hash: the archive answers
    whether a picture was used before.
    """

    __tablename__ = "photo"
    __table_args__ = (CheckConstraint("ask_id is not null or wish_id is not null", name="belongs"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    wish_id: Mapped[int | None] = mapped_column(ForeignKey("wish.id"), index=True)
    ask_id: Mapped[int | None] = mapped_column(ForeignKey("ask.id"), index=True)
    purpose: Mapped[PhotoPurpose] = mapped_column(String(15))
    storage_key: Mapped[str] = mapped_column(String(80), unique=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    fingerprint: Mapped[str] = mapped_column(String(32), index=True)
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    is_public: Mapped[bool] = mapped_column(Boolean, default=False)
    made_public_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    made_public_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_before_id: Mapped[int | None] = mapped_column(ForeignKey("photo.id"))
