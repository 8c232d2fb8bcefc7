"""迎检包: asked for at a desk, made by the worker step by step, fetched, forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, and_, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from accounts.policies import get_desk
from accounts.queries.areas import get_community_of, list_communities
from accounts.rules import Role
from foundation import clock, media
from foundation.db import db, table_of
from foundation.errands import errand
from foundation.settings import setting
from wishes.models import FolderLook, InspectionFolder
from wishes.notices.folders import tell_failed, tell_ready
from wishes.policies.folders import ensure_may_ask, ensure_may_have
from wishes.queries.folders import count_wishes_in, get_folder
from wishes.refusals.folders import FolderGone, FolderNotReady, NothingThen
from wishes.rules.folders import IN_THE_MAKING, MOST_ATTEMPTS, FolderState, ensure_period

LEASE = timedelta(minutes=5)  # without a sign of life another worker takes it
_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


@errand
def ask_folder(
    area_id: int, *, actor_id: int, first: date, last: date, masked: bool, language: str
) -> int:
    """Ask for a community's folder; one of the same period that is in the making is given instead.

    Raises AreaNotFound, FullNotYours, PeriodBackwards, PeriodInFuture, PeriodTooLong, NothingThen.
    """
    community = get_community_of(get_desk(actor_id, area_id))
    ensure_may_ask(actor_id, community.id, masked=masked)
    return _ask([community.id], actor_id, first, last, masked, language)[0]


@errand
def ask_street_folders(
    area_id: int, *, actor_id: int, first: date, last: date, language: str
) -> list[int]:
    """Ask for a masked folder of each community below that has wishes in the period.

    Raises AreaNotFound, PeriodBackwards, PeriodInFuture, PeriodTooLong, NothingThen.
    """
    street = get_desk(actor_id, area_id, [Role.SUPERVISOR])
    below = [community.id for community in list_communities(street)]
    return _ask(below, actor_id, first, last, True, language)


def _ask(
    community_ids: Sequence[int], actor_id: int, first: date, last: date, masked: bool,
    language: str,
) -> list[int]:  # fmt: skip
    ensure_period(first, last, today=clock.local_day(clock.now()))
    counts = count_wishes_in(community_ids, first, last)
    if not counts:
        raise NothingThen
    return [
        _note(
            area_id=community_id, first_day=first, last_day=last, masked=masked, total=number,
            language=language, asked_by_id=actor_id, asked_at=clock.now(),
        )
        for community_id, number in sorted(counts.items())
    ]  # fmt: skip


def _note(**facts: Any) -> int:
    """The row of a new folder, or of the same one in the making: the index is the judge."""
    table = table_of(InspectionFolder)
    fresh = {"state": FolderState.WAITING, "attempt": 0, "done": 0, "storage_key": media.new_key()}
    new = _INSERTS[db.session.get_bind().dialect.name](table).values(**facts, **fresh)
    row = db.session.execute(
        new.on_conflict_do_nothing().returning(table.c.id)
    ).scalar_one_or_none()
    if row is not None:
        return int(row)
    same = [getattr(InspectionFolder, name) == facts[name] for name in _PERIOD]
    live = InspectionFolder.state.in_(list(IN_THE_MAKING))
    return db.session.execute(select(InspectionFolder.id).where(*same, live)).scalar_one()


_PERIOD = ("area_id", "first_day", "last_day", "masked")


@errand
def take_folder(*, at: datetime) -> list[int]:
    """Take the next folder to make, as [id, attempt]; empty when there is none, or one is made.

    One whose worker fell silent is taken again; after three attempts it is given up.
    """
    state, lease = InspectionFolder.state, InspectionFolder.lease_until
    busy = select(InspectionFolder.id).where(state == FolderState.RUNNING, lease >= at)
    if db.session.execute(busy.limit(1)).first() is not None:
        return []
    query = (
        select(InspectionFolder)
        .where(or_(state == FolderState.WAITING, and_(state == FolderState.RUNNING, lease < at)))
        .order_by(InspectionFolder.id)
        .limit(1)
        .with_for_update(skip_locked=True)  # asked again under the lock: nobody took it meanwhile
    )
    folder = db.session.scalars(query).one_or_none()
    if folder is None:
        return []
    if folder.attempt >= MOST_ATTEMPTS:
        _fail(folder)
        return []
    folder.state, folder.lease_until, folder.done = FolderState.RUNNING, at + LEASE, 0
    folder.attempt += 1
    return [folder.id, folder.attempt]


@errand
def note_progress(folder_id: int, *, attempt: int, done: int, total: int) -> bool:
    """So many wishes are written; False when the folder is another worker's by now."""
    values = {"done": done, "total": total, "lease_until": clock.now() + LEASE}
    return _change(folder_id, attempt, **values)


