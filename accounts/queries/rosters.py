"""Reads of a unit's roster and of who coordinates it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, select

from accounts.models import Invitation, Membership, Organisation, RosterEntry, User
from accounts.refusals import RosterEntryNotFound
from accounts.rules import Role
from foundation.db import db


class Colleague(NamedTuple):
    """A colleague who has joined: the account, and the name their unit knows them by."""

    user_id: int
    name: str
    staff_number: str | None


def _live(organisation_id: int) -> tuple[ColumnElement[bool], ...]:
    return RosterEntry.organisation_id == organisation_id, RosterEntry.removed_at.is_(None)


def list_roster(organisation_id: int) -> list[RosterEntry]:
    """The unit's roster by staff number and name; those who left are not on it."""
    query = select(RosterEntry).where(*_live(organisation_id))
    order = (RosterEntry.staff_number.is_(None), RosterEntry.staff_number, RosterEntry.name)
    return list(db.session.scalars(query.order_by(*order, RosterEntry.id)))


def count_roster(organisation_id: int) -> tuple[int, int]:
    """How many stand on the roster, and how many of them have joined."""
    query = select(func.count(), func.count(RosterEntry.user_id)).where(*_live(organisation_id))
    row = db.session.execute(query).one()
    return row[0], row[1]


def list_joined(organisation_id: int) -> list[Colleague]:
    """Colleagues with an account, by staff number and name: those who can be named."""
    query = select(RosterEntry.user_id, RosterEntry.name, RosterEntry.staff_number).where(
        *_live(organisation_id), RosterEntry.user_id.is_not(None)
    )
    order = (RosterEntry.staff_number.is_(None), RosterEntry.staff_number, RosterEntry.name)
    return [Colleague._make(row) for row in db.session.execute(query.order_by(*order))]


def find_entry_by_phone(organisation_id: int, phone: str) -> RosterEntry | None:
    """The entry with this stored phone, those who left included."""
    query = select(RosterEntry).where(
        RosterEntry.organisation_id == organisation_id, RosterEntry.phone == phone
    )
    return db.session.scalars(query).one_or_none()


def find_entry_of(organisation_id: int, user_id: int) -> RosterEntry | None:
    """The entry tied to this account, those who left included."""
    query = select(RosterEntry).where(
        RosterEntry.organisation_id == organisation_id, RosterEntry.user_id == user_id
    )
    return db.session.scalars(query).one_or_none()


def get_entry(organisation_id: int, entry_id: int) -> RosterEntry:
    """A live entry of this unit's roster. Raises RosterEntryNotFound."""
    query = select(RosterEntry).where(*_live(organisation_id), RosterEntry.id == entry_id)
    entry = db.session.scalars(query).one_or_none()
    if entry is None:
        raise RosterEntryNotFound
    return entry


def find_unit_by_code(code: str) -> Organisation | None:
    """The unit with this join code, written as it is stored."""
    return db.session.scalars(
        select(Organisation).where(Organisation.join_code == code)
    ).one_or_none()


def list_coordinators(organisation_id: int) -> list[tuple[Membership, User]]:
    """The unit's coordinators with their memberships, the longest serving first."""
    query = (
        select(Membership, User)
        .join(User, User.id == Membership.user_id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role == Role.COORDINATOR,
            Membership.ended_at.is_(None),
        )
    )
    rows = db.session.execute(query.order_by(Membership.since, Membership.id))
    return [(membership, person) for membership, person in rows]


def list_pending_of_unit(organisation_id: int, *, at: datetime) -> list[Invitation]:
    """Open invitations to coordinate this unit, newest first."""
    query = select(Invitation).where(
        Invitation.organisation_id == organisation_id,
        Invitation.accepted_at.is_(None),
        Invitation.withdrawn_at.is_(None),
        Invitation.expires_at > at,
    )
    return list(db.session.scalars(query.order_by(Invitation.id.desc())))
