"""迎检包: folders of a period that were asked for, made by the worker, kept for some days."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import Area, User
from foundation.append_only import only_grows
from foundation.db import Base, Id, UtcDateTime
from wishes.rules.folders import FolderState

_LIVE = text("state in ('waiting','running')")


class InspectionFolder(Base):
    """One folder of one community. While one is in the making, asking again gives the same one.

    `storage_key` is chosen before the file is made, so that a torn attempt is written over and
    nothing is left lying. `attempt` counts who works on it: an old worker cannot finish it.
    """

    __tablename__ = "inspection_folder"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint("state in ('waiting','running','ready','failed','expired')", name="state"),
        CheckConstraint("(state = 'ready') = (expires_at is not null)", name="ready"),
        CheckConstraint("done between 0 and total", name="progress"),
        Index(
            "uq_inspection_folder_live", "area_id", "first_day", "last_day", "masked",
            unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE,
        ),
        Index("ix_inspection_folder_state", "state", "id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    first_day: Mapped[date] = mapped_column(Date)  # here, both days included
    last_day: Mapped[date] = mapped_column(Date)
    masked: Mapped[bool] = mapped_column(Boolean)  # names as 王**, no phone in any text
    language: Mapped[str] = mapped_column(String(20))  # whoever asked reads this one
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[FolderState] = mapped_column(String(10), default=FolderState.WAITING)
    attempt: Mapped[int] = mapped_column(Integer, default=0)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    total: Mapped[int] = mapped_column(Integer, default=0)  # wishes
    done: Mapped[int] = mapped_column(Integer, default=0)
    storage_key: Mapped[str] = mapped_column(String(32), unique=True)
    size: Mapped[int | None] = mapped_column(BigInteger)  # bytes
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    area: Mapped[Area] = relationship()
    asked_by: Mapped[User] = relationship()


class FolderLook(Base):
    """One download: who, when. Only grows."""

    __tablename__ = "inspection_folder_look"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    folder_id: Mapped[int] = mapped_column(ForeignKey("inspection_folder.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


only_grows(FolderLook.__table__, ("id",))  # type: ignore[arg-type]  # a Table, declared wider
