"""Sign-in: one argon2 verification for known and unknown alike, a pause after five failures."""

from __future__ import annotations

import hashlib
import hmac
import math
import unicodedata
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from accounts.models import SignInGuard, User
from accounts.queries.people import find_by_contact
from accounts.refusals import SignInPaused, SignInRefused
from accounts.rules import SIGN_IN_PAUSE, SIGN_IN_TRIES, find_contact
from foundation import clock
from foundation.db import db, transaction
from foundation.errands import errand, under_key
from foundation.passwords import hash_password, is_password, needs_new_hash


def sign_in(identifier: str, *, password: str) -> int:
    """Who this is. Raises SignInRefused, SignInPaused: the same for accounts that do not exist.

    A failure is stored although the sign-in is refused. A try is never replayed: no key.
    """
    contact = find_contact(identifier)
    person = find_by_contact(contact) if contact else None
    user_id, stored = (person.id, person.password_hash) if person else (None, None)
    is_right = is_password(stored, password)
    ensure_not_paused(mark_of(identifier), is_right=is_right)
    if user_id is None or stored is None or not is_right:
        raise SignInRefused
    if needs_new_hash(stored):
        _renew_hash(user_id, before=stored, after=hash_password(password))
    return user_id


def ensure_not_paused(mark: str, *, is_right: bool) -> None:
    """Note one try under this mark. Raises SignInPaused, also when the try itself was right."""
    with under_key(None):
        minutes = _note_try(mark, is_right=is_right)
    if minutes:
        raise SignInPaused(minutes=minutes)


def mark_of(identifier: str) -> str:
    """The mark of a phone or address in the guard's table: it names nobody."""
    contact = find_contact(identifier)
    plain = unicodedata.normalize("NFKC", identifier).strip().casefold()
    known = (contact.phone or contact.email) if contact else None
    secret = str(current_app.secret_key).encode()
    return hmac.new(secret, f"sign-in {known or plain}".encode(), hashlib.sha256).hexdigest()


@errand
def _note_try(mark: str, *, is_right: bool) -> int:
    """Count a try. Returns the minutes of the pause, 0 when there is none.

    The row is locked, so of a hundred guesses at once only five are answered.
    """
    at = clock.now()
    guard = _lock_guard(mark, at=at)
    if guard.locked_until is not None and guard.locked_until > at:
        return math.ceil((guard.locked_until - at) / timedelta(minutes=1))
    is_old = at - guard.last_failure_at > SIGN_IN_PAUSE
    guard.failures = 0 if is_right or is_old else guard.failures
    guard.locked_until = None
    if is_right:
        return 0
    guard.failures += 1
    guard.last_failure_at = at
    if guard.failures < SIGN_IN_TRIES:
        return 0
    guard.failures = 0
    guard.locked_until = at + SIGN_IN_PAUSE
    return math.ceil(SIGN_IN_PAUSE / timedelta(minutes=1))


def _lock_guard(mark: str, *, at: datetime) -> SignInGuard:
    on_postgresql = db.session.get_bind().dialect.name == "postgresql"
    make = postgresql.insert if on_postgresql else sqlite.insert
    fresh = make(SignInGuard).values(identifier=mark, failures=0, last_failure_at=at)
    db.session.execute(fresh.on_conflict_do_nothing())
    query = select(SignInGuard).where(SignInGuard.identifier == mark).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


@errand
def _renew_hash(user_id: int, *, before: str, after: str) -> None:
    own = (User.id == user_id, User.password_hash == before)
    db.session.execute(update(User).where(*own).values(password_hash=after))


def lift_pause(*identifiers: str | None) -> None:
    """Forget the failures under these identifiers, inside the errand that is open."""
    marks = [mark_of(each) for each in identifiers if each]
    db.session.execute(delete(SignInGuard).where(SignInGuard.identifier.in_(marks)))


def forget_old_failures() -> None:
    """Drop what no pause needs any more; the worker's sweep calls it."""
    with transaction() as session:
        old = SignInGuard.last_failure_at < clock.now() - timedelta(days=1)
        session.execute(delete(SignInGuard).where(old))
