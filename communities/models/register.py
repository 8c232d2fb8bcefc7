"""台账: files that were brought, and their rows in their own words until they become wishes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base, Id, UtcDateTime
from foundation.sealed import SealedText


class ImportBatch(Base):
    """One file at one community; the same bytes are never a second batch."""

    __tablename__ = "import_batch"
    __table_args__ = (UniqueConstraint("area_id", "sha256"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    filename: Mapped[str] = mapped_column(String(120))
    headers: Mapped[list[str]] = mapped_column(JSON)
    columns: Mapped[list[str]] = mapped_column(JSON)  # a communities.rules.columns.Column each
    notes: Mapped[list[list[Any]]] = mapped_column(JSON)  # message id, parameters
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ImportRow(Base):
    """One row; `cells` is a JSON list, sealed because registers hold names and phones."""

    __tablename__ = "import_row"
    __table_args__ = (UniqueConstraint("batch_id", "line"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    line: Mapped[int] = mapped_column(Integer)  # its number in the file, from 1
    cells: Mapped[str] = mapped_column(SealedText("import_row.cells"))
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)  # of headers and cells
    wish_id: Mapped[int | None] = mapped_column(ForeignKey("wish.id"), index=True)
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    imported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
