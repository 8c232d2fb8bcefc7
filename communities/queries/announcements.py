"""Reads of announcements: at the desk, on the public pages, and which are due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select

from accounts.models import Area
from communities.models import Announcement
from communities.refusals.announcements import AnnouncementNotFound
from foundation.db import db
from wishes.models import CommunityFollow

AT_DESK = 60


class Shown(NamedTuple):
    """An announcement as neighbours read it; days are local."""

    id: int
    area_id: int
    area_name: str
    title: str
    text: str
    first_day: date
    last_day: date
    photo_key: str | None
    photo_width: int | None
    photo_height: int | None


_COLUMNS = (
    Announcement.id, Announcement.area_id, Area.name, Announcement.title, Announcement.text,
    Announcement.first_day, Announcement.last_day, Announcement.photo_key,
    Announcement.photo_width, Announcement.photo_height,
)  # fmt: skip


def _on(day: date) -> tuple[ColumnElement[bool], ...]:
    return (
        Announcement.first_day <= day,
        Announcement.last_day >= day,
        Announcement.taken_down_at.is_(None),
    )


def _list(*where: Any, limit: int) -> list[Shown]:
    query = select(*_COLUMNS).join(Area, Area.id == Announcement.area_id).where(*where)
    query = query.order_by(Announcement.first_day.desc(), Announcement.id.desc()).limit(limit)
    return [Shown._make(row) for row in db.session.execute(query)]


def list_shown(area_id: int, *, today: date, limit: int = 10) -> list[Shown]:
    """What the community announces today, newest first."""
    return _list(Announcement.area_id == area_id, *_on(today), limit=limit)


def list_for_follower(user_id: int, *, today: date, limit: int = 30) -> list[Shown]:
    """What the communities a person follows announce today, newest first."""
    followed = select(CommunityFollow.area_id).where(CommunityFollow.user_id == user_id)
    return _list(Announcement.area_id.in_(followed), *_on(today), limit=limit)


def list_at_desk(area_id: int) -> list[Announcement]:
    """The community's latest announcements, those that end last first."""
    query = select(Announcement).where(Announcement.area_id == area_id)
    query = query.order_by(Announcement.last_day.desc(), Announcement.id.desc()).limit(AT_DESK)
    return list(db.session.scalars(query))


def get_announcement_of(area_id: int, announcement_id: int) -> Announcement:
    """One of this community's. Raises AnnouncementNotFound."""
    found = db.session.get(Announcement, announcement_id)
    if found is None or found.area_id != area_id:
        raise AnnouncementNotFound
    return found


def get_read(area_id: int, announcement_id: int, *, today: date) -> Announcement:
    """One that everybody may read: begun, and not taken down. Raises AnnouncementNotFound."""
    found = get_announcement_of(area_id, announcement_id)
    if found.first_day > today or found.taken_down_at is not None:
        raise AnnouncementNotFound
    return found


def lock_announcement(area_id: int, announcement_id: int) -> Announcement:
    """The row, for this errand alone. Raises AnnouncementNotFound."""
    query = select(Announcement).where(
        Announcement.id == announcement_id, Announcement.area_id == area_id
    )
    found = db.session.scalars(query.with_for_update()).one_or_none()
    if found is None:
        raise AnnouncementNotFound
    return found


def list_untold(day: date) -> list[int]:
    """Those that are shown on this day and whose followers have not been told."""
    query = select(Announcement.id).where(Announcement.told_at.is_(None), *_on(day))
    return list(db.session.scalars(query.order_by(Announcement.id)))


def list_kept_keys(keys: Iterable[str]) -> set[str]:
    """Which of these storage keys an announcement stands for."""
    query = select(Announcement.photo_key).where(Announcement.photo_key.in_(list(keys)))
    return {key for key in db.session.scalars(query) if key is not None}
