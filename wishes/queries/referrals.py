"""Reads of referrals: one whole, those of a place, and where one could go."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from accounts.models import Area, Organisation
from accounts.queries.areas import list_below
from accounts.queries.departments import list_departments
from accounts.queries.people import list_coordinator_ids, list_staff_ids
from accounts.rules import AreaKind, Role
from foundation.db import db
from wishes.models import Leg, Referral, ReferralEvent
from wishes.refusals.referrals import ReferralNotFound
from wishes.rules.referrals import CURRENT, HELD, LegState, Spot

DESK = (Role.COMMUNITY_WORKER, Role.SUPERVISOR)
LEVELS = (AreaKind.CITY, AreaKind.STREET)


class Place(NamedTuple):
    """An area's desk or a unit, whichever of the two is not None."""

    area_id: int | None = None
    unit_id: int | None = None


def spot_of_area(area: Area) -> Spot:
    """An area as a place that sends and receives."""
    return Spot(
        name=area.name, path=area.path, area_id=area.id, parent_id=area.parent_id,
        may_send_over=area.kind in LEVELS,
    )  # fmt: skip


def spot_of_unit(unit: Organisation) -> Spot:
    """A unit as a place that receives."""
    return Spot(
        name=unit.name, path=unit.home_area.path if unit.home_area else "", unit_id=unit.id,
        is_department=unit.is_department, is_closed=unit.closed_at is not None,
    )  # fmt: skip


def receiver_of(leg: Leg) -> Spot:
    """Who received a hand-over."""
    if leg.to_unit is not None:
        return spot_of_unit(leg.to_unit)
    return spot_of_area(db.session.get_one(Area, leg.to_area_id))


def list_people_at(spot: Spot) -> list[int]:
    """Ids of those who answer for a place: its desk's staff, or the unit's coordinators."""
    if spot.unit_id is not None:
        return list_coordinator_ids(spot.unit_id)
    return list_staff_ids(spot.area_id or 0, DESK)


def list_targets(sender: Area) -> list[tuple[str, list[Spot]]]:
    """Where a place may pass it on: ("up" | "over" | "down", places), the empty left out.

    Communities go up only; a level above also hands down and over.
    """
    up = [spot_of_area(sender.parent)] if sender.parent is not None else []
    if sender.kind not in LEVELS:
        return [("up", up)] if up else []
    over = [spot_of_unit(unit) for unit in list_departments(sender)]
    down = [spot_of_area(area) for area in list_below(sender.id)]
    return [(way, spots) for way, spots in (("over", over), ("down", down), ("up", up)) if spots]


def lock_referral(referral_id: int) -> Referral:
    """A referral, locked until the errand ends. Raises ReferralNotFound."""
    query = select(Referral).where(Referral.id == referral_id).with_for_update()
    found = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise ReferralNotFound
    db.session.refresh(found, ["legs"])
    return found


def get_referral(referral_id: int) -> Referral:
    """A referral with its hand-overs. Raises ReferralNotFound."""
    query = select(Referral).where(Referral.id == referral_id).options(*_WHOLE)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise ReferralNotFound
    return found


_WHOLE = (
    joinedload(Referral.ask),
    joinedload(Referral.wish),
    joinedload(Referral.community),
    selectinload(Referral.legs).joinedload(Leg.to_unit),
    selectinload(Referral.legs).joinedload(Leg.to_area),
    selectinload(Referral.legs).joinedload(Leg.from_area),
)


def get_current(referral: Referral) -> Leg:
    """The hand-over that waits for its receiver or sender; of a closed one, the first."""
    return next((leg for leg in referral.legs if leg.state in CURRENT), referral.legs[0])


def find_turned_down(referral: Referral, leg: Leg) -> Leg | None:
    """The latest return that brought it back into the hands that have it now."""
    later = [each for each in referral.legs if each.number >= leg.number]
    return later[-1] if later and later[-1].state == LegState.RETURNED else None


def title_of(referral: Referral) -> str:
    """What it is about, as the community's desk calls it."""
    matter = referral.ask or referral.wish
    return matter.title if matter is not None else ""


def list_holders(referral: Referral) -> list[str]:
    """The keys of every place it has come from or through and that has not returned it."""
    keys = [spot_of_area(referral.community).key]
    keys += [receiver_of(leg).key for leg in referral.legs if leg.state in HELD]
    return keys


def find_live(*, ask_id: int | None = None, wish_id: int | None = None) -> Referral | None:
    """The referral of an ask or a wish that is still on its way."""
    query = select(Referral).where(Referral.closed_at.is_(None), matter(ask_id, wish_id))
    return db.session.scalars(query.options(*_WHOLE)).one_or_none()


def list_of(*, ask_id: int | None = None, wish_id: int | None = None) -> list[Referral]:
    """Every referral of an ask or a wish, latest first."""
    query = select(Referral).where(matter(ask_id, wish_id)).options(*_WHOLE)
    return list(db.session.scalars(query.order_by(Referral.id.desc())))


def matter(ask_id: int | None, wish_id: int | None) -> ColumnElement[bool]:
    """The condition of one ask or one wish."""
    return Referral.ask_id == ask_id if ask_id is not None else Referral.wish_id == wish_id


def list_legs_at(
    place: Place, states: Iterable[LegState], *, sent: bool = False, limit: int = 100
) -> list[Leg]:
    """Hand-overs to a place (or, `sent`, from it) in these states, the oldest clock first."""
    query = (
        select(Leg)
        .join(Referral, Referral.id == Leg.referral_id)
        .where(Leg.state.in_(list(states)), _at(place, sent=sent))
        .options(
            joinedload(Leg.referral).joinedload(Referral.ask),
            joinedload(Leg.referral).joinedload(Referral.wish),
            joinedload(Leg.referral).joinedload(Referral.community),
            joinedload(Leg.from_area), joinedload(Leg.to_area), joinedload(Leg.to_unit),
        )
        .order_by(Leg.since, Leg.id)
        .limit(limit)
    )  # fmt: skip
    return list(db.session.scalars(query))


def count_to_do(place: Place) -> int:
    """How many hand-overs wait for this place: to accept or work on, and to confirm."""
    mine = _at(place, sent=False) & Leg.state.in_([LegState.SENT, LegState.ACCEPTED])
    back = _at(place, sent=True) & (Leg.state == LegState.REPORTED)
    query = select(func.count()).select_from(Leg).where(or_(mine, back))
    return db.session.execute(query).scalar_one()


def _at(place: Place, *, sent: bool) -> ColumnElement[bool]:
    if place.unit_id is not None:
        return Leg.to_unit_id == (None if sent else place.unit_id)
    return (Leg.from_area_id if sent else Leg.to_area_id) == place.area_id


def list_referral_events(referral_id: int) -> list[ReferralEvent]:
    """The whole record, oldest first."""
    query = select(ReferralEvent).where(ReferralEvent.referral_id == referral_id)
    return list(db.session.scalars(query.order_by(ReferralEvent.id)))
