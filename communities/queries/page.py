"""What the community's own page shows: numbers, units, figures of the month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, literal, select

from accounts.models import Agreement, Area, Organisation
from communities.models import UsefulNumber
from foundation.db import db
from love_bank.queries import issued_minutes
from wishes.models import Attendance, Claim, Wish
from wishes.queries.guests import attended
from wishes.rules.life import WishState


@dataclass(frozen=True)
class Figures:
    """A community's month: wishes done, 服务人次, minutes recorded, units that had a part.

    No ranking is made of them: 减负.
    """

    done: int
    turns: int
    minutes: int
    units: int
    guests: int  # 受益人次


def get_figures(area: Area, *, since: datetime, until: datetime) -> Figures:
    """What was verified in [since, until), in one statement of counts."""
    verified = (
        Wish.community_id == area.id,
        Wish.state == WishState.VERIFIED,
        Wish.closed_at >= since,
        Wish.closed_at < until,
    )
    done = select(func.count()).select_from(Wish).where(*verified)
    turns = (
        select(func.count(Attendance.id))
        .join(Wish, Wish.id == Attendance.wish_id)
        .where(*verified, Attendance.arrived_at.is_not(None))
    )
    units = (
        select(func.count(Claim.organisation_id.distinct()))
        .join(Wish, Wish.id == Claim.wish_id)
        .where(*verified, Claim.live)
    )
    minutes = issued_minutes(area.book_id, since=since, until=until) if area.book_id else literal(0)
    counts = select(
        done.scalar_subquery(),
        turns.scalar_subquery(),
        minutes,
        units.scalar_subquery(),
        attended([area.id], since=since, until=until).scalar_subquery(),
    )
    return Figures(*(int(number) for number in db.session.execute(counts).one()))


def list_numbers(area_id: int) -> list[UsefulNumber]:
    """The useful numbers in their order."""
    query = select(UsefulNumber).where(UsefulNumber.area_id == area_id)
    return list(db.session.scalars(query.order_by(UsefulNumber.position, UsefulNumber.id)))


def list_partners(area_id: int) -> list[str]:
    """The names of the units that work together with the community."""
    query = select(Organisation.name).join(Agreement, Agreement.organisation_id == Organisation.id)
    return list(
        db.session.scalars(query.where(Agreement.area_id == area_id).order_by(Agreement.id))
    )
