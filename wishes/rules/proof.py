"""How a service is proved, and how many minutes it is worth."""

from __future__ import annotations

import enum
import hmac
import struct
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.refusal import N_

CODE_SECONDS = 15
CODE_DIGITS = 6
EARLY = timedelta(minutes=15)
OPENS_BEFORE = timedelta(minutes=60)  # check-in opens; minutes count from EARLY on
ARRIVE_AFTER = timedelta(minutes=60)  # after the planned end: a visit that began late
LEAVE_AFTER = timedelta(hours=3)  # then a worker enters the check-out
REMEMBERED_STEPS = 40  # ten minutes: a photographed code is told from a mistyped one
TRIES = 5
LOCKED_FOR = timedelta(minutes=10)


class Proof(enum.StrEnum):
    """What shows that somebody came or left."""

    CODE = "code"  # the site's rotating code
    SLIP = "slip"  # the resident's one-time slip code
    ROLL_CALL = "roll_call"  # marked by the leader
    TAP = "tap"  # the volunteer's own tap, with a call-back
    LATE_ENTRY = "late_entry"  # 补录, approved by a second person


class SlipSide(enum.StrEnum):
    """The two codes of a slip."""

    ARRIVE = "arrive"
    LEAVE = "leave"


class Absence(enum.StrEnum):
    """Why somebody with a place did not come."""

    NO_SHOW = "no_show"
    EXCUSED = "excused"


class Decision(enum.StrEnum):
    """What the verifier decides."""

    ACCEPTED = "accepted"
    AGAIN = "again"
    REJECTED = "rejected"


PROOF_LABELS = {
    Proof.CODE: N_("扫码"),
    Proof.SLIP: N_("单子密码"),
    Proof.ROLL_CALL: N_("点名"),
    Proof.TAP: N_("自己点"),
    Proof.LATE_ENTRY: N_("补录"),
}
DECISION_LABELS = {
    Decision.ACCEPTED: N_("核实通过"),
    Decision.AGAIN: N_("请再做一次"),
    Decision.REJECTED: N_("认定未兑现"),
}
GRADE_A = frozenset({Proof.CODE, Proof.SLIP})


def grade_of(arrived: Proof, left: Proof) -> str:
    """Evidence grade of an attendance: A both scanned, C with a late entry, else B."""
    if Proof.LATE_ENTRY in (arrived, left):
        return "C"
    return "A" if {arrived, left} <= GRADE_A else "B"


@dataclass(frozen=True)
class Served:
    """What was served and what was planned, all UTC, breaks in minutes."""

    arrived_at: datetime
    left_at: datetime | None
    starts_at: datetime
    ends_at: datetime
    break_minutes: int = 0


def creditable_minutes(served: Served, *, overrun_allowed: bool = False) -> int:
    """Whole minutes that count: floor(min(out − in, planned length) − breaks), never below 0.

    `in` counts from 15 minutes before the start at the earliest; overrun only when allowed;
    no check-out counts 0. Travel, meals and rest do not count (服务时长是实际服务的时间).
    """
    if served.left_at is None:
        return 0
    arrived = max(served.arrived_at, served.starts_at - EARLY)
    length = served.left_at - arrived
    if not overrun_allowed:
        length = min(length, served.ends_at - served.starts_at)
    return max(0, int(length.total_seconds() // 60) - served.break_minutes)


def rotating_code(secret: bytes, at: datetime) -> str:
    """The six digits a site shows at this moment; they change every 15 seconds."""
    step = int(at.timestamp()) // CODE_SECONDS
    digest = hmac.digest(secret, struct.pack(">Q", step), "sha256")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**CODE_DIGITS:06d}"


def is_current_code(secret: bytes, code: str, at: datetime, *, grace_steps: int = 2) -> bool:
    """Whether a code is the present one, or one of the last two (a slow thumb: 30–45 s)."""
    steps: Sequence[int] = range(grace_steps + 1)
    times = (at - timedelta(seconds=CODE_SECONDS * step) for step in steps)
    return any(hmac.compare_digest(rotating_code(secret, moment), code) for moment in times)


def was_code(secret: bytes, code: str, at: datetime) -> bool:
    """Whether the site showed this code within the last ten minutes."""
    return is_current_code(secret, code, at, grace_steps=REMEMBERED_STEPS)


def clean_code(text: str | None) -> str:
    """The digits of what was typed: full-width digits and spaces are forgiven."""
    plain = unicodedata.normalize("NFKC", text or "")
    return "".join(sign for sign in plain if not sign.isspace() and sign != "-")


def arrival_window(starts_at: datetime, ends_at: datetime) -> tuple[datetime, datetime]:
    """From when until when somebody may check in: an hour around the planned time."""
    return starts_at - OPENS_BEFORE, ends_at + ARRIVE_AFTER


def leaving_closes(ends_at: datetime) -> datetime:
    """Until when somebody may check out by themselves; afterwards a worker enters it."""
    return ends_at + LEAVE_AFTER


def seconds_left(at: datetime) -> int:
    """Seconds until the site's code changes."""
    return CODE_SECONDS - int(at.timestamp()) % CODE_SECONDS
