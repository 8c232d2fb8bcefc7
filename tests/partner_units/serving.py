"""Makers of what a unit's people have served, written as verification writes it."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

from sqlalchemy import select

from accounts.models import Organisation, User
from foundation import clock
from foundation.db import db, transaction
from love_bank.models import Entry
from love_bank.rules import Grade, ServiceFacts
from love_bank.services.crediting import credit, reverse
from wishes.models import Wish

_attendance = itertools.count(1)
NOTICE_DAYS = 3


def serve(
    wish: Wish, person: User, unit: Organisation | None, *, minutes: int = 60,
    grade: Grade = Grade.A, recorded_at: datetime | None = None, attendance_id: int = 0,
) -> int:  # fmt: skip
    """Credit one attendance; returns the entry's id. Without a unit it is the person's own."""
    assert wish.starts_at is not None
    assert wish.community.book_id is not None
    facts = ServiceFacts(
        attendance_id=attendance_id or next(_attendance),
        holder=person.book_id, issuer=wish.community.book_id,
        organisation_id=unit.id if unit else None, wish_id=wish.id,
        starts_at=wish.starts_at, ends_at=wish.starts_at + timedelta(minutes=minutes),
        minutes=minutes, grade=grade, evidence_hash="0" * 64,
    )  # fmt: skip
    with transaction():
        return credit(facts, at=recorded_at or clock.now(), notice_days=NOTICE_DAYS)


def strike(entry_id: int) -> None:
    """Reverse one credit."""
    with transaction():
        reverse(entry_id, reason_code="mistake", reason="记错了", at=clock.now())


def attendance_of(entry_id: int) -> int:
    """The attendance of an entry."""
    query = select(Entry.attendance_id).where(Entry.id == entry_id)
    return db.session.execute(query).scalar_one() or 0
