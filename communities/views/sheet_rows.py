"""The day sheet as people read it: lines, the history, the places without a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from foundation import labels
from foundation.phones import show_phone
from foundation.refusal import N_
from wishes.models import Wish
from wishes.queries.day_sheet import Seat, TrailLine
from wishes.rules.proof import PROOF_LABELS, Proof, Served, creditable_minutes
from wishes.rules.roll_call import ABSENCE_LABELS

WHAT = {
    "arrive": N_("到达"),
    "leave": N_("离开"),
    "absent": N_("缺席"),
    "breaks": N_("休息"),
    "confirm": N_("居民确认"),
}


@dataclass(frozen=True)
class SheetRow:
    """One person on the sheet."""

    user_id: int
    name: str
    note: str
    phone: str | None
    phone_label: str
    arrived: str
    arrived_proof: str
    left: str
    left_proof: str
    break_minutes: int
    minutes: int
    remarks: list[str]
    is_settled: bool


def make_row(seat: Seat, wish: Wish, *, at: datetime) -> SheetRow:
    """A seat in words; `minutes` is what would count now."""
    return SheetRow(
        user_id=seat.user_id,
        name=seat.name,
        note=_("%(unit)s · %(number)s", unit=seat.unit_name, number=seat.volunteer_number)
        if seat.unit_name
        else seat.volunteer_number,
        phone=seat.phone,
        phone_label=show_phone(seat.phone) if seat.phone else "",
        arrived=labels.time_of_day(seat.arrived_at) if seat.arrived_at else "",
        arrived_proof=_proof(seat.arrived_proof),
        left=labels.time_of_day(seat.left_at) if seat.left_at else "",
        left_proof=_proof(seat.left_proof),
        break_minutes=seat.break_minutes or 0,
        minutes=_minutes(seat, wish),
        remarks=_remarks(seat, wish, at=at),
        is_settled=bool(seat.absence or seat.left_at),
    )


def _proof(proof: str | None) -> str:
    return _(PROOF_LABELS[Proof(proof)]) if proof else ""


def _minutes(seat: Seat, wish: Wish) -> int:
    if seat.arrived_at is None or wish.starts_at is None or wish.ends_at is None:
        return 0
    served = Served(
        seat.arrived_at, seat.left_at, wish.starts_at, wish.ends_at, seat.break_minutes or 0
    )
    return creditable_minutes(served)


def _remarks(seat: Seat, wish: Wish, *, at: datetime) -> list[str]:
    over = wish.ends_at is not None and wish.ends_at < at
    begun = wish.starts_at is not None and wish.starts_at < at
    taps = Proof.TAP in (seat.arrived_proof, seat.left_proof)
    said = [
        (bool(seat.absence), _(ABSENCE_LABELS[seat.absence]) if seat.absence else ""),
        (begun and not seat.arrived_at and not seat.absence, _("未到")),
        (over and bool(seat.arrived_at) and not seat.left_at, _("没签退，记 0 分钟")),
        (bool(seat.flagged), _("补的签退")),
        (taps and not seat.resident_confirmed_at, _("等居民回访")),
        (bool(seat.resident_confirmed_at), _("居民已确认")),
    ]
    return [words for is_so, words in said if is_so]


@dataclass(frozen=True)
class TrailEvent:
    """One line of the history, as the timeline macro reads it."""

    when_label: str
    title: str
    who_label: str
    text: str


def make_trail(line: TrailLine) -> TrailEvent:
    """Who noted what about whom, and what stood there before."""
    what = _(WHAT.get(line.what, line.what))
    after = _value(line.after)
    parts = []
    if line.before:
        parts.append(_("原来：%(before)s", before=_value(line.before)))
    if line.why:
        parts.append(_("说明：%(why)s", why=line.why))
    return TrailEvent(
        when_label=labels.when(line.at),
        title=_("%(name)s：%(what)s %(value)s", name=line.name, what=what, value=after).strip(),
        who_label=_("本人") if line.own else line.actor_name,
        text=" · ".join(parts),
    )


def _value(text: str | None) -> str:
    """'2026-11-28T01:00:00+00:00 code' as '9:00 扫码'; a word or a number as it is."""
    if not text:
        return ""
    return " / ".join(_one(part) for part in text.split(" / "))


def _one(part: str) -> str:
    first, _space, proof = part.partition(" ")
    try:
        at = labels.time_of_day(datetime.fromisoformat(first))
    except ValueError:
        words = {str(code): _(label) for code, label in ABSENCE_LABELS.items()}
        return words.get(part, part)
    return f"{at} {_proof(proof)}"
