"""Reads of 关注: what a person follows, and who follows a community."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from accounts.models import Area
from foundation.db import db
from wishes.models import CommunityFollow


class Followed(NamedTuple):
    """A community that a person follows."""

    area_id: int
    name: str
    by_mail: bool


class Follower(NamedTuple):
    """A person who follows, and whether they want mail."""

    user_id: int
    by_mail: bool


def is_following(user_id: int, area_id: int) -> bool:
    """Whether the person follows the community."""
    query = select(CommunityFollow.id).where(
        CommunityFollow.user_id == user_id, CommunityFollow.area_id == area_id
    )
    return db.session.execute(query).first() is not None


def list_followed(user_id: int) -> list[Followed]:
    """What the person follows, by name."""
    query = (
        select(Area.id, Area.name, CommunityFollow.by_mail)
        .join(CommunityFollow, CommunityFollow.area_id == Area.id)
        .where(CommunityFollow.user_id == user_id)
        .order_by(Area.name, Area.id)
    )
    return [Followed._make(row) for row in db.session.execute(query)]


def list_followers(area_id: int) -> list[Follower]:
    """Who follows the community, the oldest first."""
    query = select(CommunityFollow.user_id, CommunityFollow.by_mail).where(
        CommunityFollow.area_id == area_id
    )
    rows = db.session.execute(query.order_by(CommunityFollow.id))
    return [Follower._make(row) for row in rows]
