"""Units that get referrals: the departments (部门) of an area."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from accounts.models import Area, Organisation
from foundation.db import db


def list_units_under(area: Area) -> list[Organisation]:
    """Every unit whose home lies at or under an area, departments first, by name."""
    query = (
        select(Organisation)
        .join(Area, Area.id == Organisation.home_area_id)
        .where(Area.path.startswith(area.path))
        .options(joinedload(Organisation.home_area))
        .order_by(Organisation.is_department.desc(), Organisation.name)
    )
    return list(db.session.scalars(query))


def list_departments(area: Area) -> list[Organisation]:
    """The departments under an area that still take referrals, by name."""
    units = list_units_under(area)
    return [unit for unit in units if unit.is_department and unit.closed_at is None]
