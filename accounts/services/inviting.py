"""Invitations: a one-time link that gives a role at an area or a unit."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from accounts.models import Invitation, Membership
from accounts.notices import tell_accepted, write_invitation_letter
from accounts.policies import ensure_may_give, may_give
from accounts.queries.areas import get_area
from accounts.queries.invitations import get_invitation, get_invitation_by, hash_token, token_of
from accounts.queries.people import get_person, get_unit
from accounts.refusals import InvitationOver
from accounts.rules import INVITATION_LIFE, NAME_LENGTH, Role, tidy
from accounts.services.registering import Newcomer, enrol
from foundation import clock
from foundation.db import db
from foundation.errands import errand


@dataclass(frozen=True)
class Offer:
    """A role offered to somebody: at an area or at a unit; `email` gets the letter, if given."""

    role: Role
    name: str
    area_id: int | None = None
    organisation_id: int | None = None
    email: str | None = None


@errand
def invite(offer: Offer, *, actor_id: int) -> int:
    """Offer a role for seven days. Returns the invitation's id; its page shows the link.

    Raises RoleNotHere, MayNotInvite, AreaNotFound, UnitNotFound.
    """
    return write_invitation(offer, actor_id=actor_id, at=clock.now())


def write_invitation(offer: Offer, *, actor_id: int, at: datetime) -> int:
    """Write an invitation and its letter, inside the errand that is open. Returns its id."""
    area = get_area(offer.area_id) if offer.area_id is not None else None
    unit = get_unit(offer.organisation_id) if offer.organisation_id is not None else None
    ensure_may_give(actor_id, offer.role, area=area, unit=unit)
    invitation = Invitation(
        token_hash=secrets.token_hex(32),  # until its id is known
        role=offer.role, area_id=offer.area_id, organisation_id=offer.organisation_id,
        name=tidy(offer.name)[:NAME_LENGTH], sent_to=offer.email or "",
        invited_by_id=actor_id, created_at=at, expires_at=at + INVITATION_LIFE,
    )  # fmt: skip
    db.session.add(invitation)
    db.session.flush()
    token = token_of(invitation)
    invitation.token_hash = hash_token(token)
    if offer.email is not None:
        host = get_person(actor_id)
        write_invitation_letter(
            offer.email, language=host.language, name=invitation.name, host=host.name,
            place=_place(invitation), path=f"/invitations/{token}",
        )  # fmt: skip
    return invitation.id


def _place(invitation: Invitation) -> str:
    if invitation.area_id is not None:
        return get_area(invitation.area_id).name
    return get_unit(invitation.organisation_id or 0).name


@errand
def withdraw_invitation(invitation_id: int, *, actor_id: int) -> None:
    """Make an open link worthless. Raises InvitationNotFound, MayNotInvite, InvitationOver."""
    invitation = get_invitation(invitation_id)
    ensure_may_give(
        actor_id, Role(invitation.role), area=invitation.area, unit=invitation.organisation
    )
    _use(invitation, at=clock.now(), withdrawn_at=clock.now())


@errand
def accept_invitation(token: str, *, actor_id: int) -> int:
    """Take up the role with an account. Returns the invitation's id. Raises InvitationOver."""
    return _take_up(token, actor_id, at=clock.now())


@errand
def register_and_accept(token: str, *, newcomer: Newcomer) -> int:
    """Open an account and take up the role with it. Returns the person's id.

    Raises InvitationOver, PhoneTaken, EmailTaken.
    """
    at = clock.now()
    person_id = enrol(newcomer, at=at)
    _take_up(token, person_id, at=at)
    return person_id


def _take_up(token: str, user_id: int, *, at: datetime) -> int:
    invitation = get_invitation_by(token)
    ensure_host_may(invitation)
    _use(invitation, at=at, accepted_at=at, accepted_by_id=user_id)
    _give_role(invitation, user_id, at=at)
    area_id = invitation.area_id
    tell_accepted(
        invitation.invited_by_id, name=get_person(user_id).name, place=_place(invitation),
        path=f"/desk/{area_id}/people" if area_id else f"/unit/{invitation.organisation_id}",
    )  # fmt: skip
    return invitation.id


def ensure_host_may(invitation: Invitation) -> None:
    """Raises InvitationOver when the one who invited may not give this role any more."""
    host_may = may_give(
        invitation.invited_by_id, Role(invitation.role),
        area=invitation.area, unit=invitation.organisation,
    )  # fmt: skip
    if not host_may:
        raise InvitationOver


def _use(invitation: Invitation, *, at: datetime, **values: object) -> None:
    """Close an open invitation, once. Raises InvitationOver."""
    statement = update(Invitation).where(
        Invitation.id == invitation.id, Invitation.accepted_at.is_(None),
        Invitation.withdrawn_at.is_(None), Invitation.expires_at > at,
    )  # fmt: skip
    done = db.session.execute(statement.values(**values))
    if done.rowcount != 1:  # type: ignore[attr-defined]  # CursorResult
        raise InvitationOver


def _give_role(invitation: Invitation, user_id: int, *, at: datetime) -> None:
    """A live membership, unless the person has it already."""
    has = select(Membership.id).where(
        Membership.user_id == user_id, Membership.role == invitation.role,
        Membership.area_id == invitation.area_id,
        Membership.organisation_id == invitation.organisation_id, Membership.ended_at.is_(None),
    )  # fmt: skip
    if db.session.execute(has).first() is not None:
        return
    membership = Membership(
        user_id=user_id, role=invitation.role, area_id=invitation.area_id,
        organisation_id=invitation.organisation_id, granted_by_id=invitation.invited_by_id,
        since=at,
    )  # fmt: skip
    try:
        with db.session.begin_nested():
            db.session.add(membership)
    except IntegrityError:  # another link gave the same role a moment ago
        return
