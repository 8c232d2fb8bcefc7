"""Verification needs a second person who had no hand in the service."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select, union

from accounts.models import Area
from accounts.policies import works_at
from accounts.queries.people import list_staff_ids, list_staff_ids_above
from accounts.rules import AREA_ROLES, Role
from foundation.db import db
from wishes.models import (
    Attendance,
    AttendanceEvent,
    Claim,
    ItemDelivery,
    Place,
    Report,
    Wish,
)
from wishes.refusals import CannotVerifyOwn, WishNotFound

CALL_BACK = "confirm"  # asking the resident is part of verifying, no hand in the service


def list_hands(wish_ids: Iterable[int]) -> dict[int, set[int]]:
    """Who had a hand in each wish: claimed, named people, attended, entered or corrected
    attendance, moved the item, reported."""
    ids = list(wish_ids)
    columns = (
        (Claim, Claim.claimed_by_id, Claim.live),
        (Place, Place.named_by_id, Place.live),
        (Attendance, Attendance.user_id, None),
        (Report, Report.reported_by_id, None),
        (ItemDelivery, ItemDelivery.received_by_id, None),
        (ItemDelivery, ItemDelivery.checked_by_id, None),
        (ItemDelivery, ItemDelivery.handed_over_by_id, None),
    )
    queries = [
        select(model.wish_id, who).where(
            model.wish_id.in_(ids), *([only] if only is not None else [])
        )
        for model, who, only in columns
    ]
    queries.append(
        select(Attendance.wish_id, AttendanceEvent.actor_id)
        .join(AttendanceEvent, AttendanceEvent.attendance_id == Attendance.id)
        .where(Attendance.wish_id.in_(ids), AttendanceEvent.what != CALL_BACK)
    )
    hands: dict[int, set[int]] = {wish_id: set() for wish_id in ids}
    for wish_id, user_id in db.session.execute(union(*queries)):
        if user_id is not None:
            hands[wish_id].add(user_id)
    return hands


def had_a_hand_in(user_id: int, wish_id: int) -> bool:
    """Whether the person served, entered, corrected or reported the wish."""
    return user_id in list_hands([wish_id])[wish_id]


def works_on(user_id: int, wish: Wish) -> bool:
    """Whether the person is staff of the wish's community or above, or of its grid."""
    return works_at(user_id, wish.grid_id or wish.community_id, AREA_ROLES)


def ensure_works_on(user_id: int, wish: Wish) -> None:
    """Raises WishNotFound (404) for anybody who is not staff of the wish's place."""
    if not works_on(user_id, wish):
        raise WishNotFound


def ensure_may_verify(user_id: int, wish: Wish) -> None:
    """Raises WishNotFound for strangers, CannotVerifyOwn for whoever had a hand in it."""
    ensure_works_on(user_id, wish)
    if had_a_hand_in(user_id, wish.id):
        raise CannotVerifyOwn


def list_verifiers(wish: Wish) -> list[int]:
    """Who could verify at home: the community's workers and the grid's, without a hand in it."""
    hands = list_hands([wish.id])[wish.id]
    near = list_staff_ids(wish.community_id, [Role.COMMUNITY_WORKER, Role.GRID_WORKER])
    if wish.grid_id is not None:
        near += list_staff_ids(wish.grid_id, [Role.GRID_WORKER])
    return [user_id for user_id in dict.fromkeys(near) if user_id not in hands]


def list_verifiers_above(wish: Wish) -> list[int]:
    """The street's (and city's) people who may verify when nobody at home can."""
    community = db.session.get_one(Area, wish.community_id)
    hands = list_hands([wish.id])[wish.id]
    return [
        user_id
        for user_id in list_staff_ids_above(community, [Role.SUPERVISOR])
        if user_id not in hands
    ]
