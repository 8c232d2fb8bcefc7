"""The area tree and the partner units: who is where."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from blinker import Signal
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from accounts.models import Agreement, Area, Organisation
from accounts.policies import ensure_operator, is_operator, works_at
from accounts.queries.areas import get_area
from accounts.refusals import AreaCannotLieThere, AreaNameTaken, NotStaffHere, UnitNameTaken
from accounts.rules import KIND_LABELS, MAY_LIE_IN, AreaKind, Role, tidy
from accounts.services.inviting import Offer, write_invitation
from accounts.services.rosters import new_join_code
from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.violations import broke

# Sent inside the errand, with the area's id: whoever keeps its name elsewhere writes it anew.
area_renamed = Signal()


@dataclass(frozen=True)
class AreaCard:
    """What the public knows of an area, and whether a second person looks before publishing."""

    name: str
    phone: str | None = None
    address: str | None = None
    second_look: bool = False


@errand
def add_area(parent_id: int | None, *, kind: AreaKind, card: AreaCard, actor_id: int) -> int:
    """Add an area below another, or a root. Returns its id.

    A community gets the random id of its issuing account. Raises OperatorOnly, AreaNotFound,
    AreaCannotLieThere, AreaNameTaken.
    """
    ensure_operator(actor_id)
    return write_area(parent_id, kind=kind, card=card)


def write_area(parent_id: int | None, *, kind: AreaKind, card: AreaCard) -> int:
    """Write an area, inside the errand that is open. Returns its id."""
    parent = get_area(parent_id) if parent_id is not None else None
    above = AreaKind(parent.kind) if parent else None
    if above not in MAY_LIE_IN[kind]:
        raise AreaCannotLieThere(kind=KIND_LABELS[kind])
    _ensure_free_name(parent_id, card.name)
    area = Area(
        parent_id=parent_id, kind=kind, name=card.name, phone=card.phone, address=card.address,
        book_id=str(uuid.uuid4()) if kind is AreaKind.COMMUNITY else None,
        second_look=card.second_look,
    )  # fmt: skip
    db.session.add(area)
    db.session.flush()
    area.path = f"{parent.path if parent else '/'}{area.id}/"
    return area.id


@errand
def change_area(area_id: int, *, card: AreaCard, actor_id: int) -> None:
    """Rename an area, change its phone, address and care. Raises OperatorOnly, AreaNameTaken."""
    ensure_operator(actor_id)
    area = get_area(area_id)
    _ensure_free_name(area.parent_id, card.name, but=area_id)
    is_renamed = area.name != card.name
    area.name, area.phone, area.address = card.name, card.phone, card.address
    area.second_look = card.second_look
    if is_renamed:
        area_renamed.send(area_id)


def _ensure_free_name(parent_id: int | None, name: str, *, but: int | None = None) -> None:
    """Sisters have different names; the table does not see roots as sisters, so ask."""
    query = select(Area.id).where(Area.parent_id == parent_id, Area.name == name, Area.id != but)
    if db.session.execute(query.limit(1)).first() is not None:
        raise AreaNameTaken(name=name)


@dataclass(frozen=True)
class UnitCard:
    """A partner unit (共建单位) and its first coordinator."""

    name: str
    short_name: str
    home_area_id: int
    coordinator_name: str
    coordinator_email: str | None = None


@errand
def open_unit(card: UnitCard, *, actor_id: int) -> int:
    """Register a unit with a community and invite its coordinator. Returns the invitation's id.

    Raises NotStaffHere, UnitNameTaken, AreaNotFound.
    """
    at = clock.now()
    home = get_area(card.home_area_id)
    if not (is_operator(actor_id) or works_at(actor_id, home.id)):
        raise NotStaffHere
    unit_id = _write_unit(card, at=at)
    db.session.add(Agreement(organisation_id=unit_id, area_id=home.id, since=at))
    db.session.flush()
    offer = Offer(
        role=Role.COORDINATOR, name=card.coordinator_name, organisation_id=unit_id,
        email=card.coordinator_email,
    )  # fmt: skip
    return write_invitation(offer, actor_id=actor_id, at=at)


def _write_unit(card: UnitCard, *, at: datetime) -> int:
    unit = Organisation(
        name=tidy(card.name), short_name=tidy(card.short_name), home_area_id=card.home_area_id,
        join_code=new_join_code(), created_at=at,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(unit)
    except IntegrityError as error:
        if broke(error, "uq_organisation_name", "organisation.name"):
            raise UnitNameTaken(name=card.name) from error
        raise
    return unit.id
