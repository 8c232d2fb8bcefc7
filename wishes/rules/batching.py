"""Which reports may be verified several at once, and which must be opened one by one."""

from __future__ import annotations

import enum
import hashlib
import hmac
from collections.abc import Iterable

from foundation.refusal import N_
from wishes.rules.weighing import Presence, findings_of, minutes_of

FORCED_OPEN = 5  # one small service in so many is opened by itself


class Opening(enum.StrEnum):
    """Why a report is verified by itself."""

    ITEM = "item"
    NOT_SMALL = "not_small"
    FINDING = "finding"
    SAMPLE = "sample"


OPENING_LABELS = {
    Opening.ITEM: N_("物品，要看签收照片"),
    Opening.NOT_SMALL: N_("人多或时间长"),
    Opening.FINDING: N_("有要看的地方"),
    Opening.SAMPLE: N_("抽到了细看"),
}


def must_open(secret: bytes, report_id: int) -> bool:
    """Whether this report is of the random fifth; reloading the page rolls no new dice."""
    mark = hmac.digest(secret, f"open report {report_id}".encode(), hashlib.sha256)
    return mark[0] % FORCED_OPEN == 0


def is_small(presences: Iterable[Presence], *, people: int, minutes: int) -> bool:
    """Whether few came for a short time (settings SMALL_PEOPLE, SMALL_MINUTES)."""
    here = [presence for presence in presences if presence.arrived_at is not None]
    longest = max((minutes_of(each, overrun_allowed=True) for each in here), default=0)
    return len(here) <= people and longest <= minutes


def why_open(
    presences: list[Presence],
    *,
    is_item: bool,
    is_small: bool,
    has_finding: bool,
    secret: bytes,
    report_id: int,
) -> Opening | None:
    """Why this report must be opened; None when it may go with others.

    A finding beside the attendance (a picture used before, an overrun) comes in `has_finding`.
    """
    if is_item:
        return Opening.ITEM
    if not is_small:
        return Opening.NOT_SMALL
    if has_finding or any(findings_of(presence) for presence in presences):
        return Opening.FINDING
    return Opening.SAMPLE if must_open(secret, report_id) else None
