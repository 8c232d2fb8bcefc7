"""Which passwords are too easy to guess."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable

from accounts.refusals import PasswordTooEasy, PasswordTooShort

PASSWORD_SHORTEST, PASSWORD_LONGEST = 8, 128
DIGITS_SHORTEST = 10  # a date of birth has eight
COMMON = frozenset(
    (
        "password", "passw0rd", "password1", "iloveyou", "qwertyui", "qwerty123", "qwertyuiop",
        "1qaz2wsx", "1q2w3e4r", "q1w2e3r4", "a1234567", "a12345678", "a123456789", "abc12345",
        "abcd1234", "aa123456", "aa12345678", "asdf1234", "woaini123", "woaini520", "woaini1314",
        "5201314520", "1314520520", "admin123", "admin1234", "0123456789", "weixinyuan",
        "microwish",
    )
)  # fmt: skip


def ensure_strong(password: str, *, about: Iterable[str | None] = ()) -> None:
    """Raise PasswordTooShort or PasswordTooEasy; `about` are words others know of the person."""
    if not PASSWORD_SHORTEST <= len(password) <= PASSWORD_LONGEST:
        raise PasswordTooShort
    plain = unicodedata.normalize("NFKC", password).casefold()
    known = [word.casefold() for word in about if word]
    telling = any(plain in word or (len(word) >= 6 and word in plain) for word in known)
    dull = len(set(plain)) <= 3 or _is_run(plain) or plain in COMMON
    if telling or dull or (plain.isdigit() and len(plain) < DIGITS_SHORTEST):
        raise PasswordTooEasy


def _is_run(plain: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in itertools.pairwise(plain)}
    return len(steps) == 1 or plain in "01234567890123456789"
