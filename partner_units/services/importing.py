"""A sheet of colleagues before it is stored: what is new, what changes, what is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.queries.rosters import list_roster
from accounts.services.rosters import RosterLine
from foundation.sheet_reading import read_sheet
from partner_units.refusals import NothingToImport
from partner_units.rules.roster_rows import ReadRoster, RosterRow, RowError, read_roster


@dataclass(frozen=True)
class Preview:
    """A sheet against the roster: new colleagues, changed ones (with the name so far), errors."""

    fresh: list[RosterRow]
    changed: list[tuple[RosterRow, str]]
    same: int
    errors: list[RowError]

    @property
    def lines(self) -> list[RosterLine]:
        """What a confirmed import stores."""
        rows = [*self.fresh, *(row for row, _name in self.changed)]
        return [RosterLine(row.name, row.phone, row.staff_number) for row in rows]


def preview_roster(organisation_id: int, data: bytes, filename: str | None) -> Preview:
    """Read a handed-in sheet and compare it; stores nothing.

    Raises a SheetRefusal for a file that cannot be read, NoRosterHeader, NothingToImport.
    """
    found = read_roster(read_sheet(data, filename).rows)
    if not found.rows and not found.errors:
        raise NothingToImport
    return _compare(organisation_id, found)


def _compare(organisation_id: int, found: ReadRoster) -> Preview:
    known = {entry.phone: entry for entry in list_roster(organisation_id)}
    preview = Preview([], [], 0, found.errors)
    same = 0
    for row in found.rows:
        entry = known.get(row.phone)
        if entry is None:
            preview.fresh.append(row)
        elif (entry.name, entry.staff_number) == (row.name, row.staff_number):
            same += 1
        else:
            preview.changed.append((row, entry.name))
    return Preview(preview.fresh, preview.changed, same, preview.errors)
