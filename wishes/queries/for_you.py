"""适合您的: which open wishes suit a person, by the same rules as the desk's suggestions."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Executable, exists, func, or_, select

from accounts.models import Area, User
from accounts.queries.skills import get_help
from foundation.db import db
from wishes.models import Attendance, Commitment, Place, Wish
from wishes.queries.suggestions import MOST_LOOKED_AT, SHOWN, make_need
from wishes.rules.kinds import Category, WishKind
from wishes.rules.life import WishState
from wishes.rules.matching import Helper, Reason, fits_in_time, is_worth_it, score, why_person


class WishFit(NamedTuple):
    """A wish that suits the reader; times are UTC."""

    wish_id: int
    title: str
    kind: WishKind
    starts_at: datetime
    ends_at: datetime
    community_name: str
    public_place: str
    left: int
    reasons: tuple[Reason, ...]


def suggest_wishes(user_id: int, *, at: datetime, limit: int = SHOWN) -> list[WishFit]:
    """Open wishes of the person's street that suit them, best first, with the reasons.

    The same rules the other way round; four statements and the columns of the person.
    """
    home = db.session.execute(
        select(User.home_area_id, Area.parent_id)
        .join(Area, Area.id == User.home_area_id)
        .where(User.id == user_id)
    ).first()
    if home is None or home[0] is None:
        return []
    told, counts = get_help(user_id), _count_done_by_category(user_id)
    found = []
    for row in db.session.execute(_open_near(user_id, home[0], home[1], at=at)):
        need = make_need(
            row.category, f"{row.title} {row.text}", row.community_id, row.kind, row.starts_at,
            row.ends_at,
        )  # fmt: skip
        person = Helper(
            home[0], told.skills, told.own_words, told.slots, told.away_from, told.away_until,
            counts.get(need.category, 0),
        )  # fmt: skip
        reasons = why_person(person, need)
        if is_worth_it(reasons) and fits_in_time(person, need):
            found.append(
                WishFit(
                    row.id,
                    row.title,
                    row.kind,
                    row.starts_at,
                    row.ends_at,
                    row.name,
                    row.public_place,
                    row.left,
                    reasons,
                )
            )
    return sorted(found, key=lambda fit: (-score(fit.reasons), fit.starts_at))[:limit]


def _open_near(user_id: int, home_id: int, street_id: int | None, *, at: datetime) -> Executable:
    mine = select(Place.wish_id).where(Place.user_id == user_id, Place.live)
    busy = exists().where(
        Commitment.user_id == user_id, Commitment.live,
        Commitment.starts_at < Wish.ends_at, Commitment.ends_at > Wish.starts_at,
    )  # fmt: skip
    return (
        select(
            Wish.id, Wish.category, Wish.title, Wish.text, Wish.community_id, Wish.kind,
            Wish.starts_at, Wish.ends_at, Wish.public_place, Area.name,
            (Wish.headcount - Wish.places_taken).label("left"),
        )
        .join(Area, Area.id == Wish.community_id)
        .where(
            Wish.state == WishState.OPEN, Wish.starts_at > at,
            or_(Area.id == home_id, Area.parent_id == street_id),
            Wish.id.not_in(mine), or_(Wish.kind == WishKind.ITEM, ~busy),
        )
        .order_by(Wish.starts_at, Wish.id)
        .limit(MOST_LOOKED_AT)
    )  # fmt: skip


def _count_done_by_category(user_id: int) -> dict[Category, int]:
    query = (
        select(Wish.category, func.count())
        .join(Attendance, Attendance.wish_id == Wish.id)
        .where(
            Attendance.user_id == user_id, Attendance.left_at.is_not(None),
            Wish.state == WishState.VERIFIED,
        )
        .group_by(Wish.category)
    )  # fmt: skip
    return {Category(category): count for category, count in db.session.execute(query)}
