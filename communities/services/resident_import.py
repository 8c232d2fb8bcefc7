"""A sheet of residents before it is stored: what is new, what is known, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Area
from accounts.queries.areas import get_community_of, list_grids
from accounts.rules import AreaKind
from communities.rules.resident_rows import ResidentRow, read_residents
from foundation.sealed import door_marks
from foundation.sheet_reading import read_sheet
from wishes.queries.residents import known_tags, list_known_marks
from wishes.refusals.residents import NobodyToImport
from wishes.rules.residents import ResidentWords, name_at_door


@dataclass(frozen=True)
class ResidentPreview:
    """A sheet against the cards there are."""

    fresh: list[ResidentRow]
    known: list[ResidentRow]
    wrong: list[ResidentRow]

    @property
    def lines(self) -> list[ResidentWords]:
        """What a confirmed import stores."""
        return [row.words for row in self.fresh]


def preview_residents(desk: Area, data: bytes, filename: str | None) -> ResidentPreview:
    """Read a handed-in sheet and compare it; stores nothing.

    Raises a SheetRefusal for a file that cannot be read, NoResidentHeader, NobodyToImport.
    """
    community = get_community_of(desk)
    grids = [desk] if desk.kind == AreaKind.GRID else list_grids(community.id)
    rows = read_residents(
        read_sheet(data, filename).rows,
        grids={grid.name: grid.id for grid in grids}, tags=known_tags(),
    )  # fmt: skip
    if not rows:
        raise NobodyToImport
    marks = list_known_marks(community.id)
    preview = ResidentPreview([], [], [])
    for row in rows:
        if row.wrong is not None:
            preview.wrong.append(row)
        elif marks & set(door_marks(name_at_door(row.words.name, row.words.door))):
            preview.known.append(row)
        else:
            preview.fresh.append(row)
    return preview
