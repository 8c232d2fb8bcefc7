"""What people of a 接龙 are told."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.outbox import tell
from foundation.refusal import N_
from wishes.queries.places import ClaimFacts


def tell_entered(wish: ClaimFacts, user_ids: Iterable[int]) -> None:
    """The community entered the person from the list in the chat group."""
    tell(
        user_ids,
        kind="entered",
        subject=N_("接龙登记好了：%(title)s"),
        text=N_(
            "社区照群里的接龙，替您认领了“%(title)s”，时间 %(when)s。不是您或来不了，请点开退出。"
        ),
        path=f"/wishes/{wish.id}",
        params={"title": wish.title, "when": wish.starts_at},
    )
