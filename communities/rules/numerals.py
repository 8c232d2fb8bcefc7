"""Numbers as people write them in a register: full-width, in characters, with words around."""

from __future__ import annotations

import re
import unicodedata

DIGITS = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
CHARACTERS = "〇零一二两三四五六七八九十百"


def plain(text: str) -> str:
    """The text with half-width digits and signs, without space at its ends."""
    return unicodedata.normalize("NFKC", text).strip()


def read_numeral(signs: str) -> int | None:
    """The value of a number in characters below 1,000 (十二 → 12, 二〇二六 → 2026)."""
    if not set(signs) & set("十百"):
        return int("".join(str(DIGITS[sign]) for sign in signs))
    total, digit = 0, None
    for sign in signs:
        if sign in DIGITS:
            digit = DIGITS[sign]
        else:
            total += (1 if digit is None else digit) * (100 if sign == "百" else 10)
            digit = None
    return total + (digit or 0)


def with_digits(text: str, *, before: str) -> str:
    """The text with characters turned into digits where one of these units follows."""
    pattern = re.compile(f"[{CHARACTERS}]+(?=\\s*(?:{before}))")
    return pattern.sub(lambda found: str(read_numeral(found[0])), text)
