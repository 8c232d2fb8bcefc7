"""What one attendance is worth, what stands out, and which reports are opened one by one."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from wishes.rules.batching import Opening, is_small, must_open, why_open
from wishes.rules.kinds import Category
from wishes.rules.proof import Absence, Proof
from wishes.rules.weighing import (
    Finding,
    Presence,
    findings_of,
    is_evidenced,
    minutes_of,
    needs_call_back,
    overrun_of,
    presence_grade,
)

NINE = datetime(2026, 11, 28, 1, tzinfo=UTC)
PLAIN = Presence(
    attendance_id=1, user_id=1, name="王小明", organisation_id=None, unit_name=None,
    arrived_at=NINE, arrived_proof=Proof.CODE, left_at=NINE + timedelta(minutes=60),
    left_proof=Proof.CODE, break_minutes=0, absence=None, resident_confirmed_at=None,
    category=Category.REPAIR, starts_at=NINE, ends_at=NINE + timedelta(minutes=60),
)  # fmt: skip
LONG = replace(PLAIN, left_at=NINE + timedelta(minutes=90))
GOODBYE = replace(PLAIN, left_at=NINE + timedelta(minutes=75))
OPEN_ENDED = replace(PLAIN, left_at=None, left_proof=None)
ABSENT = replace(OPEN_ENDED, arrived_at=None, arrived_proof=None, absence=Absence.NO_SHOW)
TAPPED = replace(PLAIN, arrived_proof=Proof.TAP, left_proof=Proof.TAP)
CALLED = replace(PLAIN, arrived_proof=Proof.ROLL_CALL, left_proof=Proof.ROLL_CALL)


@pytest.mark.parametrize(
    ("presence", "minutes", "overrun"),
    [(PLAIN, 60, 0), (LONG, 60, 30), (OPEN_ENDED, 0, 0), (ABSENT, 0, 0)],
)
def test_minutes_end_with_the_plan(presence: Presence, minutes: int, overrun: int) -> None:
    assert (minutes_of(presence), overrun_of(presence)) == (minutes, overrun)


@pytest.mark.parametrize(
    ("presence", "found"),
    [
        (PLAIN, []),
        (LONG, [Finding.OVERRUN]),
        (GOODBYE, []),
        (OPEN_ENDED, [Finding.NO_CHECK_OUT]),
        (ABSENT, [Finding.NO_SHOW]),
        (replace(ABSENT, absence=Absence.EXCUSED), []),
        (TAPPED, [Finding.CALL_BACK]),
        (replace(TAPPED, resident_confirmed_at=NINE), []),
    ],
)
def test_what_stands_out(presence: Presence, found: list[Finding]) -> None:
    assert findings_of(presence) == found


@pytest.mark.parametrize(
    ("arrived", "left", "grade"),
    [
        (Proof.CODE, Proof.SLIP, "A"),
        (Proof.CODE, Proof.ROLL_CALL, "B"),
        (Proof.TAP, Proof.TAP, "B"),
        (Proof.CODE, Proof.LATE_ENTRY, "C"),
        (Proof.CODE, None, None),
    ],
)
def test_the_weaker_proof_gives_the_grade(
    arrived: Proof, left: Proof | None, grade: str | None
) -> None:
    presence = replace(PLAIN, arrived_proof=arrived, left_proof=left)
    assert presence_grade(presence) == grade


@pytest.mark.parametrize(
    ("proof", "confirmed", "needed"),
    [
        (Proof.CODE, None, True),
        (Proof.ROLL_CALL, None, True),
        (Proof.SLIP, None, False),
        (Proof.CODE, NINE, False),
    ],
)
def test_a_talk_needs_the_residents_word(
    proof: Proof, confirmed: datetime | None, needed: bool
) -> None:
    talk = replace(
        PLAIN, category=Category.MEDIATION, arrived_proof=proof, left_proof=proof,
        resident_confirmed_at=confirmed,
    )  # fmt: skip
    assert needs_call_back(talk) is needed


@pytest.mark.parametrize(
    ("presences", "photos", "enough"),
    [
        ([PLAIN], 0, True),
        ([CALLED], 0, False),
        ([CALLED], 1, True),
        ([replace(CALLED, resident_confirmed_at=NINE)], 0, True),
        ([CALLED, PLAIN], 0, True),
    ],
)
def test_one_kind_of_evidence_is_enough(
    presences: list[Presence], photos: int, enough: bool
) -> None:
    assert is_evidenced(presences, photos=photos) is enough


@pytest.mark.parametrize(
    ("people", "length", "small"), [(3, 120, True), (4, 60, False), (1, 121, False)]
)
def test_small_is_few_people_for_a_short_time(people: int, length: int, small: bool) -> None:
    ends = NINE + timedelta(minutes=length)
    presences = [replace(PLAIN, left_at=ends, ends_at=ends)] * people
    assert is_small(presences, people=3, minutes=120) is small


def test_about_a_fifth_is_opened_and_always_the_same() -> None:
    secret = secrets.token_bytes(32)
    forced = [must_open(secret, number) for number in range(2000)]
    assert forced == [must_open(secret, number) for number in range(2000)]
    assert 0.15 < sum(forced) / 2000 < 0.25


def test_a_finding_is_never_waved_through() -> None:
    def opening(presence: Presence, *, is_item: bool = False) -> Opening | None:
        return why_open(
            [presence], is_item=is_item, is_small=True, has_finding=False,
            secret=b"another secret", report_id=1,
        )  # fmt: skip

    assert not must_open(b"another secret", 1)
    assert opening(PLAIN) is None
    assert opening(LONG) is Opening.FINDING
    assert opening(PLAIN, is_item=True) is Opening.ITEM
