"""What one attendance is worth when it is verified, and what a verifier must see first."""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.refusal import N_
from wishes.rules.kinds import RESIDENT_CONFIRMS, Category
from wishes.rules.proof import (
    EARLY,
    GRADE_A,
    Absence,
    Proof,
    Served,
    creditable_minutes,
    grade_of,
)

LINGERING = 15  # minutes past the plan that everybody takes to say goodbye; they never count


class Finding(enum.StrEnum):
    """What stands out in a report; shown to the verifier, it accuses nobody."""

    NO_CHECK_OUT = "no_check_out"
    CALL_BACK = "call_back"
    OVERRUN = "overrun"
    NO_SHOW = "no_show"
    USED_BEFORE = "used_before"


FINDING_LABELS = {
    Finding.NO_CHECK_OUT: N_("没有签退，记 0 分钟"),
    Finding.CALL_BACK: N_("还没有居民回访"),
    Finding.OVERRUN: N_("比计划时间长"),
    Finding.NO_SHOW: N_("没有到场"),
    Finding.USED_BEFORE: N_("照片以前用过"),
}


@dataclass(frozen=True)
class Presence:
    """One person's attendance beside the wish's plan; times are UTC."""

    attendance_id: int
    user_id: int
    name: str
    organisation_id: int | None
    unit_name: str | None
    arrived_at: datetime | None
    arrived_proof: Proof | None
    left_at: datetime | None
    left_proof: Proof | None
    break_minutes: int
    absence: Absence | None
    resident_confirmed_at: datetime | None
    category: Category
    starts_at: datetime
    ends_at: datetime


def minutes_of(presence: Presence, *, overrun_allowed: bool = False) -> int:
    """Whole minutes this attendance is worth; 0 for who never came or never checked out."""
    if presence.arrived_at is None or presence.absence is not None:
        return 0
    served = Served(
        presence.arrived_at,
        presence.left_at,
        presence.starts_at,
        presence.ends_at,
        presence.break_minutes,
    )
    return creditable_minutes(served, overrun_allowed=overrun_allowed)


def counted_span(
    presence: Presence, *, overrun_allowed: bool = False
) -> tuple[datetime, datetime] | None:
    """From when until when the counted minutes lie, breaks included; None when none count."""
    minutes = minutes_of(presence, overrun_allowed=overrun_allowed)
    if not minutes or presence.arrived_at is None:
        return None
    began = max(presence.arrived_at, presence.starts_at - EARLY)
    return began, began + timedelta(minutes=minutes + presence.break_minutes)


def seen_mark(report_id: int, presences: Iterable[Presence]) -> str:
    """A mark of what decides over the minutes of a report: another mark, another page."""
    facts = [
        (
            each.attendance_id, str(each.arrived_at), str(each.arrived_proof), str(each.left_at),
            str(each.left_proof), each.break_minutes, str(each.absence), str(each.starts_at),
            str(each.ends_at),
        )
        for each in presences
    ]  # fmt: skip
    return hashlib.sha256(repr((report_id, sorted(facts))).encode()).hexdigest()[:32]


def overrun_of(presence: Presence) -> int:
    """Minutes served beyond the planned length."""
    return minutes_of(presence, overrun_allowed=True) - minutes_of(presence)


def proofs_of(presence: Presence) -> set[Proof]:
    """How arrival and leaving were proved."""
    return {proof for proof in (presence.arrived_proof, presence.left_proof) if proof}


def presence_grade(presence: Presence) -> str | None:
    """Evidence grade of a finished attendance, None while a side is missing."""
    if presence.arrived_proof is None or presence.left_proof is None:
        return None
    return grade_of(Proof(presence.arrived_proof), Proof(presence.left_proof))


def needs_call_back(presence: Presence) -> bool:
    """Whether the resident must be called before these minutes count.

    Own taps always need it; 心理疏导、调解 need the resident's word, a slip code or a call.
    """
    if presence.resident_confirmed_at is not None or not minutes_of(presence):
        return False
    proofs = proofs_of(presence)
    if Proof.TAP in proofs:
        return True
    return Category(presence.category) in RESIDENT_CONFIRMS and Proof.SLIP not in proofs


def findings_of(presence: Presence) -> list[Finding]:
    """What stands out about one person."""
    if presence.absence is not None:
        return [Finding.NO_SHOW] if presence.absence == Absence.NO_SHOW else []
    found = {
        Finding.NO_CHECK_OUT: presence.arrived_at is not None and presence.left_at is None,
        Finding.CALL_BACK: needs_call_back(presence),
        Finding.OVERRUN: overrun_of(presence) > LINGERING,
    }
    return [finding for finding, is_so in found.items() if is_so]


def is_evidenced(presences: Iterable[Presence], *, photos: int) -> bool:
    """Whether a report has something to show: a picture, a scanned sign-in, the resident's word.

    减负: one of the three is enough, photos are never compulsory by themselves.
    """
    return photos > 0 or any(
        presence.resident_confirmed_at is not None or bool(proofs_of(presence) & GRADE_A)
        for presence in presences
        if presence.arrived_at is not None
    )
