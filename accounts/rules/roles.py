"""Roles, the area tree and what is agreed to."""

from __future__ import annotations

import enum
from datetime import timedelta

from foundation.refusal import N_


class AreaKind(enum.StrEnum):
    """The levels of the one area tree, widest first."""

    CITY = "city"
    STREET = "street"
    COMMUNITY = "community"
    GRID = "grid"


class Role(enum.StrEnum):
    """What a membership lets a person do at its area or unit."""

    SUPERVISOR = "supervisor"  # 街道·区·市, at a street or city
    COMMUNITY_WORKER = "community_worker"  # 社区工作者, at a community
    GRID_WORKER = "grid_worker"  # 网格员, at a grid (or a community)
    COORDINATOR = "coordinator"  # 共建单位联络员, at a unit
    COLLEAGUE = "colleague"  # a unit's own person, joined by code


AREA_ROLES = frozenset({Role.SUPERVISOR, Role.COMMUNITY_WORKER, Role.GRID_WORKER})
UNIT_ROLES = frozenset({Role.COORDINATOR, Role.COLLEAGUE})

ROLE_LABELS = {
    Role.SUPERVISOR: N_("街道工作人员"),
    Role.COMMUNITY_WORKER: N_("社区工作者"),
    Role.GRID_WORKER: N_("网格员"),
    Role.COORDINATOR: N_("单位联络员"),
    Role.COLLEAGUE: N_("单位同事"),
}

ROLE_AT = {
    Role.SUPERVISOR: frozenset({AreaKind.CITY, AreaKind.STREET}),
    Role.COMMUNITY_WORKER: frozenset({AreaKind.COMMUNITY}),
    Role.GRID_WORKER: frozenset({AreaKind.GRID, AreaKind.COMMUNITY}),
}


class ConsentKind(enum.StrEnum):
    """What a person agreed to, each asked by itself."""

    TERMS = "terms"
    PARTY_MEMBERSHIP = "party_membership"
    PHOTOS = "photos"


def is_under(path: str, root: str) -> bool:
    """Whether the area at `path` lies at or under the area at `root` (paths like /1/4/9/)."""
    return path.startswith(root)


INVITATION_LIFE = timedelta(days=7)
MAY_LIE_IN = {
    AreaKind.CITY: frozenset({None}),
    AreaKind.STREET: frozenset({None, AreaKind.CITY}),
    AreaKind.COMMUNITY: frozenset({AreaKind.STREET, AreaKind.CITY}),
    AreaKind.GRID: frozenset({AreaKind.COMMUNITY}),
}
KIND_LABELS = {
    AreaKind.CITY: N_("城市"),
    AreaKind.STREET: N_("街道"),
    AreaKind.COMMUNITY: N_("社区"),
    AreaKind.GRID: N_("网格"),
}


def list_kinds_below(kind: AreaKind | None) -> list[AreaKind]:
    """The levels that may lie directly in an area of this kind (None: at the root)."""
    return [below for below, above in MAY_LIE_IN.items() if kind in above]
