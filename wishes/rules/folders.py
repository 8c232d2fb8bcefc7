"""迎检包: which days a folder may hold, what its files are called, what stays hidden."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from datetime import date

from foundation.refusal import N_
from wishes.refusals.folders import (
    NothingThen,
    PeriodBackwards,
    PeriodInFuture,
    PeriodTooLong,
)
from wishes.rules.wording import hide_door

FIRST_YEAR = 2000  # before it nothing was registered
MOST_DAYS = 366
MOST_ATTEMPTS = 3
LONGEST_NAME = 60  # characters of a file's name: a path on a desktop has room for about 200
STARS = "**"


class FolderState(enum.StrEnum):
    """Where a folder stands."""

    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


FOLDER_STATE_LABELS = {
    FolderState.WAITING: N_("排队中"),
    FolderState.RUNNING: N_("正在做"),
    FolderState.READY: N_("做好了"),
    FolderState.FAILED: N_("没做成"),
    FolderState.EXPIRED: N_("已过期删除"),
}
IN_THE_MAKING = frozenset({FolderState.WAITING, FolderState.RUNNING})


def ensure_period(first: date, last: date, *, today: date) -> None:
    """Both days belong to the period.

    Raises PeriodBackwards, PeriodInFuture, PeriodTooLong, NothingThen.
    """
    if last < first:
        raise PeriodBackwards
    if last > today:
        raise PeriodInFuture
    if (last - first).days >= MOST_DAYS:
        raise PeriodTooLong
    if last.year < FIRST_YEAR:
        raise NothingThen


_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def safe_name(words: str, *, longest: int = LONGEST_NAME) -> str:
    """A file's name that Windows, WPS and a zip agree on, Chinese kept; never empty."""
    plain = re.sub(r"\s+", " ", _UNSAFE.sub(" ", words)).strip(" .")
    plain = plain[:longest].rstrip(" .")
    return f"_{plain}" if not plain or _RESERVED.match(plain) else plain


def mask_name(name: str) -> str:
    """'王小明' as '王**', 'Ann Lee' as 'A**': how long a name is stays hidden too."""
    plain = name.strip()
    return plain[:1] + STARS if plain else ""


# 11 digits of a mobile phone, also parted; 7 or 8 of a landline after its area code; 18 of a card.
_NUMBERS = re.compile(
    r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)|(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)|"
    r"(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?!\d)"
)


class Mask:
    """Hides these people in names and in free words; without names to hide it changes nothing."""

    def __init__(self, names: Iterable[str] = (), *, on: bool) -> None:
        self.on = on
        self._names = {name: mask_name(name) for name in names if name.strip()}
        longest = sorted(self._names, key=len, reverse=True)
        told = [re.escape(name) for name in longest if len(name) > 1]
        self._told = re.compile("|".join(told)) if told else None

    def name(self, name: str | None) -> str:
        """A person's name."""
        return mask_name(name or "") if self.on else name or ""

    def maker(self, label: str) -> str:
        """A unit's or a person's name: a unit's stays."""
        return self._names.get(label, label) if self.on else label

    def words(self, text: str | None) -> str:
        """What somebody wrote: known names, phones, identity numbers and doors are hidden."""
        if not self.on or not text:
            return text or ""
        hidden = hide_door(_NUMBERS.sub(lambda found: found[0][:3] + "****", text), STARS)
        if self._told is None:
            return hidden
        return self._told.sub(lambda found: self._names[found[0]], hidden)
