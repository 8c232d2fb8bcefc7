"""Codes that people read, say and key in: how to follow an ask, and the slip's one-time codes."""

from __future__ import annotations

import secrets
import unicodedata

# No 0 O, 1 I L, 2 Z, 5 S, 8 B: told over the phone they sound or look alike.
ASK_LETTERS = "34679ACDEFGHJKMNPQRTUVWXY"
ASK_LENGTH = 8
SLIP_DIGITS = 6


def new_ask_code() -> str:
    """A fresh follow code: 8 letters of 25, which nobody guesses (1.5 × 10¹¹)."""
    return "".join(secrets.choice(ASK_LETTERS) for _place in range(ASK_LENGTH))


def show_ask_code(code: str) -> str:
    """The code in two groups, as people read it: 'ACDE 3467'."""
    return f"{code[:4]} {code[4:]}"


def read_ask_code(text: str) -> str:
    """What somebody typed, as stored: full width, small letters, spaces and dashes are forgiven."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(letter for letter in plain if letter.isalnum())[: ASK_LENGTH + 4]


def new_slip_codes() -> tuple[str, str]:
    """Two different one-time codes, 到达 and 离开, six digits each."""
    arrive = _digits()
    leave = _digits()
    while leave == arrive:
        leave = _digits()
    return arrive, leave


def _digits() -> str:
    return f"{secrets.randbelow(10**SLIP_DIGITS):0{SLIP_DIGITS}d}"
