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


def list_reachable() -> list[Area]:
    """Communities that can be called, by name: at most twenty."""
    query = select(Area).where(Area.kind == AreaKind.COMMUNITY, Area.phone.is_not(None))
    return list(db.session.scalars(query.order_by(Area.name, Area.id).limit(20)))


def list_tree() -> list[Area]:
    """The whole tree in the order a person reads it: each area before those in it."""
    areas = list(db.session.scalars(select(Area).order_by(Area.name, Area.id)))
    below: dict[int | None, list[Area]] = {}
    for area in areas:
        below.setdefault(area.parent_id, []).append(area)
    ordered: list[Area] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        area = waiting.pop()
        ordered.append(area)
        waiting.extend(reversed(below.get(area.id, [])))
    return ordered


def list_below(area_id: int) -> list[Area]:
    """The areas that lie directly in this one, by name."""
    query = select(Area).where(Area.parent_id == area_id)
    return list(db.session.scalars(query.order_by(Area.name, Area.id)))
