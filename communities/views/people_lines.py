"""People of a service as lines of a page: when, how proved, what it is worth, what stands out."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

from foundation.labels import hours_words, time_of_day
from love_bank.rules import GRADE_LABELS, Grade
from wishes.rules.proof import PROOF_LABELS, Proof
from wishes.rules.weighing import (
    FINDING_LABELS,
    Presence,
    findings_of,
    minutes_of,
    needs_call_back,
    overrun_of,
    presence_grade,
)


@dataclass(frozen=True)
class PersonLine:
    """One person: labels in the reader's language, minutes whole."""

    attendance_id: int
    user_id: int
    name: str
    unit: str | None
    times: str
    proofs: str
    grade: str | None
    minutes: int
    overrun: int
    findings: list[str]
    needs_call_back: bool


def make_line(presence: Presence) -> PersonLine:
    """A presence as a line."""
    grade = presence_grade(presence)
    return PersonLine(
        attendance_id=presence.attendance_id,
        user_id=presence.user_id,
        name=presence.name,
        unit=presence.unit_name,
        times=_times(presence),
        proofs=_proofs(presence),
        grade=_(GRADE_LABELS[Grade(grade)]) if grade else None,
        minutes=minutes_of(presence),
        overrun=overrun_of(presence),
        findings=[_(FINDING_LABELS[finding]) for finding in findings_of(presence)],
        needs_call_back=needs_call_back(presence),
    )


def _times(presence: Presence) -> str:
    if presence.arrived_at is None:
        return str(_("没有到场"))
    if presence.left_at is None:
        return str(_("%(time)s 到，没有签退", time=time_of_day(presence.arrived_at)))
    span = f"{time_of_day(presence.arrived_at)}–{time_of_day(presence.left_at)}"
    if not presence.break_minutes:
        return span
    pause = hours_words(presence.break_minutes)
    return str(_("%(span)s，歇 %(pause)s", span=span, pause=pause))


def _proofs(presence: Presence) -> str:
    labels = [
        _(PROOF_LABELS[Proof(proof)])
        for proof in (presence.arrived_proof, presence.left_proof)
        if proof
    ]
    return " / ".join(dict.fromkeys(labels))
