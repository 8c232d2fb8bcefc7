"""How a worker completed the real rows, and wishes of our own beside them.

The rows come in through the importer with their own words; completions.csv holds only what was
added: the public wording, place, length, people and tools. Real places stay in the original
words. A line without a row number is a wish of our own.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from wishes.rules.kinds import Category, Provision, Venue, WishKind
from wishes.rules.publishing import ToolWords, WishWords

HERE = Path(__file__).parent
REAL = HERE / "real_wishes.csv"
COMPLETIONS = HERE / "completions.csv"
BROUGHT = {"备": Provision.COMMUNITY, "带": Provision.BRING, "借": Provision.BORROW}
DELIVER_TO = "社区服务站"


@dataclass(frozen=True)
class Completion:
    """One wish as a worker published it; `words` is the report of a service, the text of a thing.

    `tools` reads '梯子:备 螺丝刀:带'; `count` is people or pieces.
    """

    row: int | None
    kind: WishKind
    category: Category | None
    title: str
    venue: Venue
    place: str
    minutes: int
    count: int
    tools: str
    motif: str
    words: str

    @property
    def is_item(self) -> bool:
        """Whether a thing is wished, not a service."""
        return self.kind is WishKind.ITEM

    def tool_words(self) -> tuple[ToolWords, ...]:
        """The tool lines."""
        pairs = (pair.split(":") for pair in self.tools.split())
        return tuple(ToolWords(name, 1, BROUGHT[who]) for name, who in pairs)

    def as_words(
        self, *, starts_at: datetime, category: Category, grid_id: int | None, contact_id: int
    ) -> WishWords:
        """The wish to publish; a thing is needed by `starts_at`."""
        ends_at = starts_at if self.is_item else starts_at + timedelta(minutes=self.minutes)
        return WishWords(
            kind=self.kind, category=self.category or category, title=self.title,
            text=self.words if self.is_item else "", venue=self.venue, grid_id=grid_id,
            public_place=self.place, starts_at=starts_at, ends_at=ends_at, headcount=self.count,
            tools=self.tool_words(), tools_answered=True, contact_id=contact_id,
        )  # fmt: skip


def read_completions() -> list[Completion]:
    """Every line of completions.csv."""
    with COMPLETIONS.open(encoding="utf-8", newline="") as file:
        return [_completion(line) for line in csv.DictReader(file)]


def _completion(line: dict[str, str]) -> Completion:
    kind = WishKind(line["kind"])
    return Completion(
        row=int(line["row"]) if line["row"] else None,
        kind=kind,
        category=Category(line["category"]) if line["category"] else None,
        title=line["title"],
        venue=Venue(line["venue"] or Venue.CENTRE),
        place=line["place"] or DELIVER_TO,
        minutes=int(line["minutes"] or 0),
        count=int(line["count"]),
        tools=line["tools"],
        motif=line["motif"],
        words=line["words"],
    )
