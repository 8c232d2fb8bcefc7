"""Private details at rest: names, phones and doors are sealed before they reach the database.

AES-256-GCM. A sealed value is: one byte of version, four of key id, twelve of nonce, then the
ciphertext with its tag. The purpose ("wish_private.phone") is associated data, so a value moved
into another column does not open. Setting PRIVATE_KEY holds 32 bytes in base64; after a
rotation PRIVATE_KEYS_OLD holds the former ones, separated by commas.
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app
from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.types import TypeDecorator

VERSION = b"\x01"
KEY_BYTES, ID_BYTES, NONCE_BYTES = 32, 4, 12


class PrivateKeyMissing(RuntimeError):
    """PRIVATE_KEY is absent, or is not 32 bytes in base64: for the operator."""


class SealBroken(RuntimeError):
    """A sealed value was altered, moved to another column, or its key is not among ours."""


@dataclass(frozen=True)
class _Key:
    id: bytes
    cipher: AESGCM
    door_secret: bytes
    phone_secret: bytes


def new_private_key() -> str:
    """A fresh value for PRIVATE_KEY."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()


def _derived(secret: bytes, use: str) -> bytes:
    return hmac.new(secret, f"micro-wish {use}".encode(), hashlib.sha256).digest()


def _key(encoded: str) -> _Key:
    try:
        secret = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        secret = b""
    if len(secret) != KEY_BYTES:
        raise PrivateKeyMissing("PRIVATE_KEY must be 32 bytes in base64; see README, settings")
    marks = _derived(secret, "door"), _derived(secret, "phone")
    return _Key(_derived(secret, "key id")[:ID_BYTES], AESGCM(secret), *marks)


@lru_cache(maxsize=8)
def _keyring(current: str, old: str) -> tuple[_Key, ...]:
    return (_key(current), *(_key(each.strip()) for each in old.split(",") if each.strip()))


def keys() -> tuple[_Key, ...]:
    """The keys of the settings, the current one first. Raises PrivateKeyMissing."""
    config = current_app.config
    return _keyring(config.get("PRIVATE_KEY") or "", config.get("PRIVATE_KEYS_OLD") or "")


def seal(text: str, *, purpose: str) -> bytes:
    """Seal a text with the current key; the same text never looks the same twice."""
    key, nonce = keys()[0], os.urandom(NONCE_BYTES)
    return VERSION + key.id + nonce + key.cipher.encrypt(nonce, text.encode(), purpose.encode())


def unseal(sealed: bytes, *, purpose: str) -> str:
    """Open what `seal` closed for the same purpose. Raises SealBroken."""
    body = memoryview(sealed)
    key_id, rest = bytes(body[1 : 1 + ID_BYTES]), body[1 + ID_BYTES :]
    key = next((each for each in keys() if each.id == key_id), None)
    if bytes(body[:1]) != VERSION or key is None:
        raise SealBroken(f"{purpose}: sealed with a key that is not in the settings")
    try:
        opened = key.cipher.decrypt(
            bytes(rest[:NONCE_BYTES]), bytes(rest[NONCE_BYTES:]), purpose.encode()
        )
    except (InvalidTag, ValueError) as error:
        raise SealBroken(f"{purpose}: altered, or moved here from elsewhere") from error
    return opened.decode()


def is_sealed_with_current_key(sealed: bytes) -> bool:
    """False for a value that a rotation of keys still has to seal again."""
    return sealed[1 : 1 + ID_BYTES] == keys()[0].id


class SealedText(TypeDecorator[str]):
    """A column of text that the database only ever sees sealed; purpose is "table.column"."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Seal on the way in."""
        return None if value is None else seal(value, purpose=self.purpose)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """Open on the way out. Raises SealBroken."""
        return None if value is None else unseal(bytes(value), purpose=self.purpose)


_NUMERAL = "零〇一二三四五六七八九十百两"
_UNITS = "号楼|号院|号门|楼|幢|栋|座|单元|门|层|室|户|号"
_CHINESE_NUMBER = re.compile(f"[{_NUMERAL}]+(?=(?:{_UNITS}))")
_STEPS = (
    (re.compile(r"[\s#,,。.、]+"), ""),
    (re.compile(r"[‐‑‒–—―−~/]+"), "-"),
    (re.compile(r"\d+层"), ""),
    (re.compile(r"(?<=[0-9a-z])(?:号楼|号门|楼|幢|栋|座|单元|门)"), "-"),
    (re.compile(r"(?<=[0-9a-z])[室户号]$"), ""),
    (re.compile(r"(?<!\d)0+(?=\d)"), ""),
    (re.compile(r"-+"), "-"),
)


def _number(numeral: str) -> str:
    """'十二' as '12', '一〇一' as '101'."""
    digits = {char: value for value, char in enumerate("零一二三四五六七八九")}
    digits |= {"〇": 0, "两": 2}
    if not set(numeral) & set("十百"):
        return "".join(str(digits[char]) for char in numeral)
    total, pending = 0, 0
    for char in numeral:
        if char in "十百":
            total, pending = total + (pending or 1) * (10 if char == "十" else 100), 0
        else:
            pending = digits[char]
    return str(total + pending)


def normal_address(address: str) -> str:
    """One spelling for one door: '3号楼2单元501室', '３幢 2单元501' and '3-2-501' are the same."""
    plain = unicodedata.normalize("NFKC", address).casefold()
    plain = _CHINESE_NUMBER.sub(lambda found: _number(found[0]), plain)
    for pattern, replacement in _STEPS:
        plain = pattern.sub(replacement, plain)
    return plain.strip("-")


def door_marks(address: str) -> list[bytes]:
    """The marks of a door under every key of the settings, the current one first: to look up."""
    plain = normal_address(address).encode()
    return [hmac.new(key.door_secret, plain, hashlib.sha256).digest() for key in keys()]


def door_mark(address: str) -> bytes:
    """32 bytes that are equal for equal doors and say nothing about them: to store."""
    return door_marks(address)[0]


def phone_marks(phone: str) -> list[bytes]:
    """The marks of a stored number (E.164) under every key, the current one first: to look up."""
    return [hmac.new(key.phone_secret, phone.encode(), hashlib.sha256).digest() for key in keys()]


def names_a_place(address: str) -> bool:
    """Whether a door says its road or compound too, so that it means one door everywhere."""
    return bool(re.search(r"[^0-9a-z\-]", normal_address(address)))


def word_marks(words: str) -> list[bytes]:
    """Marks of any words that must be found again but never read, under every key: as doors."""
    return [
        hmac.new(key.door_secret, b"words " + words.encode(), hashlib.sha256).digest()
        for key in keys()
    ]
