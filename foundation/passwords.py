"""Passwords: argon2id, and the same work for accounts that do not exist.

Settings PASSWORD_MEMORY_KIB and PASSWORD_ROUNDS; a stored hash made with other settings still
opens and is then made anew.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app


@lru_cache(maxsize=4)
def _hasher(memory_kib: int, rounds: int) -> PasswordHasher:
    return PasswordHasher(time_cost=rounds, memory_cost=memory_kib, parallelism=1)


@lru_cache(maxsize=4)
def _nobody(hasher: PasswordHasher) -> str:
    return hasher.hash("nobody has this password")


def _ours() -> PasswordHasher:
    config = current_app.config
    return _hasher(config["PASSWORD_MEMORY_KIB"], config["PASSWORD_ROUNDS"])


def _plain(password: str) -> bytes:
    # What an input method wrote full-width is the same password.
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def hash_password(password: str) -> str:
    """The hash to store; takes some 30 ms on purpose, so never inside a transaction."""
    return _ours().hash(_plain(password))


def is_password(stored: str | None, password: str) -> bool:
    """Whether it opens the account. None (no such account) costs one verification as well."""
    hasher = _ours()
    nobody = _nobody(hasher)
    try:
        hasher.verify(stored or nobody, _plain(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def needs_new_hash(stored: str) -> bool:
    """Whether the settings changed since this hash was made."""
    return _ours().check_needs_rehash(stored)
