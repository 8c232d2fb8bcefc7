"""The life of a series: an ordinary one, a duty rota, a long-term wish with an agreed plan."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from foundation.refusal import N_
from wishes.refusals.series import SeriesCannotMove


class SeriesKind(enum.StrEnum):
    """系列, 轮值, 长期陪伴."""

    SERIES = "series"
    ROTA = "rota"
    PLAN = "plan"


class SeriesState(enum.StrEnum):
    """Where a series stands; only a long-term wish knows the first three."""

    WANTED = "wanted"
    CLAIMED = "claimed"
    PROPOSED = "proposed"
    RUNNING = "running"
    ENDED = "ended"


class SeriesMove(enum.StrEnum):
    """What may happen to a series."""

    CLAIM = "claim"
    STEP_BACK = "step_back"
    PROPOSE = "propose"
    OTHER_TIME = "other_time"
    AGREE = "agree"
    CHANGE = "change"
    END = "end"


class DayState(enum.StrEnum):
    """One date of a series: planned, made (a wish), or called off."""

    PLANNED = "planned"
    MADE = "made"
    OFF = "off"


S, M = SeriesState, SeriesMove
SERIES_MOVES: Mapping[tuple[SeriesState, SeriesMove], SeriesState] = {
    (S.WANTED, M.CLAIM): S.CLAIMED,
    (S.WANTED, M.END): S.ENDED,
    (S.CLAIMED, M.STEP_BACK): S.WANTED,
    (S.CLAIMED, M.PROPOSE): S.PROPOSED,
    (S.CLAIMED, M.END): S.ENDED,
    (S.PROPOSED, M.PROPOSE): S.PROPOSED,
    (S.PROPOSED, M.OTHER_TIME): S.CLAIMED,
    (S.PROPOSED, M.STEP_BACK): S.WANTED,
    (S.PROPOSED, M.AGREE): S.RUNNING,
    (S.PROPOSED, M.END): S.ENDED,
    (S.RUNNING, M.CHANGE): S.RUNNING,
    (S.RUNNING, M.END): S.ENDED,
}
del S, M

SERIES_KIND_LABELS = {
    SeriesKind.SERIES: N_("系列"),
    SeriesKind.ROTA: N_("轮值"),
    SeriesKind.PLAN: N_("长期陪伴"),
}
SERIES_STATE_LABELS = {
    SeriesState.WANTED: N_("等人认领"),
    SeriesState.CLAIMED: N_("有人认领，待约时间"),
    SeriesState.PROPOSED: N_("等志愿者点头"),
    SeriesState.RUNNING: N_("进行中"),
    SeriesState.ENDED: N_("已结束"),
}


def move_series(state: SeriesState, what: SeriesMove) -> SeriesState:
    """The state after a move. Raises SeriesCannotMove."""
    try:
        return SERIES_MOVES[state, what]
    except KeyError:
        raise SeriesCannotMove(state=SERIES_STATE_LABELS[state]) from None
