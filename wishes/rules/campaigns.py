"""心愿专场: its states and moves, what its words must say, and who of the 兜底单位 is next."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.refusal import N_
from wishes.refusals.campaigns import (
    CampaignCannotMove,
    CampaignDays,
    CampaignOver,
)

TITLE_LENGTH = 40
PLACE_LENGTH = 80
TEXT_LENGTH = 1000
REASON_LENGTH = 200
LONGEST = timedelta(days=366)
MOST_AT_ONCE = 500


class CampaignState(enum.StrEnum):
    """Where a campaign stands; over is whatever is open and past its last day."""

    PROPOSED = "proposed"
    RETURNED = "returned"
    OPEN = "open"


class CampaignMove(enum.StrEnum):
    """What may happen to a campaign."""

    APPROVE = "approve"
    RETURN = "return"
    PROPOSE_AGAIN = "propose_again"


S, M = CampaignState, CampaignMove
CAMPAIGN_MOVES: Mapping[tuple[CampaignState, CampaignMove], CampaignState] = {
    (S.PROPOSED, M.APPROVE): S.OPEN,
    (S.PROPOSED, M.RETURN): S.RETURNED,
    (S.PROPOSED, M.PROPOSE_AGAIN): S.PROPOSED,
    (S.RETURNED, M.PROPOSE_AGAIN): S.PROPOSED,
}
del S, M

CAMPAIGN_LABELS = {
    CampaignState.PROPOSED: N_("等街道同意"),
    CampaignState.RETURNED: N_("街道退回"),
    CampaignState.OPEN: N_("已同意"),
}


def move_campaign(state: CampaignState, what: CampaignMove) -> CampaignState:
    """The state after a move. Raises CampaignCannotMove for one that is not in the table."""
    try:
        return CAMPAIGN_MOVES[state, what]
    except KeyError:
        raise CampaignCannotMove(state=CAMPAIGN_LABELS[state]) from None


@dataclass(frozen=True)
class CampaignWords:
    """A campaign as somebody wrote it; times are UTC, the price cap whole yuan.

    An empty place means that each community receives the things itself.
    """

    title: str
    text: str
    opens_at: datetime
    closes_at: datetime
    place: str
    price_cap: int


def ensure_days(words: CampaignWords, *, at: datetime) -> None:
    """Raises CampaignDays unless it ends after it begins, in the future, within a year."""
    if not words.opens_at < words.closes_at or words.closes_at <= at:
        raise CampaignDays
    if words.closes_at - words.opens_at > LONGEST:
        raise CampaignDays


def is_running(state: str, opens_at: datetime, closes_at: datetime, *, at: datetime) -> bool:
    """Whether things may be given now."""
    return state == CampaignState.OPEN and opens_at <= at < closes_at


def ensure_not_over(closes_at: datetime, *, at: datetime) -> None:
    """Raises CampaignOver once the last day has passed."""
    if closes_at <= at:
        raise CampaignOver


def share_out(held: Mapping[int, int], order: Sequence[int], count: int) -> list[int]:
    """Who takes each of `count` things: always whoever holds fewest, in the listed order."""
    sums = {unit: held.get(unit, 0) for unit in order}
    turns = []
    for _each in range(count if sums else 0):
        unit = min(order, key=lambda one: (sums[one], order.index(one)))
        sums[unit] += 1
        turns.append(unit)
    return turns
