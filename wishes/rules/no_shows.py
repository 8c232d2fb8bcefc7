"""What a missed service means: little, visible to the person, and not for ever."""

from __future__ import annotations

import enum
from datetime import datetime, timedelta

from foundation.refusal import N_


class NoShowState(enum.StrEnum):
    """What became of a noted no-show."""

    COUNTS = "counts"
    EXCUSED = "excused"  # there was a reason
    LET_PASS = "let_pass"  # noqa: S105 - it stays, but a worker said: go on claiming
    UNDONE = "undone"  # the person had been there after all


NO_SHOW_LABELS = {
    NoShowState.COUNTS: N_("没来"),
    NoShowState.EXCUSED: N_("有原因，不算"),
    NoShowState.LET_PASS: N_("没来，不影响认领"),
    NoShowState.UNDONE: N_("记错了，已更正"),
}


def counts_from(at: datetime, *, days: int) -> datetime:
    """Since when no-shows still count; older ones have faded."""
    return at - timedelta(days=days)


def is_faded(happened_at: datetime, *, at: datetime, days: int) -> bool:
    """Whether so much time has passed that nobody minds any more."""
    return happened_at < counts_from(at, days=days)


def needs_a_nod(counted: int, *, limit: int) -> bool:
    """Whether a worker has to say yes before the next claim; a limit of 0 switches it off."""
    return 0 < limit <= counted
