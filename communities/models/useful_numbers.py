"""The community's own page: numbers that neighbours need."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base, Id


class UsefulNumber(Base):
    """A number to tap on the community's page: the clinic, the locksmith, the water works."""

    __tablename__ = "useful_number"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    position: Mapped[int] = mapped_column(Integer, default=0)
    label: Mapped[str] = mapped_column(String(30))
    phone: Mapped[str] = mapped_column(String(30))
    note: Mapped[str | None] = mapped_column(String(60))
