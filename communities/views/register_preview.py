"""A file's rows as a person reads them: what was understood, what to look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from communities.models import ImportBatch
from communities.queries.register import Earlier, KeptRow, list_earlier, list_rows
from communities.rules.batches import read_cells
from communities.rules.rows import Understood, Weight, understand
from foundation import clock
from foundation.forms import fill_in
from wishes.rules.kinds import (
    CATEGORY_LABELS,
    KIND_LABELS,
    PROVISION_LABELS,
    VENUE_LABELS,
    WishKind,
)

PAGE = 100


@dataclass(frozen=True)
class PreviewRow:
    """One row: its tick, its wish as understood, sentences by weight."""

    line: int
    ticked: bool
    may_import: bool
    title: str
    text: str
    facts: list[str]
    remarks: list[tuple[str, str]]
    wish_url: str | None
    wish_label: str | None


def say_notes(notes: Iterable[Any]) -> list[str]:
    """Notes about the whole file, in the reader's language."""
    return [fill_in(sentence, params) for sentence, params in notes]


def preview_rows(
    area_id: int, batch: ImportBatch, *, page: int, ticked: set[int] | None
) -> list[PreviewRow]:
    """A page of rows; importable ones that are new are ticked, unless the person chose."""
    rows = list_rows(batch.id, offset=(page - 1) * PAGE, limit=PAGE)
    earlier = list_earlier(area_id, [row.fingerprint for row in rows])
    today = clock.local_day(clock.now())
    seen: set[str] = set()
    shown = []
    for row in rows:
        found = understand(read_cells(batch.columns, row.cells), today=today)
        twice = row.fingerprint in seen
        seen.add(row.fingerprint)
        shown.append(_shown(area_id, row, found, earlier.get(row.fingerprint), twice, ticked))
    return shown


def _shown(
    area_id: int, row: KeptRow, found: Understood, before: Earlier | None, twice: bool,
    ticked: set[int] | None,
) -> PreviewRow:  # fmt: skip
    fresh = found.may_import and before is None and not twice
    remarks = [
        (str(remark.weight), fill_in(remark.sentence, remark.params)) for remark in found.remarks
    ]
    if twice:
        remarks.append((str(Weight.WARNING), _("和上面的一行一模一样，所以没有勾。")))
    label = url = None
    if before is not None:
        label = _("已导入，第 %(number)s 号", number=f"{before.number:04d}")
        url = url_for("communities.wish_desk", area_id=area_id, wish_id=before.wish_id)
    return PreviewRow(
        line=row.line,
        ticked=found.may_import and (fresh if ticked is None else row.line in ticked),
        may_import=found.may_import,
        title=found.title,
        text=found.text,
        facts=_facts(found),
        remarks=remarks,
        wish_url=url,
        wish_label=label,
    )


def _facts(found: Understood) -> list[str]:
    item = found.kind is WishKind.ITEM
    facts = [_(KIND_LABELS[found.kind]), _(CATEGORY_LABELS[found.category])]
    if not item:
        facts.append(_(VENUE_LABELS[found.venue]))
    facts.append(_when(found))
    if found.public_place:
        facts.append(found.public_place)
    if found.headcount:
        facts.append(_("%(n)s 件", n=found.headcount) if item else _("%(n)s 人", n=found.headcount))
    facts += [_tool(tool) for tool in found.tools]
    if found.name or found.phone or found.door:
        facts.append(_("姓名、电话或门牌另外保密存放"))
    return [fact for fact in facts if fact]


def _tool(tool: Any) -> str:
    return str(
        _(
            "%(tool)s（%(provision)s）",
            tool=tool.name,
            provision=_(PROVISION_LABELS[tool.provision]),
        )
    )


def _when(found: Understood) -> str:
    if found.starts is None:
        return f"{found.day:%Y-%m-%d}" if found.day else ""
    if found.ends is None or found.kind is WishKind.ITEM:
        return f"{found.starts:%Y-%m-%d %H:%M}"
    return f"{found.starts:%Y-%m-%d %H:%M}–{found.ends:%H:%M}"
