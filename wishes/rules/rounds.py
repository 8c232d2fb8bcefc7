"""走访 in plain Python: who is due today, who is overdue.

每月两趟 means: the month has two halves, and in each of them somebody has met the resident. Before
the half is over the visit is due; overdue is who was met by nobody for longer than such a half.
"""

from __future__ import annotations

import enum
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from foundation.refusal import N_

LONGEST_MONTH = 31
WORDS_LENGTH = 300


class Outcome(enum.StrEnum):
    """What came of a visit; only `met` counts as one."""

    MET = "met"
    NOT_HOME = "not_home"


OUTCOME_LABELS = {Outcome.MET: N_("见到了"), Outcome.NOT_HOME: N_("没遇上")}


@dataclass(frozen=True)
class Standing:
    """How it stands with one resident: days are local."""

    resident_id: int
    wanted: int  # times a month
    met: int  # days in this month on which somebody met them
    since: date  # the day the card was made
    last_met: date | None = None
    missed_today: bool = False  # somebody knocked today and nobody opened


def times_wanted(tags: Iterable[str], rules: Mapping[str, int]) -> int:
    """How often a month these tags ask for: the most of their rules."""
    return max((rules.get(tag, 0) for tag in tags), default=0)


def visits_expected(wanted: int, today: date) -> int:
    """How many of this month's visits may be made by now: each part's from its first day on."""
    if not wanted:
        return 0
    days = monthrange(today.year, today.month)[1]
    return (today.day - 1) * wanted // days + 1


def is_due(standing: Standing, today: date) -> bool:
    """Whether the resident is on today's list."""
    if standing.last_met == today:
        return False
    return standing.met < visits_expected(standing.wanted, today)


def days_unmet(standing: Standing, today: date) -> int:
    """Days since somebody met them, or since the card was made."""
    return (today - (standing.last_met or standing.since)).days


def is_overdue(standing: Standing, today: date) -> bool:
    """Due, and met by nobody for longer than a part of a month."""
    if not is_due(standing, today):
        return False
    part = -(-LONGEST_MONTH // standing.wanted)
    return days_unmet(standing, today) > part
