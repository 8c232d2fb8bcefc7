"""The book only grows; a correction is a new line; the audit reads every line again."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from foundation import clock
from foundation.db import db, transaction
from love_bank.models import Entry, Head
from love_bank.queries import get_sums
from love_bank.refusals import AlreadyCredited, AlreadyReversed, BookRefused, NothingToCredit
from love_bank.rules import Grade, ServiceFacts
from love_bank.services.auditing import Wrong, audit_book
from love_bank.services.crediting import OutsideErrand, credit, reverse

END = clock.now().replace(microsecond=0)
FACTS = ServiceFacts(
    attendance_id=1, holder=str(uuid.uuid4()), issuer=str(uuid.uuid4()), organisation_id=None,
    wish_id=1, starts_at=END - timedelta(hours=1), ends_at=END, minutes=60, grade=Grade.A,
    evidence_hash="0" * 64,
)  # fmt: skip


def put(attendance_id: int = 1, *, minutes: int = 60, notice_days: int = 0) -> int:
    facts = replace(FACTS, attendance_id=attendance_id, minutes=minutes)
    with transaction():
        return credit(facts, at=clock.now(), notice_days=notice_days)


def strike(entry_id: int) -> int:
    with transaction():
        return reverse(entry_id, reason_code="wrong_time", reason="签退记错了", at=clock.now())


def sums() -> tuple[int, int]:
    found = get_sums(FACTS.holder, at=clock.now())
    return found.served, found.redeemable


def force(statement: str) -> None:
    """Change the book as somebody with the database's password would."""
    on_postgresql = db.engine.dialect.name == "postgresql"
    with db.engine.connect() as connection:
        if on_postgresql:
            connection.execute(text("SET session_replication_role = replica"))
        else:
            connection.execute(text("DROP TRIGGER IF EXISTS book_entry_no_update"))
            connection.execute(text("DROP TRIGGER IF EXISTS book_entry_no_delete"))
        connection.execute(text(statement))
        connection.commit()
        if on_postgresql:
            connection.execute(text("SET session_replication_role = DEFAULT"))
            connection.commit()
    db.session.expire_all()


@pytest.mark.usefixtures("app")
class TestOnlyGrows:
    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE book_entry SET minutes = 600",
            "UPDATE book_entry SET grade = 'A' WHERE id > 0",
            "DELETE FROM book_entry",
        ],
    )
    def test_no_entry_is_changed_or_removed(self, statement: str) -> None:
        put()
        with pytest.raises(DBAPIError, match="only grows"), db.engine.begin() as connection:
            connection.execute(text(statement))
        assert sums() == (60, 60)

    def test_no_entry_is_overwritten(self, app: Flask) -> None:
        put()
        if db.engine.dialect.name == "postgresql":
            statement, said = "TRUNCATE book_entry CASCADE", "only grows"
        else:
            columns = ", ".join(column.name for column in Entry.__table__.columns)
            changed = columns.replace("minutes", "600 AS minutes")
            statement = (
                f"INSERT OR REPLACE INTO book_entry ({columns}) SELECT {changed} FROM book_entry"
            )
            said = "only grows"
        with pytest.raises(DBAPIError, match=said), db.engine.begin() as connection:
            connection.execute(text(statement))
        assert db.session.scalars(select(Entry.minutes)).one() == 60

    def test_the_book_is_written_inside_an_errand_only(self) -> None:
        with pytest.raises(OutsideErrand):
            credit(FACTS, at=clock.now(), notice_days=0)


@pytest.mark.usefixtures("app")
class TestCorrections:
    def test_an_attendance_is_credited_once(self) -> None:
        put()
        with pytest.raises(AlreadyCredited):
            put()
        assert sums() == (60, 60)

    def test_zero_minutes_are_not_written(self) -> None:
        with pytest.raises(NothingToCredit):
            put(minutes=0)

    def test_a_reversal_is_a_line_of_its_own(self) -> None:
        entry_id = put()
        strike(entry_id)
        assert sums() == (0, 0)
        assert db.session.scalars(select(Entry.reversal_of).order_by(Entry.id)).all() == [
            None, entry_id,
        ]  # fmt: skip

    def test_the_right_line_follows_the_reversal(self) -> None:
        reversal_id = strike(put())
        put(minutes=45)
        last = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
        assert last is not None
        assert (last.revision, last.follows, last.served_after) == (2, reversal_id, 45)

    def test_a_line_is_reversed_once(self) -> None:
        entry_id = put()
        strike(entry_id)
        with pytest.raises(AlreadyReversed):
            strike(entry_id)

    def test_no_correction_takes_what_is_held(self) -> None:
        entry_id = put()
        with transaction() as session:
            session.execute(update(Head).values(held=30))
        with pytest.raises(BookRefused):
            strike(entry_id)

    def test_minutes_are_served_at_once_and_redeemable_after_the_notice_period(self) -> None:
        put(notice_days=3)
        assert sums() == (60, 0)
        later = get_sums(FACTS.holder, at=clock.now() + timedelta(days=3))
        assert later.redeemable == 60

    def test_a_reversed_line_leaves_the_notice_period_too(self) -> None:
        strike(put(notice_days=3))
        put(2, minutes=30)
        assert sums() == (30, 30)


@pytest.mark.usefixtures("app")
class TestAudit:
    def test_a_book_of_credits_and_corrections_is_sound(self) -> None:
        strike(put())
        put(minutes=45)
        put(2)
        assert audit_book() == []

    @pytest.mark.parametrize(
        ("statement", "found"),
        [
            ("UPDATE book_entry SET minutes = 600 WHERE seq = 1", Wrong.CONTENT),
            ("UPDATE book_entry SET grade = 'B' WHERE seq = 2", Wrong.CONTENT),
            ("DELETE FROM book_entry WHERE seq = 2", Wrong.GAP),
            ("DELETE FROM book_entry WHERE seq = 3", Wrong.HEAD),
            ("UPDATE book_head SET served = 999", Wrong.HEAD),
            ("DELETE FROM book_entry", Wrong.HEAD),
        ],
    )
    def test_a_tampered_book_is_found_out(self, statement: str, found: Wrong) -> None:
        for attendance_id in (1, 2, 3):
            put(attendance_id)
        force(statement)
        assert found in {trouble.what for trouble in audit_book()}
