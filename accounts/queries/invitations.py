"""Reads of invitations: a one-time link that gives a role."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime

from flask import current_app
from sqlalchemy import or_, select

from accounts.models import Area, Invitation, Organisation
from accounts.refusals import InvitationNotFound
from foundation.db import db


def token_of(invitation: Invitation) -> str:
    """The link's secret, made again from the installation's key: only its hash is stored."""
    secret = str(current_app.secret_key).encode()
    text = f"invitation {invitation.id} {invitation.created_at.isoformat()}"
    made = hmac.new(secret, text.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def hash_token(token: str) -> str:
    """What of a link's secret is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def get_invitation(invitation_id: int) -> Invitation:
    """An invitation by id. Raises InvitationNotFound."""
    invitation = db.session.get(Invitation, invitation_id)
    if invitation is None:
        raise InvitationNotFound
    return invitation


def get_invitation_by(token: str) -> Invitation:
    """The invitation of a link. Raises InvitationNotFound."""
    query = select(Invitation).where(Invitation.token_hash == hash_token(token))
    invitation = db.session.scalars(query).one_or_none()
    if invitation is None:
        raise InvitationNotFound
    return invitation


def is_pending(invitation: Invitation, *, at: datetime) -> bool:
    """Whether the link still opens something."""
    unused = invitation.accepted_at is None and invitation.withdrawn_at is None
    return unused and invitation.expires_at > at


def list_pending(area: Area, *, at: datetime) -> list[Invitation]:
    """Open invitations to this area, to those below and to units that sit there, newest first."""
    below = select(Area.id).where(Area.path.startswith(area.path, autoescape=True))
    units = select(Organisation.id).where(Organisation.home_area_id.in_(below))
    query = select(Invitation).where(
        Invitation.accepted_at.is_(None),
        Invitation.withdrawn_at.is_(None),
        Invitation.expires_at > at,
        or_(Invitation.area_id.in_(below), Invitation.organisation_id.in_(units)),
    )
    return list(db.session.scalars(query.order_by(Invitation.id.desc()).limit(100)))
