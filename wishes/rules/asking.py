"""An ask in plain values: what somebody wants, and what only the community may see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from wishes.rules.kinds import Category

TITLE_LENGTH = 60
TEXT_LENGTH = 1000
WORDS_LENGTH = 120
WINDOW = timedelta(hours=1)
MOST_PER_VISITOR = 5  # asks in one window by one browser without an account
MOST_PER_ADDRESS = 40  # by one network address: a whole street may share one


@dataclass(frozen=True)
class AskWords:
    """What the neighbours may read when the ask is public; where and when only staff read."""

    title: str
    category: Category = Category.OTHER
    text: str = ""
    where: str = ""
    when: str = ""
    is_public: bool = False


@dataclass(frozen=True)
class PrivateWords:
    """Whose door, which phone; empty means not told. The phone is stored as E.164."""

    name: str = ""
    phone: str = ""
    door: str = ""
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing was told."""
        return not (self.name or self.phone or self.door or self.note)
