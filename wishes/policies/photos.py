"""Who may see a picture: everybody once it is public, else who works on it or brought it."""

from __future__ import annotations

from sqlalchemy import select

from accounts.policies import works_at
from accounts.rules import AREA_ROLES
from foundation.db import db
from wishes.models import Ask, Attendance, Photo, Place, Wish
from wishes.policies.verifying import works_on
from wishes.refusals.completion import PhotoNotFound, PhotosNotYours
from wishes.rules.life import ASK_PUBLIC, PUBLIC


def is_open_to_all(photo: Photo) -> bool:
    """Whether the picture is public and so is its wish, or its ask."""
    if not photo.is_public:
        return False
    if photo.wish_id is not None:
        return db.session.get_one(Wish, photo.wish_id).state in PUBLIC
    ask = db.session.get(Ask, photo.ask_id)
    return ask is not None and ask.is_public and ask.state in ASK_PUBLIC


def may_see(user_id: int | None, photo: Photo) -> bool:
    """Public pictures: everybody. Private ones: staff there or above, who brought it, who asked."""
    if is_open_to_all(photo):
        return True
    if user_id is None:
        return False
    if photo.uploaded_by_id == user_id:
        return True
    if photo.wish_id is not None and works_on(user_id, db.session.get_one(Wish, photo.wish_id)):
        return True
    ask = db.session.get(Ask, photo.ask_id) if photo.ask_id is not None else None
    if ask is None:
        return False
    return ask.asked_by_id == user_id or works_at(
        user_id, ask.grid_id or ask.community_id, AREA_ROLES
    )


def ensure_may_see(user_id: int | None, photo: Photo) -> None:
    """Raises PhotoNotFound (404), the same as for a picture that is not there."""
    if not may_see(user_id, photo):
        raise PhotoNotFound


def may_hand_in(user_id: int, wish_id: int) -> bool:
    """Whether the person has, or had on the day, a place on the wish."""
    place = select(Place.id).where(Place.wish_id == wish_id, Place.user_id == user_id, Place.live)
    here = select(Attendance.id).where(Attendance.wish_id == wish_id, Attendance.user_id == user_id)
    return any(db.session.execute(query.limit(1)).first() for query in (place, here))


def ensure_may_hand_in(user_id: int, wish_id: int) -> None:
    """Raises PhotosNotYours."""
    if not may_hand_in(user_id, wish_id):
        raise PhotosNotYours
