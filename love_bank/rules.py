"""What the book knows without a database: grades, hashes, stars, availability."""

from __future__ import annotations

import enum
import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.refusal import N_

GENESIS = "0" * 64
STAR_MINUTES = (100 * 60, 300 * 60, 600 * 60, 1000 * 60, 1500 * 60)


class AccountKind(enum.StrEnum):
    """Holders are chained and locked; issuing accounts may be negative and are summed."""

    PERSON = "person"
    ISSUING = "issuing"


class Grade(enum.StrEnum):
    """How the service was proved: scanned, marked by the leader, entered later."""

    A = "A"  # 扫码
    B = "B"  # 点名
    C = "C"  # 补录


GRADE_LABELS = {Grade.A: N_("扫码"), Grade.B: N_("点名"), Grade.C: N_("补录")}


@dataclass(frozen=True)
class ServiceFacts:
    """What the book is told about one served attendance: it never asks wishes.

    Times are UTC, minutes whole and positive; `subject` is the wish's public title.
    """

    attendance_id: int
    holder: str  # book id of the person
    issuer: str  # book id of the community that recorded it
    organisation_id: int | None
    wish_id: int
    starts_at: datetime
    ends_at: datetime
    minutes: int
    grade: Grade
    evidence_hash: str


def hash_entry(previous: str, fields: dict[str, object]) -> str:
    """Chain one entry to the one before it on the same holder's account."""
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(f"{previous}{text}".encode()).hexdigest()


def available_on(recorded_at: datetime, notice_days: int) -> datetime:
    """When the minutes leave the notice period (公示期)."""
    return recorded_at + timedelta(days=notice_days)


@dataclass(frozen=True)
class Star:
    """Stars reached, the next threshold and what is missing, in minutes."""

    level: int
    next_minutes: int | None
    missing: int


def star_of(minutes: int, thresholds: tuple[int, ...] = STAR_MINUTES) -> Star:
    """Star level of a sum of minutes (星级: 100/300/600/1000/1500 h by default)."""
    level = sum(minutes >= step for step in thresholds)
    if level == len(thresholds):
        return Star(level, None, 0)
    return Star(level, thresholds[level], thresholds[level] - minutes)
