"""Who may see a resident's card: those who look after them, and nobody above."""

from __future__ import annotations

from sqlalchemy import select

from accounts.models import Area
from accounts.policies import get_desk, works_at
from accounts.queries.areas import get_community_of
from accounts.queries.people import get_person
from accounts.rules import AREA_ROLES, Role
from foundation.db import db
from wishes.models import Resident, RoundHelper
from wishes.refusals.residents import ResidentNotFound
from wishes.rules.residents import Look

CARERS = frozenset({Role.COMMUNITY_WORKER, Role.GRID_WORKER})
PLANNERS = frozenset({Role.COMMUNITY_WORKER})


def get_care_desk(user_id: int, area_id: int) -> Area:
    """The community or grid whose residents this person looks after. Raises AreaNotFound.

    A supervisor is nobody here: the street sees counts only.
    """
    desk = get_desk(user_id, area_id, CARERS)
    get_community_of(desk)
    return desk


def get_counting_desk(user_id: int, area_id: int) -> Area:
    """A community or grid of which the person may know the counts. Raises AreaNotFound."""
    desk = get_desk(user_id, area_id, AREA_ROLES)
    get_community_of(desk)
    return desk


def get_planning_desk(user_id: int, area_id: int) -> Area:
    """The community whose rounds the person plans: its workers. Raises AreaNotFound."""
    return get_community_of(get_desk(user_id, area_id, PLANNERS))


def looks_after(user_id: int, area_id: int) -> bool:
    """Whether cards of this desk are this person's to open."""
    return works_at(user_id, area_id, CARERS)


def plans_at(user_id: int, area_id: int) -> bool:
    """Whether the person plans the rounds of this community."""
    return works_at(user_id, area_id, PLANNERS)


def ensure_looks_after(user_id: int, resident: Resident) -> None:
    """Raises ResidentNotFound for anybody but the staff of the resident's grid and community."""
    if resident.erased_at is not None or not looks_after(
        user_id, resident.grid_id or resident.community_id
    ):
        raise ResidentNotFound


def ensure_may_visit(user_id: int, resident: Resident) -> Look:
    """As what the person calls on the resident: staff, or the volunteer who was asked to.

    Raises ResidentNotFound for everybody else, and for a helper whose identity is not confirmed.
    """
    if resident.erased_at is not None:
        raise ResidentNotFound
    if looks_after(user_id, resident.grid_id or resident.community_id):
        return Look.STAFF
    mine = select(RoundHelper.id).where(
        RoundHelper.id == resident.helper_id,
        RoundHelper.user_id == user_id,
        RoundHelper.ended_at.is_(None),
    )
    if db.session.scalars(mine).first() is None or get_person(user_id).confirmed_at is None:
        raise ResidentNotFound
    return Look.VISITOR
