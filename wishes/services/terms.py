"""Keeping a wish's terms: steps of drafting and publishing."""

from __future__ import annotations

from datetime import datetime

from foundation.db import db
from wishes.models import Wish, WishTerms
from wishes.queries.least import find_terms
from wishes.rules.terms import FirstCircle, Terms, ensure_terms, opens_to_all


def terms_of(wish_id: int) -> Terms:
    """The terms of a wish in plain values."""
    row = find_terms(wish_id)
    if row is None:
        return Terms()
    return Terms(
        least=row.least,
        below=row.below,
        reconfirm=row.reconfirm,
        first_to=FirstCircle(row.first_to) if row.first_to else None,
        first_hours=row.first_hours,
    )


def keep_terms(wish: Wish, terms: Terms) -> None:
    """Write the terms, in the errand that is open; an ordinary wish gets no row.

    Raises LeastTooLarge.
    """
    ensure_terms(terms, wish.headcount)
    row = find_terms(wish.id)
    if row is None:
        if terms.is_ordinary:
            return
        row = WishTerms(wish_id=wish.id)
        db.session.add(row)
    row.least, row.below, row.reconfirm = terms.least, terms.below, terms.reconfirm
    row.first_to, row.first_hours = terms.first_to, terms.first_hours
    db.session.flush()


def open_in_turn(wish: Wish, *, at: datetime) -> None:
    """Note on a wish that is published now until when it is kept for its first circle."""
    hours = terms_of(wish.id).first_hours
    if hours is not None and wish.starts_at is not None:
        wish.first_until = opens_to_all(at, wish.starts_at, hours)
