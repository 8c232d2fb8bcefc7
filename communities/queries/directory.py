"""The directory: streets and their communities, found by name, each with what waits there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from accounts.models import Area
from accounts.rules import AreaKind
from foundation.db import db
from foundation.search_text import fold, words
from wishes.models import Wish
from wishes.rules.life import WishState


class Listed(NamedTuple):
    """A community and how many wishes wait for people there."""

    id: int
    name: str
    waiting: int
    street_id: int | None
    street: str | None


@dataclass(frozen=True)
class Neighbourhood:
    """A street and its communities; without a street for what lies in none."""

    id: int | None
    name: str
    communities: list[Listed]


def list_communities_of(*, street_id: int | None = None, query: str = "") -> list[Listed]:
    """The communities of a street, or all; only those whose names hold every word of the query."""
    street = aliased(Area)
    listed = (
        select(Area.id, Area.name, street.id, street.name)
        .outerjoin(street, street.id == Area.parent_id)
        .where(Area.kind == AreaKind.COMMUNITY)
        .order_by(street.name, street.id, Area.name, Area.id)
    )
    if street_id is not None:
        listed = listed.where(Area.parent_id == street_id)
    wanted = words(query)
    return [
        Listed(area_id, name, 0, above_id, above)
        for area_id, name, above_id, above in db.session.execute(listed)
        if all(word in fold(f"{above or ''} {name}") for word in wanted)
    ]


def count_waiting(area_ids: Iterable[int], *, at: datetime) -> dict[int, int]:
    """How many wishes wait for people in each community; none is left out."""
    query = (
        select(Wish.community_id, func.count())
        .where(
            Wish.state == WishState.OPEN, Wish.starts_at > at,
            Wish.community_id.in_(list(area_ids)),
        )
        .group_by(Wish.community_id)
    )  # fmt: skip
    return {row[0]: row[1] for row in db.session.execute(query)}


def by_street(listed: Iterable[Listed]) -> list[Neighbourhood]:
    """The communities under their streets, in the order they come."""
    found: dict[int | None, Neighbourhood] = {}
    for each in listed:
        street = found.setdefault(
            each.street_id, Neighbourhood(each.street_id, each.street or "", [])
        )
        street.communities.append(each)
    return list(found.values())
