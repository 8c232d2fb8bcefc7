"""Reads of the area tree."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import Area
from accounts.refusals import AreaNotFound
from accounts.rules import AreaKind
from foundation.db import db


def get_area(area_id: int) -> Area:
    """An area by id. Raises AreaNotFound."""
    area = db.session.get(Area, area_id)
    if area is None:
        raise AreaNotFound
    return area


def list_communities(under: Area | None = None) -> list[Area]:
    """All communities, or those at or under an area, by name."""
    query = select(Area).where(Area.kind == AreaKind.COMMUNITY)
    if under is not None:
        query = query.where(Area.path.startswith(under.path))
    return list(db.session.scalars(query.order_by(Area.name, Area.id)))


def list_grids(community_id: int) -> list[Area]:
    """The grids of a community, by name."""
    query = select(Area).where(Area.parent_id == community_id, Area.kind == AreaKind.GRID)
    return list(db.session.scalars(query.order_by(Area.name, Area.id)))


def get_community_of(area: Area) -> Area:
    """The community an area is, or lies in (for a grid). Raises AreaNotFound above it."""
    if area.kind == AreaKind.COMMUNITY:
        return area
    if area.kind == AreaKind.GRID and area.parent is not None:
        return area.parent
    raise AreaNotFound
