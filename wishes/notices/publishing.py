"""What people are told when a wish is cancelled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from foundation.outbox import tell
from foundation.refusal import N_


def tell_cancelled(
    user_ids: Iterable[int], *, wish_id: int, title: str, starts_at: datetime | None, why: str
) -> None:
    """Whoever planned to come stays at home."""
    tell(
        user_ids,
        kind="cancelled",
        subject=N_("取消了：%(title)s"),
        text=N_("“%(title)s”（%(when)s）取消了，不用来了。原因：%(why)s"),
        path=f"/wishes/{wish_id}",
        params={"title": title, "when": starts_at or "—", "why": why},
    )
