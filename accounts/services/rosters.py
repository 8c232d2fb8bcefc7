"""A unit's roster: who its colleagues are, by name, staff number and phone."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from accounts.models import Membership, Organisation, RosterEntry
from accounts.policies import ensure_coordinates
from accounts.queries.people import get_person
from accounts.queries.rosters import count_roster, find_entry_by_phone, find_entry_of
from accounts.refusals import AlreadyOnRoster, RosterTooLong, UnitNotFound
from accounts.rules import Role
from foundation import clock
from foundation.db import db
from foundation.errands import errand

ROSTER_MOST = 5_000
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no 0/O, 1/I/L: they are read aloud
CODE_LENGTH = 8


@dataclass(frozen=True)
class RosterLine:
    """A colleague as the unit writes them down; the phone as stored (+86…)."""

    name: str
    phone: str
    staff_number: str | None = None


def new_join_code() -> str:
    """A fresh join code of a unit, easy to read aloud."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def normal_join_code(text: str) -> str:
    """A join code as people type it (small, full-width, with gaps) in its stored spelling."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in plain if letter.isalnum())


@errand
def add_colleague(organisation_id: int, *, actor_id: int, line: RosterLine) -> int:
    """Put one colleague on the roster. Returns the entry's id.

    Whoever left comes back on their old line. A coordinator who writes down their own phone
    has joined with it. Raises UnitNotFound for a stranger, AlreadyOnRoster, RosterTooLong.
    """
    at = clock.now()
    lock_unit(organisation_id)
    ensure_coordinates(actor_id, organisation_id)
    found = find_entry_by_phone(organisation_id, line.phone)
    if found is not None and found.removed_at is None:
        raise AlreadyOnRoster(name=found.name)
    _ensure_room(organisation_id, 1)
    entry = _put(found, organisation_id, line, at=at)
    if get_person(actor_id).phone == line.phone:
        tie(entry, actor_id, at=at)
    db.session.flush()
    return entry.id


@errand
def import_roster(organisation_id: int, *, actor_id: int, lines: Sequence[RosterLine]) -> list[int]:
    """Put many colleagues on the roster at once. Returns [added, changed].

    A phone that stands there gets the new name and staff number. Raises UnitNotFound,
    RosterTooLong.
    """
    at = clock.now()
    lock_unit(organisation_id)
    ensure_coordinates(actor_id, organisation_id)
    known = {
        entry.phone: entry
        for entry in db.session.scalars(
            select(RosterEntry).where(RosterEntry.organisation_id == organisation_id)
        )
    }
    wanted = {line.phone: line for line in lines}
    fresh = [phone for phone in wanted if phone not in known or known[phone].removed_at]
    _ensure_room(organisation_id, len(fresh))
    changed = 0
    for phone, line in wanted.items():
        entry = known.get(phone)
        changed += phone not in fresh and entry is not None and _differs(entry, line)
        _put(entry, organisation_id, line, at=at)
    return [len(fresh), changed]


@errand
def renew_join_code(organisation_id: int, *, actor_id: int) -> None:
    """Give the unit a new join code; the old one opens nothing any more."""
    ensure_coordinates(actor_id, organisation_id)
    unit = db.session.get_one(Organisation, organisation_id)
    unit.join_code = new_join_code()


def lock_unit(organisation_id: int) -> Organisation:
    """A unit that this errand alone may change: its roster, its coordinators.

    Raises UnitNotFound.
    """
    query = select(Organisation).where(Organisation.id == organisation_id).with_for_update()
    unit = db.session.scalars(query).one_or_none()
    if unit is None:
        raise UnitNotFound
    return unit


def end_entry(entry: RosterEntry, *, at: datetime) -> None:
    """Take a colleague off the roster, inside the errand that is open; the line is kept."""
    entry.removed_at = at
    if entry.user_id is None:
        return
    db.session.execute(
        update(Membership)
        .where(
            Membership.user_id == entry.user_id,
            Membership.organisation_id == entry.organisation_id,
            Membership.role == Role.COLLEAGUE,
            Membership.ended_at.is_(None),
        )
        .values(ended_at=at)
    )


def tie(entry: RosterEntry, user_id: int, *, at: datetime) -> None:
    """Tie an entry to an account, which becomes a colleague, inside the errand that is open."""
    old = find_entry_of(entry.organisation_id, user_id)
    if old is not None and old is not entry:  # the same person under an earlier phone
        old.user_id, old.removed_at = None, old.removed_at or at
        db.session.flush()
    entry.user_id = user_id
    grant(user_id, entry.organisation_id, Role.COLLEAGUE, by_id=user_id, at=at)


def grant(user_id: int, organisation_id: int, role: Role, *, by_id: int, at: datetime) -> None:
    """Give a role at a unit unless the person has it, inside the errand that is open."""
    has = select(Membership.id).where(
        Membership.user_id == user_id,
        Membership.organisation_id == organisation_id,
        Membership.role == role,
        Membership.ended_at.is_(None),
    )
    if db.session.execute(has).first() is None:
        db.session.add(
            Membership(
                user_id=user_id, organisation_id=organisation_id, role=role,
                granted_by_id=by_id, since=at,
            )
        )  # fmt: skip


def _ensure_room(organisation_id: int, more: int) -> None:
    if count_roster(organisation_id)[0] + more > ROSTER_MOST:
        raise RosterTooLong(most=ROSTER_MOST)


def _differs(entry: RosterEntry, line: RosterLine) -> bool:
    return (entry.name, entry.staff_number) != (line.name, line.staff_number)


def _put(
    entry: RosterEntry | None, organisation_id: int, line: RosterLine, *, at: datetime
) -> RosterEntry:
    if entry is None:
        entry = RosterEntry(organisation_id=organisation_id, phone=line.phone, added_at=at)
        db.session.add(entry)
    elif entry.removed_at is not None:
        _welcome_back(entry, at=at)
    entry.name, entry.staff_number = line.name, line.staff_number
    return entry


def _welcome_back(entry: RosterEntry, *, at: datetime) -> None:
    """Whoever left and comes back needs no code again, unless their phone is another's now."""
    entry.removed_at = None
    if entry.user_id is None:
        return
    if get_person(entry.user_id).phone == entry.phone:
        role = Role.COLLEAGUE
        grant(entry.user_id, entry.organisation_id, role, by_id=entry.user_id, at=at)
    else:
        entry.user_id = None
