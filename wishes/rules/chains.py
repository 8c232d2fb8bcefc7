"""接龙: the numbered list by which a chat group signs up, read line by line."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

MOST_LINES = 500
MOST_FRIENDS = 20
LONGEST_NAME = 20

_NUMBER = re.compile(r"^\s*[(【\[]?\s*(\d{1,3})\s*(?:[.、,:)】\]．。-]|\s)\s*(?=\D)")
_PHONE = re.compile(r"(?<!\d)(?:\+?86[\s-]?)?(1[3-9]\d[\s-]?\d{4}[\s-]?\d{4})(?!\d)")
_FRIENDS = re.compile(r"\+\s*(\d{1,2})(?!\d)|(?:带|加|外加|另)\s*(\d{1,2})\s*(?:个?人|位)?")
_ASIDE = re.compile(r"\([^)]*\)|【[^】]*】|\[[^\]]*\]")
_NAME = re.compile(r"[^\W\d_]+(?:[·.• ][^\W\d_]+){0,4}")
_FOREIGN = re.compile(r"[A-Za-zÀ-ɏ]{2,}(?:[ '-][A-Za-zÀ-ɏ]+)*")
_POLITE = re.compile(r"^(?:报名|接龙|姓名[::]?)|(?:报名|参加|我来|我去|能来|准时到|收到|确认)$")


@dataclass(frozen=True)
class ChainLine:
    """One line as it was pasted, and who it seems to name; no name: not understood."""

    line: int
    raw: str
    name: str = ""
    phone: str | None = None
    friends: int = 0

    @property
    def places(self) -> int:
        """The person and whoever they bring."""
        return 1 + self.friends


def read_chain(text: str) -> list[ChainLine]:
    """The people of a pasted 接龙, in its order; what stands before the first number is its title.

    Without any number each line is taken as a person. A line that names nobody is kept, so that
    nothing disappears. At most MOST_LINES lines are read.
    """
    lines = [(number, raw.strip()) for number, raw in enumerate(text.splitlines(), start=1)]
    lines = [(number, raw) for number, raw in lines if raw][: MOST_LINES + 1]
    numbered = [bool(_NUMBER.match(_plain(raw))) for _number, raw in lines]
    if not any(numbered):
        return [_read(number, raw) for number, raw in lines]
    first = numbered.index(True)
    return [
        _read(number, raw) if is_entry else ChainLine(number, raw)
        for (number, raw), is_entry in zip(lines[first:], numbered[first:], strict=True)
    ]


def is_too_long(text: str) -> bool:
    """Whether a list has more lines than are read in one go."""
    return sum(1 for raw in text.splitlines() if raw.strip()) > MOST_LINES


def list_doubles(lines: Iterable[ChainLine]) -> set[str]:
    """Names that stand more than once: perhaps one person twice, perhaps two people."""
    counted = Counter(line.name for line in lines if line.name)
    return {name for name, times in counted.items() if times > 1}


def _plain(raw: str) -> str:
    """Full-width signs made narrow, pictures left out; rare characters stay as they are."""
    text = unicodedata.normalize("NFKC", raw)
    kept = (
        sign for sign in text
        if unicodedata.category(sign) not in ("So", "Sk", "Cf", "Cs", "Co", "Mn", "Me")
    )  # fmt: skip
    return "".join(kept)


def _read(number: int, raw: str) -> ChainLine:
    rest = _NUMBER.sub("", _plain(raw), count=1)
    phone = _PHONE.search(rest)
    if phone:
        rest = rest.replace(phone[0], " ")
    rest = _ASIDE.sub(" ", rest)
    friends = _FRIENDS.search(rest)
    more = int(friends[1] or friends[2]) if friends else 0
    if friends:
        rest = rest[: friends.start()] + " " + rest[friends.end() :]
    name = _name_in(rest)
    if not name or more > MOST_FRIENDS:
        return ChainLine(number, raw)
    digits = "+86" + re.sub(r"[\s-]", "", phone[1]) if phone else None
    return ChainLine(number, raw, name, digits, more)


def _name_in(rest: str) -> str:
    """The first words that may be a name; a whole sentence names nobody."""
    foreign = _FOREIGN.match(rest.strip())
    if foreign:
        return foreign[0] if len(foreign[0]) <= LONGEST_NAME else ""
    for word in re.split(r"[\s,，。;；、:：/|!！?？~—-]+", rest.strip()):
        bare = _POLITE.sub("", word.strip(".·"))
        if not bare:
            continue
        is_name = _NAME.fullmatch(bare) and len(bare) > 1
        return bare if is_name and len(bare) <= _most(bare) else ""
    return ""


def _most(name: str) -> int:
    """Chinese names are short; others may be long."""
    return 4 if name.isalpha() and ord(name[0]) > 0x2E80 else LONGEST_NAME
