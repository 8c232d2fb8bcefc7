"""明天还来吗: the question of the day before, and what people are told when nobody answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from foundation.outbox import tell
from foundation.refusal import N_
from wishes.queries.places import ClaimFacts


def tell_asked(wish: ClaimFacts, user_id: int, *, until: datetime) -> None:
    """One tap says it; until when."""
    tell(
        [user_id],
        kind="reconfirm",
        subject=N_("明天还来吗：%(title)s"),
        text=N_(
            "您认领的“%(title)s”在 %(when)s。请在 %(until)s 前点“我会来”或“来不了”；"
            "到时间没有回话，名额会让给别人。"
        ),
        path=f"/wishes/{wish.id}#mine",
        params={"title": wish.title, "when": wish.starts_at, "until": until},
    )


def tell_released_unanswered(wish: ClaimFacts, user_id: int) -> None:
    """The person's place is gone."""
    tell(
        [user_id],
        kind="not_reconfirmed",
        subject=N_("名额让给别人了：%(title)s"),
        text=N_("“%(title)s”（%(when)s）到时间没有等到您的确认，名额已经让给别人，不用来了。"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "when": wish.starts_at},
    )


def tell_unanswered(wish: ClaimFacts, user_ids: Iterable[int], *, name: str) -> None:
    """The community, and whoever holds the place, know who is missing."""
    tell(
        user_ids,
        kind="not_reconfirmed",
        subject=N_("%(name)s 没有确认：%(title)s"),
        text=N_("%(name)s 没有确认会来“%(title)s”（%(when)s），名字已经撤下。"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "when": wish.starts_at, "name": name},
    )
