"""A colleague joins their unit: its code, and a phone that the coordinator wrote down."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from accounts.models import RosterEntry, SignInGuard
from accounts.queries.people import get_person
from accounts.queries.rosters import find_entry_by_phone, find_unit_by_code
from accounts.refusals import (
    JoinedByAnother,
    NoPhoneOnAccount,
    NotOnRoster,
    TooManyJoinTries,
    WrongJoinCode,
)
from accounts.services.rosters import normal_join_code, tie
from foundation import clock
from foundation.db import db
from foundation.errands import errand

JOIN_TRIES = 5
JOIN_LOCK = timedelta(minutes=15)


def join_unit(code: str, *, actor_id: int) -> int:
    """Join the unit with this code. Returns the unit's id.

    A wrong code is counted, so it is an answer of the errand and becomes a refusal only
    afterwards. Raises WrongJoinCode, TooManyJoinTries, NoPhoneOnAccount, NotOnRoster,
    JoinedByAnother.
    """
    organisation_id = join_by_code(normal_join_code(code), actor_id=actor_id)
    if organisation_id is None:
        raise WrongJoinCode
    return organisation_id


@errand
def join_by_code(code: str, *, actor_id: int) -> int | None:
    """Try one code; None when no unit has it. Raises what `join_unit` raises."""
    at = clock.now()
    guard = _lock_guard(actor_id, at=at)
    if guard.locked_until is not None and guard.locked_until > at:
        minutes = -(-(guard.locked_until - at).seconds // 60)
        raise TooManyJoinTries(minutes=minutes)
    unit = find_unit_by_code(code)
    if unit is None:
        _count_failure(guard, at=at)
        return None
    entry = _entry_for(unit.id, actor_id)
    if entry.user_id != actor_id:
        tie(entry, actor_id, at=at)
    guard.failures, guard.locked_until = 0, None
    return unit.id


def _entry_for(organisation_id: int, actor_id: int) -> RosterEntry:
    phone = get_person(actor_id).phone
    if phone is None:
        raise NoPhoneOnAccount
    entry = find_entry_by_phone(organisation_id, phone)
    if entry is None or entry.removed_at is not None:
        raise NotOnRoster
    if entry.user_id not in (None, actor_id):
        raise JoinedByAnother
    return entry


def _lock_guard(actor_id: int, *, at: datetime) -> SignInGuard:
    identifier = hashlib.sha256(f"join:{actor_id}".encode()).hexdigest()
    make = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    values = {"identifier": identifier, "failures": 0, "last_failure_at": at}
    db.session.execute(make(SignInGuard).values(values).on_conflict_do_nothing())
    query = select(SignInGuard).where(SignInGuard.identifier == identifier).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _count_failure(guard: SignInGuard, *, at: datetime) -> None:
    if guard.locked_until is not None or guard.last_failure_at < at - JOIN_LOCK:
        guard.failures, guard.locked_until = 0, None
    guard.failures += 1
    guard.last_failure_at = at
    if guard.failures >= JOIN_TRIES:
        guard.locked_until = at + JOIN_LOCK
