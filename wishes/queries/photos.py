"""Reads of pictures: of a wish, of a community's album, and whether one was used before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import or_, select

from foundation.db import db
from foundation.media import phash_distance
from wishes.models import Ask, Photo, Wish
from wishes.refusals.completion import PhotoNotFound
from wishes.rules.kinds import PhotoPurpose
from wishes.rules.life import PUBLIC

SAME_PICTURE = 10  # bits of 128: re-encoded, resized, slightly cropped
FEW_MARKS = 12  # a nearly blank picture resembles every other one


class AlbumPhoto(NamedTuple):
    """One public picture with the wish it belongs to."""

    id: int
    wish_id: int
    title: str
    purpose: PhotoPurpose
    width: int
    height: int
    closed_at: datetime | None


class Known(NamedTuple):
    """A picture of the archive that resembles a new one."""

    id: int
    wish_id: int | None
    ask_id: int | None


def get_photo(photo_id: int) -> Photo:
    """A picture by id. Raises PhotoNotFound."""
    photo = db.session.get(Photo, photo_id)
    if photo is None:
        raise PhotoNotFound
    return photo


def get_photo_of(wish_id: int, photo_id: int) -> Photo:
    """A picture of this wish. Raises PhotoNotFound, also for one of another wish."""
    photo = get_photo(photo_id)
    if photo.wish_id != wish_id:
        raise PhotoNotFound
    return photo


def get_photo_of_ask(ask_id: int, photo_id: int) -> Photo:
    """A picture of this ask. Raises PhotoNotFound, also for one of another ask."""
    photo = get_photo(photo_id)
    if photo.ask_id != ask_id:
        raise PhotoNotFound
    return photo


def list_photos(wish_id: int) -> list[Photo]:
    """All pictures of a wish and of the ask behind it, oldest first."""
    asks = select(Ask.id).where(Ask.wish_id == wish_id)
    query = select(Photo).where(or_(Photo.wish_id == wish_id, Photo.ask_id.in_(asks)))
    return list(db.session.scalars(query.order_by(Photo.id)))


def list_ask_photos(ask_id: int) -> list[Photo]:
    """The pictures handed in with an ask, oldest first."""
    query = select(Photo).where(Photo.ask_id == ask_id)
    return list(db.session.scalars(query.order_by(Photo.id)))


def list_open_ask_photos(ask_id: int) -> list[Photo]:
    """The pictures of an ask that everybody may see, oldest first."""
    query = select(Photo).where(Photo.ask_id == ask_id, Photo.is_public)
    return list(db.session.scalars(query.order_by(Photo.id)))


def list_handed_in(wish_id: int, user_id: int) -> list[Photo]:
    """The pictures a person handed in for a wish, oldest first."""
    query = select(Photo).where(Photo.wish_id == wish_id, Photo.uploaded_by_id == user_id)
    return list(db.session.scalars(query.order_by(Photo.id)))


def list_public_photos(wish_id: int) -> list[Photo]:
    """The pictures of a wish that everybody may see, oldest first."""
    query = select(Photo).where(Photo.wish_id == wish_id, Photo.is_public)
    return list(db.session.scalars(query.order_by(Photo.id)))


def list_album(community_id: int, limit: int = 24) -> list[AlbumPhoto]:
    """The community's album: its public pictures, last made public first."""
    query = (
        select(
            Photo.id, Photo.wish_id, Wish.title, Photo.purpose, Photo.width, Photo.height,
            Wish.closed_at,
        )
        .join(Wish, Wish.id == Photo.wish_id)
        .where(Wish.community_id == community_id, Photo.is_public, Wish.state.in_(PUBLIC))
        .order_by(Photo.made_public_at.desc(), Photo.id.desc())
        .limit(limit)
    )  # fmt: skip
    return [AlbumPhoto._make(row) for row in db.session.execute(query)]


def list_stored_keys(keys: Iterable[str]) -> set[str]:
    """Which of these storage keys a row stands for."""
    query = select(Photo.storage_key).where(Photo.storage_key.in_(list(keys)))
    return set(db.session.scalars(query))


def list_resembling(sha256: str, fingerprint: str) -> list[Known]:
    """Pictures of the archive that are this file, or look like it, oldest first.

    A scan of one column: some 40 ms at 100,000 pictures, and never inside an errand.
    """
    blank = min(int(fingerprint, 16).bit_count(), 128 - int(fingerprint, 16).bit_count())
    query = select(Photo.id, Photo.sha256, Photo.fingerprint, Photo.wish_id, Photo.ask_id)
    if blank < FEW_MARKS:
        query = query.where(Photo.sha256 == sha256)
    rows = db.session.execute(query.order_by(Photo.id).execution_options(yield_per=5000))
    return [
        Known(row.id, row.wish_id, row.ask_id)
        for row in rows
        if row.sha256 == sha256 or phash_distance(row.fingerprint, fingerprint) <= SAME_PICTURE
    ]


def list_own_asks(wish_id: int) -> set[int]:
    """The asks behind a wish: the resident's picture of it is no second use."""
    return set(db.session.scalars(select(Ask.id).where(Ask.wish_id == wish_id)))
