"""Whose desk it is: a community's or a grid's staff, and the levels above; 404 for anybody else."""

from __future__ import annotations

from accounts.models import Area
from accounts.policies import get_desk, works_at
from accounts.queries.areas import get_area, get_community_of
from accounts.refusals import AreaNotFound
from accounts.rules import AREA_ROLES, AreaKind


def get_staff_desk(user_id: int, area_id: int) -> Area:
    """A community or a grid where the person works in any role. Raises AreaNotFound."""
    desk = get_desk(user_id, area_id, AREA_ROLES)
    get_community_of(desk)
    return desk


def get_worker_desk(user_id: int, area_id: int) -> Area:
    """A community where the person publishes. Raises AreaNotFound, for grid workers too."""
    return get_community_of(get_desk(user_id, area_id))


def may_publish_at(user_id: int, desk: Area) -> bool:
    """Whether the person writes and publishes at this desk; a grid worker asks instead."""
    return desk.kind == AreaKind.COMMUNITY and works_at(user_id, desk.id)


def get_public_community(area_id: int) -> Area:
    """A community as everybody sees it. Raises AreaNotFound."""
    area = get_area(area_id)
    if area.kind != AreaKind.COMMUNITY:
        raise AreaNotFound
    return area
