"""Which places the wall offers as filters: the reader's own, and the one that was asked for."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import aliased

from accounts.models import Area, User
from accounts.queries.areas import get_area
from accounts.rules import AreaKind
from foundation.db import db

Named = tuple[int, str]


def list_places(user_id: int | None, area_id: int | None) -> list[Named]:
    """The reader's community and street; then the place asked for and its street, if other.

    Raises AreaNotFound for a place that is not there.
    """
    places = list_home_areas(user_id) if user_id is not None else []
    if area_id is not None and area_id not in dict(places):
        places += [each for each in _list_around(get_area(area_id)) if each not in places]
    return places


def _list_around(area: Area) -> list[Named]:
    around = [(area.id, area.name)]
    if area.kind == AreaKind.COMMUNITY and area.parent is not None:
        around.append((area.parent.id, area.parent.name))
    return around


def list_home_areas(user_id: int) -> list[tuple[int, str]]:
    """The person's own community and the street it lies in, as (id, name); empty without one."""
    street = aliased(Area)
    query = (
        select(Area.id, Area.name, street.id, street.name)
        .join(User, User.home_area_id == Area.id)
        .outerjoin(street, street.id == Area.parent_id)
        .where(User.id == user_id)
    )
    row = db.session.execute(query).one_or_none()
    home: list[tuple[int | None, str]] = [(row[0], row[1]), (row[2], row[3])] if row else []
    return [(area_id, name) for area_id, name in home if area_id is not None]
