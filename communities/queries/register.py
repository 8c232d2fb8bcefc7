"""Reads of the files that were brought, and of the register that goes out again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from accounts.models import User
from communities.models import ImportBatch, ImportRow
from communities.refusals.register import BatchNotFound
from foundation.db import db
from wishes.models import Wish


class BatchLine(NamedTuple):
    """One file in the list of files."""

    batch_id: int
    filename: str
    uploaded_at: datetime
    uploaded_by: str
    rows: int
    imported: int


class KeptRow(NamedTuple):
    """A row of a file; `wish_id` and `wish_number` when it became a wish."""

    line: int
    cells: tuple[str, ...]
    fingerprint: str
    wish_id: int | None
    wish_number: int | None


class Earlier(NamedTuple):
    """Where the same words were imported before."""

    wish_id: int
    number: int
    at: datetime


def find_batch(area_id: int, sha256: str) -> ImportBatch | None:
    """The batch of these very bytes at this community."""
    query = select(ImportBatch).where(ImportBatch.area_id == area_id, ImportBatch.sha256 == sha256)
    return db.session.scalars(query).one_or_none()


def get_batch(area_id: int, batch_id: int) -> ImportBatch:
    """A batch of this community. Raises BatchNotFound."""
    batch = db.session.get(ImportBatch, batch_id)
    if batch is None or batch.area_id != area_id:
        raise BatchNotFound
    return batch


def list_batches(area_id: int, *, limit: int = 10) -> list[BatchLine]:
    """The latest files of a community."""
    query = (
        select(
            ImportBatch.id, ImportBatch.filename, ImportBatch.uploaded_at, User.name,
            func.count(ImportRow.id), func.count(ImportRow.wish_id),
        )
        .join(User, User.id == ImportBatch.uploaded_by_id)
        .outerjoin(ImportRow, ImportRow.batch_id == ImportBatch.id)
        .where(ImportBatch.area_id == area_id)
        .group_by(ImportBatch.id, User.name)
        .order_by(ImportBatch.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [BatchLine._make(row) for row in db.session.execute(query)]


def count_rows(batch_id: int) -> int:
    """How many rows a file has."""
    query = select(func.count()).select_from(ImportRow).where(ImportRow.batch_id == batch_id)
    return db.session.execute(query).scalar_one()


def list_rows(batch_id: int, *, offset: int, limit: int) -> list[KeptRow]:
    """Rows of a file in its order, with the wish each became."""
    query = (
        select(
            ImportRow.line, ImportRow.cells, ImportRow.fingerprint, ImportRow.wish_id, Wish.number
        )
        .outerjoin(Wish, Wish.id == ImportRow.wish_id)
        .where(ImportRow.batch_id == batch_id)
        .order_by(ImportRow.line)
        .offset(offset)
        .limit(limit)
    )
    return [
        KeptRow(line, tuple(json.loads(cells)), mark, wish_id, number)
        for line, cells, mark, wish_id, number in db.session.execute(query)
    ]


def list_earlier(area_id: int, fingerprints: Iterable[str]) -> dict[str, Earlier]:
    """Which of these rows have become wishes at this community, by any file, the latest each."""
    query = (
        select(ImportRow.fingerprint, Wish.id, Wish.number, ImportRow.imported_at)
        .join(ImportBatch, ImportBatch.id == ImportRow.batch_id)
        .join(Wish, Wish.id == ImportRow.wish_id)
        .where(ImportBatch.area_id == area_id, ImportRow.fingerprint.in_(list(fingerprints)))
        .order_by(ImportRow.imported_at)
    )
    return {
        mark: Earlier(wish_id, number, at)
        for mark, wish_id, number, at in db.session.execute(query)
        if at is not None
    }


def lock_rows(batch_id: int, lines: Sequence[int]) -> list[ImportRow]:
    """The chosen rows, locked where the database can, so that two commits cannot both take them."""
    query = (
        select(ImportRow)
        .where(ImportRow.batch_id == batch_id, ImportRow.line.in_(list(lines)))
        .order_by(ImportRow.line)
        .with_for_update()
    )
    return list(db.session.scalars(query))
