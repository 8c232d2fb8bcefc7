"""From attendance to the book: facts with their evidence hash, heads locked in one order."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update

from accounts.models import Area, User
from foundation.db import db
from foundation.settings import setting
from love_bank.queries import list_standing
from love_bank.rules import Grade, ServiceFacts
from love_bank.services.crediting import credit
from wishes.models import AttendanceEvent, Photo, Wish
from wishes.queries.completion import (
    list_attendance_trail,
    list_evidence_photos,
    list_verified_presences,
)
from wishes.refusals.completion import ServedElsewhere
from wishes.rules.weighing import Presence, counted_span, minutes_of, presence_grade


def credit_presences(
    wish: Wish, presences: Iterable[Presence], *, overrun_allowed: bool, at: datetime
) -> dict[int, int]:
    """Credit everybody whose minutes count, inside the errand that is open.

    Returns minutes by user id. Heads are locked in the order of their ids, so that two
    verifications at once wait for each other instead of deadlocking. Raises AlreadyCredited,
    ServedElsewhere.
    """
    due = {each: minutes_of(each, overrun_allowed=overrun_allowed) for each in presences}
    counted = [each for each, minutes in due.items() if minutes > 0]
    books = _list_books(each.user_id for each in counted)
    issuer = _issuer_of(wish.community_id)
    evidence = _hash_evidence(wish.id, counted)
    for each in sorted(counted, key=lambda presence: books[presence.user_id]):
        facts = _facts(
            each, wish, holder=books[each.user_id], issuer=issuer, minutes=due[each],
            evidence_hash=evidence[each.attendance_id],
        )  # fmt: skip
        credit(facts, at=at, notice_days=setting("NOTICE_DAYS"))
    _ensure_only_here(wish.id, counted, overrun_allowed=overrun_allowed)
    return {each.user_id: due[each] for each in counted}


def _ensure_only_here(wish_id: int, counted: list[Presence], *, overrun_allowed: bool) -> None:
    """Raises ServedElsewhere when somebody's counted time was credited with another service.

    Asked when the heads are locked: of two verifications at once, the second sees the first.
    """
    spans = {each: counted_span(each, overrun_allowed=overrun_allowed) for each in counted}
    found = {each.user_id: (each, span) for each, span in spans.items() if span is not None}
    if not found:
        return
    others = list_verified_presences(
        found,
        since=min(span[0] for _each, span in found.values()),
        until=max(span[1] for _each, span in found.values()),
    )
    standing = list_standing(other.attendance_id for _id, _title, _more, other in others)
    for other_id, title, more, other in others:
        there = counted_span(other, overrun_allowed=more)
        each, here = found[other.user_id]
        is_other = other_id != wish_id and other.attendance_id in standing
        if is_other and there is not None and there[0] < here[1] and here[0] < there[1]:
            raise ServedElsewhere(name=each.name, title=title)


def _facts(
    presence: Presence, wish: Wish, *, holder: str, issuer: str, minutes: int, evidence_hash: str
) -> ServiceFacts:
    if presence.arrived_at is None or presence.left_at is None:
        raise ValueError("minutes without arrival and leaving")
    return ServiceFacts(
        attendance_id=presence.attendance_id,
        holder=holder,
        issuer=issuer,
        organisation_id=presence.organisation_id,
        wish_id=wish.id,
        starts_at=presence.arrived_at,
        ends_at=presence.left_at,
        minutes=minutes,
        grade=Grade(presence_grade(presence) or Grade.B),
        evidence_hash=evidence_hash,
    )


def _list_books(user_ids: Iterable[int]) -> dict[int, str]:
    rows = db.session.execute(select(User.id, User.book_id).where(User.id.in_(list(user_ids))))
    return {row.id: row.book_id for row in rows}


def _issuer_of(community_id: int) -> str:
    """The community's issuing account; its id is made the first time it is needed."""
    db.session.execute(
        update(Area)
        .where(Area.id == community_id, Area.book_id.is_(None))
        .values(book_id=str(uuid.uuid4()))
        .execution_options(synchronize_session=False)
    )
    book_id = db.session.execute(select(Area.book_id).where(Area.id == community_id)).scalar_one()
    if book_id is None:
        raise LookupError("a community without a book id")
    return book_id


def _hash_evidence(wish_id: int, presences: list[Presence]) -> dict[int, str]:
    trail = list_attendance_trail([each.attendance_id for each in presences])
    photos = list_evidence_photos(wish_id)
    return {each.attendance_id: hash_evidence(each, trail, photos) for each in presences}


def hash_evidence(
    presence: Presence, trail: Iterable[AttendanceEvent], photos: Iterable[Photo]
) -> str:
    """One hash over the attendance, everything noted about it and the wish's pictures."""
    own = [
        [event.id, event.at.isoformat(), event.actor_id, event.what, event.proof, event.before,
         event.after, event.why]
        for event in trail
        if event.attendance_id == presence.attendance_id
    ]  # fmt: skip
    facts = {
        "attendance": presence.attendance_id,
        "person": presence.user_id,
        "arrived": [_iso(presence.arrived_at), presence.arrived_proof],
        "left": [_iso(presence.left_at), presence.left_proof],
        "breaks": presence.break_minutes,
        "resident": _iso(presence.resident_confirmed_at),
        "events": own,
        "photos": sorted(photo.sha256 for photo in photos),
    }
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