@errand
def finish_folder(folder_id: int, *, attempt: int, size: int) -> bool:
    """The file lies in the store: it can be fetched for some days; whoever asked is told."""
    expires = clock.now() + timedelta(days=setting("FOLDER_DAYS"))
    values = {"state": FolderState.READY, "size": size, "expires_at": expires}
    is_ours = _change(folder_id, attempt, lease_until=None, **values)
    if is_ours:
        folder = db.session.get_one(InspectionFolder, folder_id, populate_existing=True)
        tell_ready(folder)
    return is_ours


@errand
def give_back(folder_id: int, *, attempt: int) -> None:
    """Making it went wrong: it is tried again, at most three times."""
    _change(folder_id, attempt, state=FolderState.WAITING, lease_until=None)
    folder = db.session.get_one(InspectionFolder, folder_id, populate_existing=True)
    if folder.state == FolderState.WAITING and folder.attempt >= MOST_ATTEMPTS:
        _fail(folder)


def _fail(folder: InspectionFolder) -> None:
    folder.state, folder.lease_until = FolderState.FAILED, None
    tell_failed(folder)


def _change(folder_id: int, attempt: int, **values: Any) -> bool:
    mine = (
        InspectionFolder.id == folder_id, InspectionFolder.attempt == attempt,
        InspectionFolder.state == FolderState.RUNNING,
    )  # fmt: skip
    changed = db.session.execute(update(InspectionFolder).where(*mine).values(**values))
    return cast("CursorResult[Any]", changed).rowcount == 1


@errand
def note_download(folder_id: int, *, actor_id: int, area_id: int) -> None:
    """Write down that somebody fetches a folder.

    Raises AreaNotFound, FolderNotFound, FolderNotReady, FolderGone.
    """
    get_desk(actor_id, area_id)
    folder = get_folder(area_id, folder_id)
    ensure_may_have(actor_id, folder)
    if folder.state in IN_THE_MAKING:
        raise FolderNotReady
    if folder.state != FolderState.READY:
        raise FolderGone
    db.session.execute(
        insert(FolderLook).values(folder_id=folder.id, user_id=actor_id, at=clock.now())
    )


def forget_old_folders(at: datetime) -> int:
    """Delete the files whose days are over, and say so on their rows; returns how many.

    The file goes first: whatever happens between the two is put right by the next round.
    """
    over = select(InspectionFolder.id, InspectionFolder.storage_key).where(
        InspectionFolder.state == FolderState.READY, InspectionFolder.expires_at <= at
    )
    rows = list(db.session.execute(over.limit(50)))
    for folder_id, key in rows:
        media.delete_file(key)
        _note_expired(folder_id, at=at)
    return len(rows)


@errand
def _note_expired(folder_id: int, *, at: datetime) -> None:
    db.session.execute(
        update(InspectionFolder)
        .where(InspectionFolder.id == folder_id, InspectionFolder.expires_at <= at)
        .values(state=FolderState.EXPIRED, expires_at=None, size=None)
    )
