"""Reads of presses: one, those of a place, those that are over for everybody to read."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from accounts.models import Area
from foundation.db import db
from wishes.models import Press, Referral
from wishes.queries.referrals import Place, spot_of_area, spot_of_unit
from wishes.refusals.referrals import PressNotFound
from wishes.rules.lateness import Kind
from wishes.rules.pressing import PressState
from wishes.rules.referrals import Spot

_WHOLE = (
    joinedload(Press.ask),
    joinedload(Press.wish),
    joinedload(Press.referral).joinedload(Referral.ask),
    joinedload(Press.referral).joinedload(Referral.wish),
    joinedload(Press.by_area),
    joinedload(Press.to_area),
    joinedload(Press.to_unit),
)


def get_press(press_id: int) -> Press:
    """A press by id. Raises PressNotFound."""
    query = select(Press).where(Press.id == press_id).options(*_WHOLE)
    press = db.session.scalars(query).one_or_none()
    if press is None:
        raise PressNotFound
    return press


def lock_press(press_id: int) -> Press:
    """A press, locked until the errand ends. Raises PressNotFound."""
    query = select(Press).where(Press.id == press_id).with_for_update()
    press = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if press is None:
        raise PressNotFound
    return press


def kind_of(press: Press) -> Kind:
    """What was pressed: an ask, a wish or a referral."""
    if press.ask_id is not None:
        return Kind.ASK
    return Kind.WISH if press.wish_id is not None else Kind.REFERRAL


def is_private(press: Press) -> bool:
    """Whether it is about an ask that only the community reads."""
    ask = press.ask or (press.referral.ask if press.referral else None)
    return ask is not None and not ask.is_public


def pressed_title(press: Press) -> str:
    """The title of what was pressed."""
    referral = press.referral
    found = press.ask or press.wish or (referral.ask or referral.wish if referral else None)
    return found.title if found is not None else ""


def receiver_of_press(press: Press) -> Spot:
    """Who signs for it."""
    if press.to_unit is not None:
        return spot_of_unit(press.to_unit)
    return spot_of_area(db.session.get_one(Area, press.to_area_id))


def list_presses_to(place: Place, states: Iterable[PressState]) -> list[Press]:
    """Presses that a place signs for, the first due first."""
    query = select(Press).where(Press.state.in_(list(states)))
    if place.unit_id is not None:
        query = query.where(Press.to_unit_id == place.unit_id)
    else:
        query = query.where(Press.to_area_id == place.area_id)
    return list(db.session.scalars(query.options(*_WHOLE).order_by(Press.due_on, Press.id)))


def count_unsigned(area_id: int) -> int:
    """How many presses an area has not signed for."""
    query = select(func.count()).where(
        Press.to_area_id == area_id, Press.state == PressState.PRESSED
    )
    return db.session.execute(query).scalar_one()


def list_presses_by(area: Area, *, limit: int = 100) -> list[Press]:
    """Presses by an area or by those under it that are under way, the first due first."""
    query = (
        select(Press)
        .join(Area, Area.id == Press.by_area_id)
        .where(Area.path.startswith(area.path), Press.state != PressState.ENDED)
        .options(*_WHOLE)
    )
    return list(db.session.scalars(query.order_by(Press.due_on, Press.id).limit(limit)))


def list_bulletins(area: Area, *, limit: int = 100) -> list[Press]:
    """通报: ended presses of this area and those above it (and under it), latest first."""
    above = [int(part) for part in area.path.strip("/").split("/") if part]
    query = (
        select(Press)
        .join(Area, Area.id == Press.by_area_id)
        .where(
            Press.state == PressState.ENDED,
            Press.by_area_id.in_(above) | Area.path.startswith(area.path),
        )
        .options(*_WHOLE)
    )
    return list(db.session.scalars(query.order_by(Press.ended_at.desc()).limit(limit)))
