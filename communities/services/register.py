"""台账 in: a file becomes a batch of rows, chosen rows become drafts with their own words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert

from communities.models import ImportBatch, ImportRow
from communities.policies import get_worker_desk
from communities.queries.register import find_batch, get_batch, list_earlier, lock_rows
from communities.refusals.register import (
    ColumnTwice,
    ContentMissing,
    NothingTicked,
    RowsImportedBefore,
)
from communities.rules.batches import Batch, fingerprint, original_words, read_cells, split_file
from communities.rules.columns import COLUMN_LABELS, Column, guess_columns
from communities.rules.rows import Understood, understand
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.phones import find_phone
from foundation.refusal import N_
from foundation.sheet_reading import ReadSheet, read_sheet
from wishes.rules.asking import PrivateWords
from wishes.rules.publishing import WishWords
from wishes.services.drafting import start_draft
from wishes.services.private import keep_private


class TakenIn(NamedTuple):
    """The batch of a file, and whether these very bytes had been brought before."""

    batch_id: int
    seen_before: bool


def take_in(area_id: int, *, actor_id: int, data: bytes, filename: str) -> TakenIn:
    """Read a file and keep its rows; the same file again gives its first batch.

    Raises AreaNotFound, SheetRefusal. The reading happens before the errand.
    """
    get_worker_desk(actor_id, area_id)
    sheet = read_sheet(data, filename)
    digest = hashlib.sha256(data).hexdigest()
    batch_id, seen = _keep(
        area_id, actor_id=actor_id, filename=filename[-120:], digest=digest, sheet=sheet
    )
    return TakenIn(batch_id, bool(seen))


@errand
def _keep(
    area_id: int, *, actor_id: int, filename: str, digest: str, sheet: ReadSheet
) -> list[int]:
    community = get_worker_desk(actor_id, area_id)
    known = find_batch(community.id, digest)
    if known is not None:
        return [known.id, 1]
    found = split_file(sheet.rows)
    batch = ImportBatch(
        area_id=community.id, sha256=digest, filename=filename,
        headers=list(found.header.headers),
        columns=[str(column) for column in guess_columns(found.header.headers)],
        notes=[[sentence, params] for sentence, params in (*_about(sheet), *found.notes)],
        uploaded_by_id=actor_id, uploaded_at=clock.now(),
    )  # fmt: skip
    db.session.add(batch)
    db.session.flush()
    _keep_rows(batch, found)
    return [batch.id, 0]


def _about(sheet: ReadSheet) -> list[tuple[str, dict[str, object]]]:
    notes: list[tuple[str, dict[str, object]]] = []
    if sheet.passed_over:
        sentence = N_("只读了工作表“%(name)s”，没有读：%(others)s。")
        notes.append((sentence, {"name": sheet.name, "others": list(sheet.passed_over[:5])}))
    if sheet.uncomputed:
        sentence = N_("有 %(n)s 个公式没有存结果，读成空白；在 Excel 里打开并保存一次再传就有了。")
        notes.append((sentence, {"n": sheet.uncomputed}))
    return notes


def _keep_rows(batch: ImportBatch, found: Batch) -> None:
    if not found.rows:
        return
    db.session.execute(
        insert(ImportRow),
        [
            {
                "batch_id": batch.id,
                "line": row.line,
                "cells": json.dumps(row.cells, ensure_ascii=False),
                "fingerprint": fingerprint(found.header.headers, row.cells),
            }
            for row in found.rows
        ],
    )


@errand
def set_columns(batch_id: int, *, actor_id: int, area_id: int, columns: Sequence[Column]) -> None:
    """Correct what the columns say. Raises AreaNotFound, BatchNotFound, ColumnTwice."""
    community = get_worker_desk(actor_id, area_id)
    batch = get_batch(community.id, batch_id)
    for column in Column:
        if column is not Column.KEPT and list(columns).count(column) > 1:
            raise ColumnTwice(column=COLUMN_LABELS[column])
    known = len(batch.headers)
    batch.columns = [str(column) for column in columns][:known] + [""] * (known - len(columns))


@errand
def import_rows(
    batch_id: int, *, actor_id: int, area_id: int, lines: Sequence[int], again: bool = False
) -> list[int]:
    """Make a draft of each chosen row, its own words kept with it. Returns the wishes' ids.

    A row that cannot be a wish is passed over. Raises AreaNotFound, BatchNotFound,
    NothingTicked, ContentMissing, RowsImportedBefore (unless `again`).
    """
    at = clock.now()
    community = get_worker_desk(actor_id, area_id)
    batch = get_batch(community.id, batch_id)
    rows = lock_rows(batch.id, lines)
    if not rows:
        raise NothingTicked
    if Column.CONTENT not in batch.columns:
        raise ContentMissing
    if not again:
        _ensure_new(community.id, rows)
    made = []
    for row in rows:
        wish_id = _draft(batch, row, actor_id=actor_id, at=at)
        if wish_id is not None:
            row.wish_id, row.imported_by_id, row.imported_at = wish_id, actor_id, at
            made.append(wish_id)
    return made


def _ensure_new(area_id: int, rows: Sequence[ImportRow]) -> None:
    earlier = list_earlier(area_id, [row.fingerprint for row in rows])
    twice = [str(row.line) for row in rows if row.fingerprint in earlier]
    if twice:
        raise RowsImportedBefore(lines=tuple(twice[:10]))


def _draft(batch: ImportBatch, row: ImportRow, *, actor_id: int, at: datetime) -> int | None:
    cells = json.loads(row.cells)
    found = understand(read_cells(batch.columns, cells), today=clock.local_day(at))
    if not found.may_import:
        return None
    wish = start_draft(batch.area_id, words_of(found), actor_id=actor_id, at=at)
    wish.original = original_words(batch.headers, batch.columns, cells)
    keep_private(private_of(found), wish_id=wish.id)
    return wish.id


def words_of(found: Understood) -> WishWords:
    """What was understood, as a draft's words in UTC."""
    return WishWords(
        kind=found.kind, category=found.category, title=found.title, text=found.text,
        venue=found.venue, public_place=found.public_place, starts_at=_utc(found.starts),
        ends_at=_utc(found.ends), headcount=found.headcount, tools=found.tools,
        tools_answered=found.tools_answered,
    )  # fmt: skip


def private_of(found: Understood) -> PrivateWords:
    """The resident behind a row; a phone that is none stays in the note as it was written."""
    phone = find_phone(found.phone) if found.phone else None
    note = "" if phone else found.phone
    return PrivateWords(name=found.name, phone=phone or "", door=found.door, note=note)


def _utc(moment: datetime | None) -> datetime | None:
    return clock.from_local(moment.date(), moment.time()) if moment else None
