"""Cards are opened for a few, and each look is written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy import insert, select

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from wishes.models import Resident, ResidentLook
from wishes.policies.residents import ensure_looks_after, ensure_may_visit, get_care_desk
from wishes.queries.residents import list_seen_since, lives_at, lock_resident
from wishes.rules.residents import Look


@errand
def note_look(resident_id: int, *, actor_id: int) -> None:
    """Write down that somebody opens one card. Raises ResidentNotFound."""
    looked_as = ensure_may_visit(actor_id, lock_resident(resident_id))
    _note([resident_id], actor_id, looked_as, clock.now())


@errand
def note_export(resident_id: int, *, actor_id: int) -> None:
    """Write down that a card goes out on paper for its person. Raises ResidentNotFound."""
    ensure_looks_after(actor_id, lock_resident(resident_id))
    _note([resident_id], actor_id, Look.EXPORT, clock.now())


@errand
def note_export_of_all(area_id: int, *, actor_id: int) -> None:
    """Write down that all cards of a desk go out in a sheet. Raises AreaNotFound."""
    desk = get_care_desk(actor_id, area_id)
    ids = list(db.session.scalars(select(Resident.id).where(lives_at(desk))))
    _note(ids, actor_id, Look.EXPORT, clock.now())


def note_list(area_id: int, resident_ids: Sequence[int], *, actor_id: int) -> None:
    """Write down that staff see these cards in a list: one look a day each.

    Call it outside any errand. Raises AreaNotFound.
    """
    fresh = _fresh(resident_ids, actor_id, Look.STAFF)
    if fresh:
        _note_staff(area_id, fresh, actor_id=actor_id)


def note_my_list(resident_ids: Sequence[int], *, actor_id: int) -> None:
    """Write down that a volunteer sees whom they call on: one look a day each.

    Call it outside any errand. Raises ResidentNotFound.
    """
    fresh = _fresh(resident_ids, actor_id, Look.VISITOR)
    if fresh:
        _note_mine(fresh, actor_id=actor_id)


def _fresh(resident_ids: Sequence[int], actor_id: int, looked_as: Look) -> list[int]:
    midnight = clock.from_local(clock.local_day(clock.now()), time.min)
    seen = list_seen_since(actor_id, looked_as, midnight) if resident_ids else set()
    return [resident_id for resident_id in resident_ids if resident_id not in seen]


@errand
def _note_staff(area_id: int, resident_ids: list[int], *, actor_id: int) -> None:
    desk = get_care_desk(actor_id, area_id)
    here = select(Resident.id).where(lives_at(desk), Resident.id.in_(resident_ids))
    _note(list(db.session.scalars(here)), actor_id, Look.STAFF, clock.now())


@errand
def _note_mine(resident_ids: list[int], *, actor_id: int) -> None:
    for resident_id in resident_ids:
        ensure_may_visit(actor_id, lock_resident(resident_id))
    _note(resident_ids, actor_id, Look.VISITOR, clock.now())


def _note(resident_ids: Sequence[int], user_id: int, looked_as: Look, at: datetime) -> None:
    if resident_ids:
        rows = [
            {"resident_id": each, "user_id": user_id, "at": at, "looked_as": str(looked_as)}
            for each in resident_ids
        ]
        db.session.execute(insert(ResidentLook), rows)
