"""Reads for inspection folders: which stand where, and whose names a period's wishes carry."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased, joinedload

from accounts.models import Area, Organisation, User
from accounts.rules import AreaKind
from foundation import clock
from foundation.db import db
from love_bank.models import Entry
from love_bank.rules import Grade
from wishes.models import Attendance, Claim, InspectionFolder, Place, Report, Verification, Wish
from wishes.models import WishEvent as Event
from wishes.refusals.folders import FolderNotFound
from wishes.rules.life import WishState

CHUNK = 500  # ids in one IN, below SQLite's limit on any build
SHOWN = 30
_WHEN = func.coalesce(Wish.starts_at, Wish.created_at)


def lies_in(first: date, last: date) -> list[ColumnElement[bool]]:
    """Published wishes of these local days, as the register dates them."""
    begins = clock.from_local(first, time())
    ends = clock.from_local(last + timedelta(days=1), time())
    return [Wish.state != WishState.DRAFT, begins <= _WHEN, ends > _WHEN]


def count_wishes_in(community_ids: Sequence[int], first: date, last: date) -> dict[int, int]:
    """How many published wishes of the period each of these communities has."""
    query = (
        select(Wish.community_id, func.count())
        .where(Wish.community_id.in_(community_ids), *lies_in(first, last))
        .group_by(Wish.community_id)
    )
    return {community_id: int(number) for community_id, number in db.session.execute(query)}


def list_folders(community_id: int, *, full: bool) -> list[InspectionFolder]:
    """A community's latest folders; those with full names only when `full`."""
    query = _listed().where(InspectionFolder.area_id == community_id)
    if not full:
        query = query.where(InspectionFolder.masked)
    return list(db.session.scalars(query))


def list_folders_under(area: Area) -> list[InspectionFolder]:
    """The latest masked folders of all communities at or under an area."""
    query = _listed().join(Area, Area.id == InspectionFolder.area_id)
    under = (Area.kind == AreaKind.COMMUNITY, Area.path.startswith(area.path, autoescape=True))
    return list(db.session.scalars(query.where(InspectionFolder.masked, *under)))


def _listed() -> Any:
    return (
        select(InspectionFolder)
        .options(joinedload(InspectionFolder.asked_by), joinedload(InspectionFolder.area))
        .order_by(InspectionFolder.id.desc())
        .limit(SHOWN)
    )


def get_folder(community_id: int, folder_id: int) -> InspectionFolder:
    """A folder of this community. Raises FolderNotFound."""
    folder = db.session.get(InspectionFolder, folder_id)
    if folder is None or folder.area_id != community_id:
        raise FolderNotFound
    return folder


def list_names(wish_ids: Sequence[int]) -> dict[int, set[str]]:
    """Everybody who stands anywhere in these wishes' papers: claimants, served, staff."""
    found: dict[int, set[str]] = defaultdict(set)
    sources = (
        (Claim.wish_id, Claim.claimed_by_id), (Place.wish_id, Place.user_id),
        (Attendance.wish_id, Attendance.user_id), (Report.wish_id, Report.reported_by_id),
        (Verification.wish_id, Verification.verified_by_id), (Event.wish_id, Event.actor_id),
    )  # fmt: skip
    for start in range(0, len(wish_ids), CHUNK):
        chunk = list(wish_ids[start : start + CHUNK])
        for wish_id, user_id in sources:
            query = select(wish_id, User.name).join(User, User.id == user_id).distinct()
            for number, name in db.session.execute(query.where(wish_id.in_(chunk))):
                found[number].add(name)
    return found


def list_units_in(wish_ids: Sequence[int]) -> list[tuple[str, int, int]]:
    """(unit, wishes, places or pieces) of the live claims on these wishes, most wishes first."""
    wishes: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for start in range(0, len(wish_ids), CHUNK):
        query = (
            select(Organisation.name, Claim.wish_id, func.sum(Claim.places))
            .join(Organisation, Organisation.id == Claim.organisation_id)
            .where(Claim.wish_id.in_(list(wish_ids[start : start + CHUNK])), Claim.live)
            .group_by(Organisation.name, Claim.wish_id)
        )
        for unit, _wish_id, number in db.session.execute(query):
            wishes[unit] += 1
            places[unit] += int(number)
    return [(unit, number, places[unit]) for unit, number in wishes.most_common()]


class Credit(NamedTuple):
    """What stands in the book for one attendance."""

    minutes: int
    grade: Grade


def list_credits(wish_id: int) -> dict[int, Credit]:
    """Attendance → the minutes that were credited for it and not struck since."""
    struck = aliased(Entry)
    query = select(Entry.attendance_id, Entry.minutes, Entry.grade).where(
        Entry.wish_id == wish_id,
        ~select(struck.id).where(struck.reversal_of == Entry.id).exists(),
    )
    return {
        attendance_id: Credit(minutes, Grade(grade))
        for attendance_id, minutes, grade in db.session.execute(query)
        if attendance_id is not None
    }
