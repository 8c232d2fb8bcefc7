"""Keeping what a wish says of its risk and whom it asks for: steps of other errands."""

from __future__ import annotations

from accounts.rules.skills import Skill
from foundation import clock
from foundation.db import db
from wishes.models import Wish, WishCare
from wishes.refusals.publishing import WishIncomplete
from wishes.rules.caring import NOTE_LENGTH, Care, Risk, find_risks, find_uncared
from wishes.rules.publishing import WishWords
from wishes.services.writing import words_of


def care_of(wish_id: int) -> Care:
    """The care of a wish in plain values."""
    return care_in(db.session.get(WishCare, wish_id, populate_existing=True))


def care_in(row: WishCare | None) -> Care:
    """A row of care in plain values; an ordinary wish has none."""
    if row is None:
        return Care()
    skill = Skill(row.skill) if row.skill else None
    return Care(row.risk_note, row.insurance_note, row.min_age, skill)


def keep_care(wish: Wish, care: Care) -> None:
    """Write the care, in the errand that is open; an ordinary wish gets no row."""
    row = db.session.get(WishCare, wish.id, populate_existing=True)
    wish.gated = care.is_gate
    if row is None:
        if care.is_ordinary:
            return
        row = WishCare(wish_id=wish.id)
        db.session.add(row)
    row.risk_note = care.risk_note.strip()[:NOTE_LENGTH]
    row.insurance_note = care.insurance_note.strip()[:NOTE_LENGTH]
    row.min_age, row.skill = care.min_age, care.skill
    db.session.flush()


def risks_of(words: WishWords) -> tuple[Risk, ...]:
    """The risks of a wish in its own place's time."""
    if words.starts_at is None or words.ends_at is None:
        return find_risks(words)
    return find_risks(words, (clock.local(words.starts_at), clock.local(words.ends_at)))


def ensure_careful(wish: Wish) -> None:
    """Raises WishIncomplete for a risky wish that says nothing of its risk or its insurance."""
    uncared = find_uncared(risks_of(words_of(wish)), care_of(wish.id))
    if uncared:
        raise WishIncomplete(uncared)
