"""Who serves a wish: names for its own staff, only units and numbers for everybody else."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from accounts.models import Organisation
from foundation.db import db
from wishes.models import Claim, Place, ToolLine, ToolPledge, WishEvent


class Serving(NamedTuple):
    """What anybody may know: the units, and how many places volunteers took by themselves."""

    units: list[str]
    volunteers: int


def get_serving(wish_id: int) -> Serving:
    """Who serves, without a name of a person."""
    units = select(Organisation.short_name).join(Claim, Claim.organisation_id == Organisation.id)
    units = units.where(Claim.wish_id == wish_id, Claim.live).order_by(Claim.id)
    own = select(func.coalesce(func.sum(Claim.places), 0)).where(
        Claim.wish_id == wish_id, Claim.live, Claim.organisation_id.is_(None)
    )
    return Serving(
        units=list(db.session.scalars(units)), volunteers=int(db.session.execute(own).scalar_one())
    )


def list_claims(wish_id: int) -> list[Claim]:
    """The live claims of a wish with claimant, unit and named people, first claimed first."""
    query = (
        select(Claim)
        .where(Claim.wish_id == wish_id, Claim.live)
        .options(
            joinedload(Claim.claimed_by),
            joinedload(Claim.organisation),
            joinedload(Claim.named).joinedload(Place.user),
        )
        .order_by(Claim.id)
    )
    return list(db.session.scalars(query).unique())


def list_pledged(wish_id: int) -> dict[int, list[int]]:
    """Tool line → the claims that bring it."""
    query = (
        select(ToolPledge.tool_line_id, ToolPledge.claim_id)
        .join(ToolLine, ToolLine.id == ToolPledge.tool_line_id)
        .where(ToolLine.wish_id == wish_id, ToolPledge.live)
    )
    pledged: dict[int, list[int]] = {}
    for line, claim in db.session.execute(query):
        pledged.setdefault(line, []).append(claim)
    return pledged


def list_events(wish_id: int) -> list[WishEvent]:
    """A wish's history, oldest first."""
    query = select(WishEvent).where(WishEvent.wish_id == wish_id)
    return list(db.session.scalars(query.order_by(WishEvent.id)))
