"""Plain facts about roles, areas and names: no session, no request, no clock."""

from __future__ import annotations

import enum

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


def write_number(serial: int, birth_year: int) -> str:
    """A volunteer number: 12 digits in three groups, the last a check digit (mod 97).

    Shown instead of an identity number, which is never stored.
    """
    body = f"{birth_year % 10000:04d}{serial:06d}"
    check = 97 - int(body) % 97
    digits = f"{body}{check:02d}"
    return f"{digits[:4]} {digits[4:8]} {digits[8:]}"
