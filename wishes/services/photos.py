"""Pictures: stored before the errand, rowed inside it, and removed again when it refuses."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from foundation import clock, media
from foundation.db import db
from foundation.errands import errand
from foundation.media.blurring import blur_squares
from wishes.models import Photo
from wishes.policies.photos import ensure_may_hand_in
from wishes.policies.verifying import ensure_works_on
from wishes.queries.completion import lock_wish
from wishes.queries.photos import (
    Known,
    get_photo,
    list_own_asks,
    list_resembling,
    list_stored_keys,
)
from wishes.refusals.completion import PhotoChanged, PhotoNotFound, WishClosed
from wishes.rules.kinds import PhotoPurpose
from wishes.rules.life import WishState

CLOSED = frozenset({WishState.VERIFIED, WishState.CANCELLED, WishState.EXPIRED})


@dataclass(frozen=True)
class KeptPhoto:
    """A picture whose files lie in the store and whose row an errand will write."""

    storage_key: str
    sha256: str
    fingerprint: str
    taken_at: datetime | None
    width: int
    height: int
    resembling: tuple[Known, ...]


@contextmanager
def keep_photos(uploads: Iterable[media.Upload]) -> Iterator[list[KeptPhoto]]:
    """Prepare and store uploads around an errand; files without a row are removed at the end.

    with keep_photos(form.photos.data) as kept:
        service(…, photos=kept)

    Image work, so never inside an errand. Raises a PhotoRefusal that names the file. A refused
    errand and a repeated one leave no file behind.
    """
    kept: list[KeptPhoto] = []
    try:
        for prepared in media.prepare_all(uploads or ()):
            with prepared:
                kept.append(_keep(prepared))
        yield kept
    finally:
        _forget_rowless([photo.storage_key for photo in kept])


def _keep(prepared: media.PreparedPhoto) -> KeptPhoto:
    resembling = list_resembling(prepared.sha256, prepared.phash)
    return KeptPhoto(
        storage_key=media.save(prepared),
        sha256=prepared.sha256,
        fingerprint=prepared.phash,
        taken_at=prepared.taken_at,
        width=prepared.width,
        height=prepared.height,
        resembling=tuple(resembling),
    )


def _forget_rowless(keys: list[str]) -> None:
    if not keys:
        return
    for key in set(keys) - list_stored_keys(keys):
        media.delete(key)


def attach_photos(
    kept: Sequence[KeptPhoto],
    *,
    purpose: PhotoPurpose,
    uploaded_by_id: int | None,
    wish_id: int | None = None,
    ask_id: int | None = None,
) -> list[int]:
    """Write the rows of kept pictures, inside the errand that is open. Returns their ids.

    A picture that another wish or ask already used is marked, never refused.
    """
    own_asks = list_own_asks(wish_id) if wish_id is not None and kept else set()
    own_asks |= {ask_id} if ask_id is not None else set()
    photos = [
        Photo(
            wish_id=wish_id,
            ask_id=ask_id,
            purpose=purpose,
            storage_key=photo.storage_key,
            sha256=photo.sha256,
            fingerprint=photo.fingerprint,
            taken_at=photo.taken_at,
            width=photo.width,
            height=photo.height,
            uploaded_by_id=uploaded_by_id,
            uploaded_at=clock.now(),
            used_before_id=_used_before(photo, wish_id=wish_id, own_asks=own_asks),
        )
        for photo in kept
    ]
    db.session.add_all(photos)
    db.session.flush()
    return [photo.id for photo in photos]


def _used_before(photo: KeptPhoto, *, wish_id: int | None, own_asks: set[int]) -> int | None:
    for known in photo.resembling:
        same_wish = wish_id is not None and known.wish_id == wish_id
        if not same_wish and known.ask_id not in own_asks:
            return known.id
    return None


@errand
def add_photos(
    wish_id: int, *, actor_id: int, photos: Sequence[KeptPhoto], purpose: PhotoPurpose
) -> list[int]:
    """The community adds pictures to a wish. Raises WishNotFound, WishClosed."""
    wish = lock_wish(wish_id)
    ensure_works_on(actor_id, wish)
    _ensure_open(wish.state)
    return attach_photos(photos, wish_id=wish_id, purpose=purpose, uploaded_by_id=actor_id)


@errand
def hand_in_photos(wish_id: int, *, actor_id: int, photos: Sequence[KeptPhoto]) -> list[int]:
    """A volunteer with a place hands pictures in; the community chooses among them.

    Raises PhotosNotYours, WishClosed.
    """
    wish = lock_wish(wish_id)
    ensure_may_hand_in(actor_id, wish_id)
    _ensure_open(wish.state)
    return attach_photos(
        photos, wish_id=wish_id, purpose=PhotoPurpose.HANDED_IN, uploaded_by_id=actor_id
    )


def _ensure_open(state: WishState) -> None:
    if state in CLOSED:
        raise WishClosed


def _get_own_photo(photo_id: int, actor_id: int) -> Photo:
    photo = get_photo(photo_id)
    if photo.wish_id is None:
        raise PhotoNotFound
    ensure_works_on(actor_id, lock_wish(photo.wish_id))
    return photo


@errand
def choose_purpose(photo_id: int, *, actor_id: int, purpose: PhotoPurpose) -> int:
    """The community says what a picture shows. Returns the picture's id."""
    photo = _get_own_photo(photo_id, actor_id)
    photo.purpose = purpose
    return photo.id


def blur_photo(photo_id: int, *, actor_id: int, squares: Collection[int]) -> None:
    """Blur squares of a picture for good; the original's hash stays, its pixels go.

    Image work around an errand. Raises PhotoNotFound, WishNotFound, PhotoChanged (somebody
    else blurred it meanwhile).
    """
    before = get_photo(photo_id).storage_key
    after = blur_squares(before, squares)
    try:
        _replace_file(photo_id, actor_id=actor_id, before=before, after=after)
    finally:
        _forget_rowless([before, after])


@errand
def _replace_file(photo_id: int, *, actor_id: int, before: str, after: str) -> int:
    photo = _get_own_photo(photo_id, actor_id)
    if photo.storage_key != before:
        raise PhotoChanged
    photo.storage_key = after
    return photo.id


@errand
def make_public(photo_id: int, *, actor_id: int) -> int:
    """Show a picture to everybody, after somebody looked for faces and door numbers."""
    photo = _get_own_photo(photo_id, actor_id)
    photo.is_public = True
    photo.made_public_by_id = actor_id
    photo.made_public_at = clock.now()
    return photo.id


@errand
def make_private(photo_id: int, *, actor_id: int) -> int:
    """Take a picture back from the public pages."""
    photo = _get_own_photo(photo_id, actor_id)
    photo.is_public = False
    photo.made_public_by_id = photo.made_public_at = None
    return photo.id
