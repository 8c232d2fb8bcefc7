"""What residents ask for, by every channel, and what the communities reply."""

from __future__ import annotations

import csv
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.demo.neighbourhood import Community
from app.demo.pictures import draw
from app.demo.serving import Story
from foundation.db import db
from wishes.models import Ask
from wishes.rules.asking import AskWords, PrivateWords
from wishes.rules.kinds import Category, Channel
from wishes.services.asking import enter_ask, submit_ask
from wishes.services.photos import keep_photos
from wishes.services.replying import accept_ask, answer_ask, pass_on_ask, return_ask

if TYPE_CHECKING:
    from app.demo.month import Month


ASKS = Path(__file__).with_name("asks.csv")


@dataclass(frozen=True)
class AskLine:
    """One ask: when (days before today), how it came, what is said, and what becomes of it."""

    days: int
    community: int
    channel: Channel
    category: Category
    title: str
    text: str
    outcome: str = "submitted"
    reply: str = ""
    motif: str = ""
    is_public: bool = False
    home: bool = False
    row: int = 0  # of the completion that serves it


def read_asks() -> list[AskLine]:
    """Every line of asks.csv."""
    with ASKS.open(encoding="utf-8", newline="") as file:
        return [_ask_line(line) for line in csv.DictReader(file)]


def _ask_line(line: dict[str, str]) -> AskLine:
    return AskLine(
        days=int(line["days"]), community=int(line["community"]),
        channel=Channel(line["channel"]), category=Category(line["category"]),
        title=line["title"], text=line["text"], outcome=line["outcome"], reply=line["reply"],
        motif=line["motif"], is_public=bool(line["public"]), home=bool(line["home"]),
        row=int(line["row"] or 0),
    )  # fmt: skip


def tell_asks(month: Month) -> None:
    """Put every ask on the timeline."""
    for at, line in enumerate(read_asks()):
        _Asking(month, line, month.town.communities[line.community], at).tell()


class _Asking:
    """One ask on its way."""

    def __init__(self, month: Month, line: AskLine, community: Community, at: int) -> None:
        self.month, self.line, self.community = month, line, community
        self.asked_at = month.days.at(-line.days, 8 + at % 9, 7 * at % 60)
        self.ask_id = 0

    def tell(self) -> None:
        """It comes in; somebody replies within two days, or nobody does."""
        add = self.month.timeline.add
        add(self.asked_at, self.ask)
        if self.line.outcome != "submitted":
            add(self.asked_at + timedelta(hours=5), self.reply)

    def ask(self) -> None:
        """The resident asks online, or staff write it down."""
        line, community = self.line, self.community
        words = AskWords(
            title=line.title, category=line.category, text=line.text, is_public=line.is_public
        )
        private = PrivateWords()
        if line.channel is not Channel.ONLINE:
            door = "5号楼2单元301" if line.home else ""
            private = PrivateWords("郑奶奶", f"138{99990000 + line.days:08d}", door)
        with ExitStack() as stack:
            shown = (
                [draw(line.motif, done=False, rng=self.month.rng)]
                if line.motif and self.month.has_pictures
                else []
            )
            photos = stack.enter_context(keep_photos(shown))
            if line.channel is Channel.ONLINE:
                code = submit_ask(community.id, words=words, private=private, photos=photos)
                found = db.select(Ask.id).where(Ask.code == code)
                self.ask_id = db.session.scalars(found).one()
                return
            own = line.channel is Channel.VISIT and community.grid_worker_ids
            actor = community.grid_worker_ids[0] if own else community.reporter()
            area = community.grids[0][0] if own else community.id
            self.ask_id = enter_ask(
                area, actor_id=actor, channel=line.channel, words=words, private=private,
                photos=photos,
            )  # fmt: skip

    def reply(self) -> None:
        """The community decides."""
        line, worker = self.line, self.community.reporter()
        if line.outcome == "answered":
            answer_ask(self.ask_id, actor_id=worker, reply=line.reply)
        elif line.outcome == "returned":
            return_ask(self.ask_id, actor_id=worker, reason=line.reply)
        elif line.outcome == "passed_on":
            pass_on_ask(
                self.ask_id, actor_id=worker, to=line.reply, reason="归市政管，已经转过去。"
            )
        else:
            wish_id = accept_ask(self.ask_id, actor_id=worker)
            if line.outcome == "served":
                self._serve(wish_id)

    def _serve(self, wish_id: int) -> None:
        completion = self.month.by_row[self.line.row]
        Story(
            self.month, self.community, completion, outcome="verified", wish_id=wish_id,
            category=self.line.category, published_at=self.asked_at + timedelta(hours=8),
            starts_at=self.month.days.at(-self.line.days + 4, 14, 30),
        ).tell()  # fmt: skip
