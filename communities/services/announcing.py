"""公告: written, changed, taken down by the community; told to followers once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update

from accounts.queries.areas import get_area
from communities.models import Announcement
from communities.notices.announcements import tell_announced
from communities.policies import get_worker_desk
from communities.queries.announcements import list_kept_keys, list_untold, lock_announcement
from communities.refusals.announcements import TakenDown
from communities.rules.announcements import ensure_days
from foundation import clock, media
from foundation.db import db
from foundation.errands import errand
from wishes.queries.following import list_followers


@dataclass(frozen=True)
class AnnouncementWords:
    """What is announced, from which local day to which, both included."""

    title: str
    text: str
    first: date
    last: date


@dataclass(frozen=True)
class KeptPicture:
    """A picture whose files lie in the store and whose key an errand will write."""

    key: str
    width: int
    height: int


@contextmanager
def keep_picture(uploads: Iterable[media.Upload]) -> Iterator[KeptPicture | None]:
    """The first upload made ready outside any errand; files without a row go again.

    Raises a PhotoRefusal that names the file.
    """
    keys: list[str] = []
    try:
        kept = None
        for prepared in media.prepare_all(list(uploads)[:1]):
            with prepared:
                keys.append(media.save(prepared))
                kept = KeptPicture(keys[-1], prepared.width, prepared.height)
        yield kept
    finally:
        _forget_rowless(keys)


def _forget_rowless(keys: list[str]) -> None:
    if keys:
        for key in set(keys) - list_kept_keys(keys):
            media.delete(key)


@errand
def announce(
    area_id: int, *, actor_id: int, words: AnnouncementWords, picture: KeptPicture | None = None
) -> int:
    """Announce something; followers are told at once when it begins today. Returns its id.

    Raises AreaNotFound, and what ensure_days raises.
    """
    area = get_worker_desk(actor_id, area_id)
    at = clock.now()
    ensure_days(words.first, words.last, today=clock.local_day(at))
    made = Announcement(area_id=area.id, written_by_id=actor_id, written_at=at)
    _write(made, words, picture)
    db.session.add(made)
    db.session.flush()
    _tell_if_due(made.id, at)
    return made.id


@errand
def _change(
    area_id: int,
    announcement_id: int,
    *,
    actor_id: int,
    words: AnnouncementWords,
    picture: KeptPicture | None,
    drop_picture: bool,
) -> str | None:
    """The new words in place of the old. Returns the key of a picture that is no longer shown."""
    area = get_worker_desk(actor_id, area_id)
    found = lock_announcement(area.id, announcement_id)
    at = clock.now()
    if found.taken_down_at is not None:
        raise TakenDown
    ensure_days(words.first, words.last, today=clock.local_day(at), before=found.first_day)
    old = found.photo_key if picture is not None or drop_picture else None
    if old is not None:
        found.photo_key = found.photo_width = found.photo_height = None
    _write(found, words, picture)
    db.session.flush()
    _tell_if_due(found.id, at)
    return old


def change_announcement(
    area_id: int,
    announcement_id: int,
    *,
    actor_id: int,
    words: AnnouncementWords,
    picture: KeptPicture | None = None,
    drop_picture: bool = False,
) -> None:
    """Change one; followers who were told are not told again.

    Raises AreaNotFound, AnnouncementNotFound, TakenDown, and what ensure_days raises.
    """
    old = _change(
        area_id, announcement_id, actor_id=actor_id, words=words, picture=picture,
        drop_picture=drop_picture,
    )  # fmt: skip
    _forget_rowless([old] if old else [])


def _write(row: Announcement, words: AnnouncementWords, picture: KeptPicture | None) -> None:
    row.title, row.text = words.title, words.text
    row.first_day, row.last_day = words.first, words.last
    if picture is not None:
        row.photo_key, row.photo_width = picture.key, picture.width
        row.photo_height = picture.height


@errand
def take_down(area_id: int, announcement_id: int, *, actor_id: int) -> int:
    """Off every page, before its last day. Returns its id. Raises AnnouncementNotFound."""
    area = get_worker_desk(actor_id, area_id)
    found = lock_announcement(area.id, announcement_id)
    if found.taken_down_at is None:
        found.taken_down_at, found.taken_down_by_id = clock.now(), actor_id
    return found.id


@errand
def tell_followers(announcement_id: int) -> int:
    """The morning of its first day. Returns 1 when this call told them, else 0."""
    return int(_tell_if_due(announcement_id, clock.now()))


def announce_due(at: datetime) -> int:
    """A step of the worker's minute: what begins today is told. Returns how many."""
    ids = list_untold(clock.local_day(at))
    db.session.rollback()
    return sum(tell_followers(number) for number in ids)


def _tell_if_due(announcement_id: int, at: datetime) -> bool:
    """The guarded UPDATE decides who tells: several workers at once tell once."""
    claimed = (
        update(Announcement)
        .where(
            Announcement.id == announcement_id,
            Announcement.told_at.is_(None),
            Announcement.taken_down_at.is_(None),
            Announcement.first_day <= clock.local_day(at),
        )
        .values(told_at=at)
    )
    if not db.session.execute(claimed).rowcount:  # type: ignore[attr-defined]  # CursorResult
        return False
    row = db.session.get_one(Announcement, announcement_id)
    tell_announced(
        list_followers(row.area_id), area_id=row.area_id, area_name=get_area(row.area_id).name,
        announcement_id=row.id, title=row.title, text=row.text,
    )  # fmt: skip
    return True
