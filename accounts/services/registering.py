"""Registration: an account, its volunteer number and what its owner agreed to."""

from __future__ import annotations

import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from accounts.models import Consent, User
from accounts.notices import tell_welcome
from accounts.queries.areas import get_area
from accounts.queries.people import find_operator_name
from accounts.refusals import (
    AreaNotFound,
    ConsentMissing,
    ContactUnreadable,
    EmailTaken,
    OperatorExists,
    PhoneTaken,
)
from accounts.rules import (
    NAME_LENGTH,
    WORDING,
    AreaKind,
    ConsentKind,
    Contact,
    ensure_strong,
    find_contact,
    tidy,
    write_number,
)
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.passwords import hash_password
from foundation.violations import broke

NUMBER_TRIES = 5


@dataclass(frozen=True)
class Newcomer:
    """A person about to have an account; the password is hashed already."""

    name: str
    contact: Contact
    password_hash: str
    home_area_id: int | None = None
    is_party_member: bool = False
    language: str = "zh_Hans_CN"


def prepare_newcomer(
    name: str, *, contact: str, password: str, agreed: bool, home_area_id: int | None = None,
    is_party_member: bool = False, language: str = "zh_Hans_CN",
) -> Newcomer:  # fmt: skip
    """Read and check what was typed, and hash the password before any transaction opens.

    Raises ConsentMissing, ContactUnreadable, PasswordTooShort, PasswordTooEasy.
    """
    if not agreed:
        raise ConsentMissing
    found = find_contact(contact)
    if found is None:
        raise ContactUnreadable
    tidied = tidy(name)[:NAME_LENGTH]
    ensure_strong(password, about=words_about(tidied, found))
    return Newcomer(tidied, found, hash_password(password), home_area_id, is_party_member, language)


def words_about(name: str, contact: Contact) -> list[str]:
    """What others know of a person, so no password: name, phone, address."""
    email = contact.email or ""
    return [name, (contact.phone or "").removeprefix("+86"), email, email.partition("@")[0]]


@errand
def register(newcomer: Newcomer) -> int:
    """Open an account. Returns the person's id. Raises PhoneTaken, EmailTaken, AreaNotFound."""
    return enrol(newcomer, at=clock.now())


def enrol(newcomer: Newcomer, *, at: datetime) -> int:
    """Write the account, its consents and a welcome, inside the errand that is open.

    The passbook's id is random; love_bank opens the account with the first credit.
    Party membership (党员身份) has a consent of its own.
    """
    if newcomer.home_area_id is not None:
        home = get_area(newcomer.home_area_id)
        if home.kind != AreaKind.COMMUNITY:
            raise AreaNotFound
    person_id, number = _write_person(newcomer, at=at)
    note_consent(person_id, ConsentKind.TERMS, at=at)
    if newcomer.is_party_member:
        note_consent(person_id, ConsentKind.PARTY_MEMBERSHIP, at=at)
    tell_welcome(person_id, number=number)
    return person_id


def _write_person(newcomer: Newcomer, *, at: datetime) -> tuple[int, str]:
    """Insert with a fresh random number; a number that is taken is drawn again."""
    for _attempt in range(NUMBER_TRIES):
        number = write_number(secrets.randbelow(1_000_000), 1000 + secrets.randbelow(9000))
        values = insert(User).values(
            name=newcomer.name, phone=newcomer.contact.phone, email=newcomer.contact.email,
            password_hash=newcomer.password_hash, volunteer_number=number,
            book_id=str(uuid.uuid4()), home_area_id=newcomer.home_area_id,
            language=newcomer.language, is_party_member=newcomer.is_party_member,
            elder_mode=False, is_operator=False, sign_in_version=1, created_at=at,
        )  # fmt: skip
        try:
            with db.session.begin_nested():
                return db.session.execute(values.returning(User.id)).scalar_one(), number
        except IntegrityError as error:
            if not broke(
                error, "uq_user_account_volunteer_number", "user_account.volunteer_number"
            ):
                raise_taken(error)
                raise
    raise RuntimeError("no free volunteer number was drawn")


def raise_taken(error: IntegrityError) -> None:
    """Raise PhoneTaken or EmailTaken when that is what the table refused."""
    if broke(error, "uq_user_account_phone", "user_account.phone"):
        raise PhoneTaken from error
    if broke(error, "uq_user_account_email", "user_account.email"):
        raise EmailTaken from error


def note_consent(user_id: int, kind: ConsentKind, *, at: datetime) -> None:
    """Write down what was agreed to, with the version of its wording."""
    db.session.add(Consent(user_id=user_id, kind=kind, wording=WORDING[kind], given_at=at))


@errand
def register_operator(newcomer: Newcomer) -> int:
    """Open the first account, the operator's (运维).

    Raises OperatorExists, PhoneTaken, EmailTaken.
    """
    name = find_operator_name()
    if name is not None:
        raise OperatorExists(name=name)
    person_id = enrol(newcomer, at=clock.now())
    db.session.get_one(User, person_id).is_operator = True
    return person_id
