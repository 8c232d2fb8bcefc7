"""Credits and corrections. There is no other way for a minute to enter the book."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from foundation.db import Base, db, in_transaction
from love_bank.models import BookAccount, Entry, Head
from love_bank.queries import find_last_entry, find_reversal, lock_head
from love_bank.refusals import AlreadyCredited, AlreadyReversed, BookRefused, NothingToCredit
from love_bank.rules import GENESIS, AccountKind, ServiceFacts, available_on, hash_entry


class OutsideErrand(RuntimeError):
    """The book was written outside an errand's transaction."""


def ensure_account(account_id: str, kind: AccountKind, *, at: datetime) -> None:
    """Open the account on its first use; a second opener waits for the first, then does nothing.

    Ids are random and made elsewhere: accounts stands below the book and cannot call it.
    People get a head, issuers do not.
    """
    _ensure_errand()
    known = select(BookAccount.id).where(BookAccount.id == account_id)
    if db.session.execute(known).first() is not None:
        return
    _insert_once(BookAccount, id=account_id, kind=kind, created_at=at)
    if kind is AccountKind.PERSON:
        _insert_once(Head, account_id=account_id, served=0, balance=0, held=0, seq=0, hash=GENESIS)


def _insert_once(model: type[Base], **values: object) -> None:
    on_postgresql = db.session.get_bind().dialect.name == "postgresql"
    make = postgresql.insert if on_postgresql else sqlite.insert
    db.session.execute(make(model).values(values).on_conflict_do_nothing())


def credit(facts: ServiceFacts, *, at: datetime, notice_days: int) -> int:
    """Credit one attendance's minutes, once. Returns the entry's id.

    The first credit opens the accounts; after a reversal the next revision names it.
    Raises NothingToCredit, AlreadyCredited.
    谁组织谁记录: the issuer is the community that recorded the service.
    """
    _ensure_errand()
    if facts.minutes <= 0:
        raise NothingToCredit
    # The issuer first: whoever opens it makes others wait before they hold a head.
    ensure_account(facts.issuer, AccountKind.ISSUING, at=at)
    ensure_account(facts.holder, AccountKind.PERSON, at=at)
    head = lock_head(facts.holder)
    last = find_last_entry(facts.attendance_id)
    revision, follows = 1, None
    if last is not None:
        reversal = find_reversal(last.id)
        if reversal is None:
            raise AlreadyCredited
        revision, follows = (last.revision or 0) + 1, reversal.id
    entry = Entry(
        from_account=facts.issuer,
        to_account=facts.holder,
        minutes=facts.minutes,
        attendance_id=facts.attendance_id,
        revision=revision,
        follows=follows,
        wish_id=facts.wish_id,
        organisation_id=facts.organisation_id,
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        grade=facts.grade,
        evidence_hash=facts.evidence_hash,
        recorded_at=at,
        available_on=available_on(at, notice_days),
        holder=facts.holder,
    )
    return _append(head, entry, facts.minutes)


def reverse(entry_id: int, *, reason_code: str, reason: str, at: datetime) -> int:
    """Strike one credit with a new line (冲正). Returns the reversal's id.

    The book keeps a code and a salted hash of the reason; the text stays erasable elsewhere.
    Raises AlreadyReversed, BookRefused.
    """
    _ensure_errand()
    struck = db.session.get_one(Entry, entry_id)
    head = lock_head(struck.holder)
    if find_reversal(entry_id) is not None:
        raise AlreadyReversed
    if struck.minutes > head.balance - head.held:
        raise BookRefused
    salt = secrets.token_hex(8)
    entry = Entry(
        from_account=struck.to_account,
        to_account=struck.from_account,
        minutes=struck.minutes,
        reversal_of=struck.id,
        wish_id=struck.wish_id,
        organisation_id=struck.organisation_id,
        starts_at=struck.starts_at,
        ends_at=struck.ends_at,
        grade=struck.grade,
        evidence_hash=struck.evidence_hash,
        reason_code=reason_code,
        reason_hash=hashlib.sha256(f"{salt}{reason}".encode()).hexdigest(),
        recorded_at=at,
        available_on=at,
        holder=struck.holder,
    )
    return _append(head, entry, -struck.minutes)


def _append(head: Head, entry: Entry, change: int) -> int:
    head.seq += 1
    head.served += change
    head.balance += change
    entry.seq = head.seq
    entry.served_after = head.served
    entry.previous_hash = head.hash
    entry.hash = head.hash = hash_entry(entry.previous_hash, chained_fields(entry))
    db.session.add(entry)
    db.session.flush()
    return entry.id


def chained_fields(entry: Entry) -> dict[str, object]:
    """The fields an entry's hash covers; times in ISO form, UTC."""
    times = {
        name: getattr(entry, name).astimezone(UTC).isoformat()
        for name in ("starts_at", "ends_at", "recorded_at", "available_on")
    }
    plain = (
        "from_account", "to_account", "minutes", "attendance_id", "revision", "reversal_of",
        "follows", "wish_id", "organisation_id", "evidence_hash", "reason_code", "reason_hash",
        "holder", "seq", "served_after",
    )  # fmt: skip
    return {**{name: getattr(entry, name) for name in plain}, **times, "grade": str(entry.grade)}


def _ensure_errand() -> None:
    if not in_transaction():
        raise OutsideErrand
