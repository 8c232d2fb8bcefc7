"""A new password: by a letter with a link, or by the person who knows the present one."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from accounts.models import User
from accounts.notices import tell_password_changed, tell_reset_handed, write_reset_letter
from accounts.policies import may_hand_reset
from accounts.queries.people import find_by_contact, find_person, get_person
from accounts.refusals import NotStaffHere, PasswordWrong, ResetLinkOver
from accounts.rules import (
    RESET_LETTERS_AN_HOUR,
    RESET_LIFE,
    Contact,
    ensure_strong,
    find_contact,
)
from accounts.services.registering import words_about
from accounts.services.signing_in import ensure_not_paused, lift_pause, mark_of
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.outbox import count_letters
from foundation.passwords import hash_password, is_password


@errand
def ask_reset(identifier: str) -> None:
    """Write a letter with a link, when there is such an account with a mail address.

    Says nothing either way; at most three letters an hour to one address.
    """
    contact = find_contact(identifier)
    person = find_by_contact(contact) if contact else None
    if person is None or person.email is None:
        return
    an_hour_ago = clock.now() - timedelta(hours=1)
    if count_letters(person.email, kind="reset", since=an_hour_ago) >= RESET_LETTERS_AN_HOUR:
        return
    write_reset_letter(
        person.email, language=person.language, name=person.name,
        path=reset_path(person.id),
    )  # fmt: skip


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="password reset")


def _trace(password_hash: str) -> str:
    return hashlib.sha256(password_hash.encode()).hexdigest()[:16]


def write_token(person: User) -> str:
    """A signed token for one new password; it dies with the present one."""
    return _signer().dumps([person.id, _trace(person.password_hash)])


def get_person_of(token: str) -> User:
    """Whose password the token may change. Raises ResetLinkOver: old, used, or not ours."""
    try:
        user_id, trace = _signer().loads(token, max_age=int(RESET_LIFE.total_seconds()))
    except (BadData, TypeError, ValueError):
        raise ResetLinkOver from None
    person = find_person(user_id)
    if person is None or not hmac.compare_digest(trace, _trace(person.password_hash)):
        raise ResetLinkOver
    return person


def reset_password(token: str, *, password: str) -> None:
    """Set a new password by a letter's link. Raises ResetLinkOver and the refusals of passwords."""
    person = get_person_of(token)
    ensure_strong(password, about=_words_about(person))
    _set_password(person.id, before=person.password_hash, after=hash_password(password))


def change_password(user_id: int, *, current: str, password: str) -> None:
    """Set a new password knowing the present one. Raises PasswordWrong, SignInPaused and others."""
    stored = ensure_password(user_id, current=current)
    ensure_strong(password, about=_words_about(get_person(user_id)))
    _set_password(user_id, before=stored, after=hash_password(password))


def ensure_password(user_id: int, *, current: str) -> str:
    """Raises PasswordWrong or, after five, SignInPaused. Returns the stored hash."""
    stored = get_person(user_id).password_hash
    is_right = is_password(stored, current)
    ensure_not_paused(mark_of(f"change {user_id}"), is_right=is_right)
    if not is_right:
        raise PasswordWrong
    return stored


def _words_about(person: User) -> list[str]:
    return words_about(person.name, Contact(phone=person.phone, email=person.email))


@errand
def _set_password(user_id: int, *, before: str, after: str) -> None:
    """Change the hash, sign every device out, tell the person; only once per former hash."""
    person = db.session.get_one(User, user_id, with_for_update=True)
    if person.password_hash != before:
        raise ResetLinkOver
    person.password_hash = after
    person.sign_in_version += 1
    lift_pause(person.phone, person.email)
    tell_password_changed(user_id)


@errand
def hand_reset_link(user_id: int, *, actor_id: int, area_id: int) -> None:
    """Note, and tell the person, that a worker hands them a link to a new password.

    For neighbours without a mail address, who stand at the counter with their identity card.
    Raises PersonNotFound, NotStaffHere.
    """
    person = get_person(user_id)
    if not may_hand_reset(actor_id, person, area_id=area_id):
        raise NotStaffHere
    tell_reset_handed(user_id, worker=get_person(actor_id).name)


def reset_path(user_id: int) -> str:
    """The path of a link to a new password."""
    return f"/reset/{write_token(get_person(user_id))}"
