"""How a person is named, numbered and reached; where a page may send them on."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from accounts.rules.roles import ConsentKind
from foundation.phones import find_phone


def write_number(serial: int, prefix: int) -> str:
    """A volunteer number: 12 digits in three groups, the last two a check (mod 97).

    Four digits of `prefix`, six of `serial`: drawn at random, they say nothing about the person.
    Shown instead of an identity number, which is never stored.
    """
    body = f"{prefix % 10000:04d}{serial:06d}"
    check = 97 - int(body) % 97
    digits = f"{body}{check:02d}"
    return f"{digits[:4]} {digits[4:8]} {digits[8:]}"


NAME_LENGTH = 40
WORDING = {ConsentKind.TERMS: "2026-11", ConsentKind.PARTY_MEMBERSHIP: "2026-11"}

SIGN_IN_TRIES = 5
SIGN_IN_PAUSE = timedelta(minutes=15)
RESET_LIFE = timedelta(hours=1)
RESET_LETTERS_AN_HOUR = 3


@dataclass(frozen=True)
class Contact:
    """What a person signs in with: a phone as stored, or a mail address in lower case."""

    phone: str | None = None
    email: str | None = None


def find_email(text: str) -> str | None:
    """The mail address as stored (lower case), None when the text is no address."""
    try:
        # test_environment: `.test` is for trials and demonstrations, nothing else changes
        plain = unicodedata.normalize("NFKC", text).strip()
        found = validate_email(plain, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    return found.normalized.lower()


def find_contact(text: str) -> Contact | None:
    """Read a phone number or a mail address, full-width digits included; None for neither."""
    if "@" in text or "＠" in text:
        email = find_email(text)
        return Contact(email=email) if email else None
    phone = find_phone(text)
    return Contact(phone=phone) if phone else None


def tidy(text: str) -> str:
    """One line as people meant it: no control or direction characters, single spaces, NFC."""
    kept = (
        " " if letter.isspace() else letter
        for letter in unicodedata.normalize("NFC", text)
        if letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cs", "Co")
        if letter not in TURNING
    )
    return " ".join("".join(kept).split())


TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def find_local_path(text: str | None) -> str | None:
    """The path inside this site to go on to, None for anything that may lead elsewhere."""
    if not text or len(text) > 2000 or any(letter <= " " or letter == "\\" for letter in text):
        return None
    parts = urlsplit(text)
    if parts.scheme or parts.netloc or not text.startswith("/") or text.startswith("//"):
        return None
    return text
