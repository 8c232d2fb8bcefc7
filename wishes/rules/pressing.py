"""督办: signed by a leader, acknowledged with a plan, ended with a notice to all (通报)."""

from __future__ import annotations

import enum
from collections.abc import Mapping

from foundation.refusal import N_
from wishes.refusals.referrals import PressCannotMove
from wishes.rules.life import Light


class PressState(enum.StrEnum):
    """Where a press stands."""

    PRESSED = "pressed"
    ACKNOWLEDGED = "acknowledged"
    ENDED = "ended"


class PressMove(enum.StrEnum):
    """What may happen to a press."""

    ACKNOWLEDGE = "acknowledge"
    END = "end"


PRESS_MOVES: Mapping[tuple[PressState, PressMove], PressState] = {
    (PressState.PRESSED, PressMove.ACKNOWLEDGE): PressState.ACKNOWLEDGED,
    (PressState.ACKNOWLEDGED, PressMove.END): PressState.ENDED,
}
PRESS_LABELS = {
    PressState.PRESSED: N_("待签收"),
    PressState.ACKNOWLEDGED: N_("已签收"),
    PressState.ENDED: N_("已通报"),
}
PRESS_LIGHTS = {
    PressState.PRESSED: Light.RED,
    PressState.ACKNOWLEDGED: Light.YELLOW,
    PressState.ENDED: Light.GREEN,
}


def move_press(state: PressState, what: PressMove) -> PressState:
    """The state of a press after a move. Raises PressCannotMove."""
    try:
        return PRESS_MOVES[state, what]
    except KeyError:
        raise PressCannotMove(state=PRESS_LABELS[state]) from None
