"""What people are told when somebody cannot come, a place is released, or a wish runs out."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.outbox import tell
from foundation.refusal import N_
from wishes.queries.places import ClaimFacts


def tell_cannot_come(wish: ClaimFacts, user_ids: Iterable[int], *, name: str, why: str) -> None:
    """The community, and whoever holds the place, know who is missing."""
    tell(
        user_ids,
        kind="cannot_come",
        subject=N_("%(name)s 来不了：%(title)s"),
        text=N_("%(name)s 来不了“%(title)s”，时间 %(when)s。原因：%(why)s"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "when": wish.starts_at, "name": name, "why": why or "—"},
    )


def tell_released(wish: ClaimFacts, user_ids: Iterable[int], *, places: int) -> None:
    """The unit's places without a name went back to everybody."""
    tell(
        user_ids,
        kind="released",
        subject=N_("名额已释放：%(title)s"),
        text=N_(
            "“%(title)s”（%(when)s）有 %(places)s 个名额一直没写名字，已经释放给别人。"
            "写了名字的不受影响。"
        ),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "when": wish.starts_at, "places": places},
    )


def tell_expired(wish: ClaimFacts, user_ids: Iterable[int]) -> None:
    """Nobody took the wish before its time was over."""
    tell(
        user_ids,
        kind="expired",
        subject=N_("没有人认领：%(title)s"),
        text=N_("“%(title)s”的时间 %(when)s 已过，没有人认领。可以改个时间再发布一次。"),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "when": wish.starts_at},
    )
