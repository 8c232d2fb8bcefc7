"""Reads of people and their memberships."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_login import UserMixin
from sqlalchemy import bindparam, select

from accounts.models import Area, Membership, Organisation, RosterEntry, User
from accounts.refusals import PersonNotFound, UnitNotFound
from accounts.rules import Contact, Role
from foundation.db import db, run, table_of


def find_person(user_id: int) -> User | None:
    """A person by id, None when there is none."""
    return db.session.get(User, user_id)


def get_person(user_id: int) -> User:
    """A person by id. Raises PersonNotFound."""
    person = db.session.get(User, user_id)
    if person is None:
        raise PersonNotFound
    return person


class Visitor(UserMixin):  # type: ignore[misc]  # Flask-Login ships no types
    """The signed-in person of a request: the account's columns as they stood at its beginning.

    Not a row of the session, so the end of an errand does not make it read itself again.
    """

    id: int
    sign_in_version: int
    get_id = User.get_id

    def __init__(self, columns: Mapping[str, Any]) -> None:
        self.__dict__.update(columns)


_OPEN = [column for column in table_of(User).c if column.name != "password_hash"]
_VISITOR = select(*_OPEN).where(table_of(User).c.id == bindparam("user_id"))


def find_visitor(user_id: int) -> Visitor | None:
    """Who a session belongs to, None when there is no such account."""
    row = run(_VISITOR, user_id=user_id).mappings().one_or_none()
    return Visitor(dict(row)) if row is not None else None


_THERE = select(table_of(User).c.id).where(table_of(User).c.id == bindparam("user_id"))


def ensure_person(user_id: int) -> None:
    """Raises PersonNotFound unless the person has an account."""
    if run(_THERE, user_id=user_id).first() is None:
        raise PersonNotFound


def find_address(user_id: int) -> tuple[str, str] | None:
    """The person's (mail address, language), None without an address: for the outbox's worker."""
    query = select(User.email, User.language).where(User.id == user_id, User.email.is_not(None))
    row = db.session.execute(query).one_or_none()
    return (row.email, row.language) if row else None


def find_operator_name() -> str | None:
    """The first operator's name, None in an installation that nobody keeps yet."""
    query = select(User.name).where(User.is_operator).order_by(User.id).limit(1)
    return db.session.execute(query).scalar_one_or_none()


def find_by_email(email: str) -> User | None:
    """A person by mail address, lower case."""
    return db.session.scalars(select(User).where(User.email == email)).one_or_none()


def find_by_contact(contact: Contact) -> User | None:
    """A person by what they sign in with."""
    if contact.phone is not None:
        return find_by_phone(contact.phone)
    return find_by_email(contact.email) if contact.email is not None else None


def find_by_phone(phone: str) -> User | None:
    """A person by normalised phone."""
    return db.session.scalars(select(User).where(User.phone == phone)).one_or_none()


def find_by_number(number: str) -> User | None:
    """A person by volunteer number, spaces or not."""
    digits = "".join(letter for letter in number if letter.isdigit())
    spaced = f"{digits[:4]} {digits[4:8]} {digits[8:]}"
    return db.session.scalars(select(User).where(User.volunteer_number == spaced)).one_or_none()


def list_memberships(user_id: int) -> list[Membership]:
    """The person's live memberships, oldest first."""
    query = select(Membership).where(Membership.user_id == user_id, Membership.ended_at.is_(None))
    return list(db.session.scalars(query.order_by(Membership.id)))


def list_staff_ids(area_id: int, roles: Iterable[Role]) -> list[int]:
    """Ids of the people with one of these roles at exactly this area."""
    query = select(Membership.user_id).where(
        Membership.area_id == area_id,
        Membership.role.in_(list(roles)),
        Membership.ended_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(Membership.user_id).distinct()))


def list_staff_ids_above(area: Area, roles: Iterable[Role]) -> list[int]:
    """Ids of the people with one of these roles at any area above this one."""
    above = [int(part) for part in area.path.strip("/").split("/") if part][:-1]
    query = select(Membership.user_id).where(
        Membership.area_id.in_(above),
        Membership.role.in_(list(roles)),
        Membership.ended_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(Membership.user_id).distinct()))


def get_unit(organisation_id: int) -> Organisation:
    """A partner unit by id. Raises UnitNotFound."""
    unit = db.session.get(Organisation, organisation_id)
    if unit is None:
        raise UnitNotFound
    return unit


def list_units_of(user_id: int, role: Role) -> list[Organisation]:
    """The units where the person has this role, by name."""
    query = (
        select(Organisation)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(
            Membership.user_id == user_id, Membership.role == role, Membership.ended_at.is_(None)
        )
    )
    return list(db.session.scalars(query.order_by(Organisation.name)))


def list_coordinator_ids(organisation_id: int) -> list[int]:
    """Ids of a unit's coordinators."""
    query = select(Membership.user_id).where(
        Membership.organisation_id == organisation_id,
        Membership.role == Role.COORDINATOR,
        Membership.ended_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(Membership.user_id)))


def list_colleague_ids(organisation_id: int) -> set[int]:
    """Ids of the accounts on a unit's roster that have joined."""
    query = select(RosterEntry.user_id).where(
        RosterEntry.organisation_id == organisation_id,
        RosterEntry.user_id.is_not(None),
        RosterEntry.removed_at.is_(None),
    )
    return {user_id for user_id in db.session.scalars(query) if user_id is not None}
