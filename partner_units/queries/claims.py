"""A unit's claims, and who of the unit could go."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select

from accounts.models import Area, RosterEntry, User
from accounts.queries.rosters import list_joined
from foundation.db import db
from wishes.models import Claim, Commitment, Place, ToolLine, ToolPledge, Wish
from wishes.queries.places import find_unit_claim
from wishes.refusals import ClaimNotFound, WishNotFound
from wishes.rules.kinds import Provision, WishKind
from wishes.rules.life import LIVE, PUBLIC, WishState
from wishes.rules.releasing import release_at


class UnitClaim(NamedTuple):
    """One live claim of a unit; an item counts pieces, times are UTC."""

    claim_id: int
    wish_id: int
    kind: WishKind
    title: str
    state: WishState
    starts_at: datetime
    ends_at: datetime
    community_name: str
    public_place: str
    claimed_at: datetime
    places: int
    named: int

    @property
    def unnamed(self) -> int:
        """Places that still want a name; pieces want none."""
        return 0 if self.kind == WishKind.ITEM else self.places - self.named

    def names_due(self, before: timedelta) -> datetime:
        """When the places without names are released, `before` the start as a rule."""
        return release_at(self.starts_at, self.claimed_at, before=before)


class NamedPlace(NamedTuple):
    """Somebody on a place of the unit's claim."""

    place_id: int
    name: str
    staff_number: str | None
    cannot_come_at: datetime | None


class Candidate(NamedTuple):
    """A colleague who might be named; `busy_with` is why not, `here` when it is this wish."""

    user_id: int
    name: str
    staff_number: str | None
    busy_with: str | None
    here: bool = False


_NAMED = (
    select(func.count())
    .where(Place.claim_id == Claim.id, Place.live)
    .correlate(Claim)
    .scalar_subquery()
)


def list_unit_claims(organisation_id: int, *, limit: int = 100) -> list[UnitClaim]:
    """The unit's live claims on wishes that are not closed yet, the next one first."""
    query = (
        select(
            Claim.id, Wish.id, Wish.kind, Wish.title, Wish.state, Wish.starts_at, Wish.ends_at,
            Area.name, Wish.public_place, Claim.claimed_at, Claim.places, _NAMED,
        )
        .join(Wish, Wish.id == Claim.wish_id)
        .join(Area, Area.id == Wish.community_id)
        .where(Claim.organisation_id == organisation_id, Claim.live, Wish.state.in_(LIVE))
        .order_by(Wish.starts_at, Wish.id)
        .limit(limit)
    )  # fmt: skip
    return [UnitClaim._make(row) for row in db.session.execute(query)]


def get_unit_claim(organisation_id: int, claim_id: int) -> Claim:
    """A claim of this unit, ended ones included. Raises ClaimNotFound."""
    claim = db.session.get(Claim, claim_id)
    if claim is None or claim.organisation_id != organisation_id:
        raise ClaimNotFound
    return claim


def get_public_wish(wish_id: int) -> Wish:
    """A wish that everybody may see. Raises WishNotFound for drafts and withdrawn ones."""
    wish = db.session.get(Wish, wish_id)
    if wish is None or wish.state not in PUBLIC:
        raise WishNotFound
    return wish


def starting(wish: Wish) -> datetime:
    """When a public wish begins (drafts may not say). Raises WishNotFound."""
    if wish.starts_at is None:
        raise WishNotFound
    return wish.starts_at


def find_claim_id(wish_id: int, organisation_id: int) -> int | None:
    """The id of the unit's live claim on a wish."""
    claim = find_unit_claim(wish_id, organisation_id)
    return claim.id if claim else None


def list_named(claim: Claim) -> list[NamedPlace]:
    """Who sits on the claim's places, as the unit's roster calls them."""
    query = (
        select(
            Place.id, func.coalesce(RosterEntry.name, User.name), RosterEntry.staff_number,
            Place.cannot_come_at,
        )
        .join(User, User.id == Place.user_id)
        .outerjoin(
            RosterEntry,
            and_(
                RosterEntry.user_id == Place.user_id,
                RosterEntry.organisation_id == claim.organisation_id,
            ),
        )
        .where(Place.claim_id == claim.id, Place.live)
        .order_by(Place.id)
    )  # fmt: skip
    return [NamedPlace._make(row) for row in db.session.execute(query)]


def list_candidates(
    organisation_id: int, wish: Wish, *, without_claim: int | None = None
) -> list[Candidate]:
    """The unit's joined colleagues, those who are free then first; two statements for all.

    `without_claim` leaves out who sits on that claim already.
    """
    busy = _list_busy(organisation_id, wish)
    people = []
    for each in list_joined(organisation_id):
        title, wish_id, claim_id = busy.get(each.user_id, (None, None, None))
        if without_claim is None or claim_id != without_claim:
            here = wish_id == wish.id
            people.append(Candidate(each.user_id, each.name, each.staff_number, title, here))
    return sorted(people, key=lambda each: each.busy_with is not None)


def _list_busy(organisation_id: int, wish: Wish) -> dict[int, tuple[str, int, int]]:
    """What keeps colleagues then (title, wish, claim): this wish itself, or another one."""
    roster = select(RosterEntry.user_id).where(
        RosterEntry.organisation_id == organisation_id, RosterEntry.user_id.is_not(None)
    )
    query = (
        select(Place.user_id, Wish.title, Place.wish_id, Place.claim_id)
        .join(Wish, Wish.id == Place.wish_id)
        .outerjoin(Commitment, and_(Commitment.place_id == Place.id, Commitment.live))
        .where(
            Place.live,
            Place.user_id.in_(roster),
            or_(
                Place.wish_id == wish.id,
                and_(Commitment.starts_at < wish.ends_at, Commitment.ends_at > wish.starts_at),
            ),
        )
    )
    query = query.order_by(Place.wish_id == wish.id)  # this wish says more than another
    return {row[0]: (row[1], row[2], row[3]) for row in db.session.execute(query)}


def list_tools_to_bring(wish_id: int) -> list[tuple[int, str, int, Provision]]:
    """Tools that a claimant may bring: (id, name, quantity, provision)."""
    query = select(ToolLine.id, ToolLine.name, ToolLine.quantity, ToolLine.provision).where(
        ToolLine.wish_id == wish_id, ToolLine.provision != Provision.COMMUNITY
    )
    rows = db.session.execute(query.order_by(ToolLine.position))
    return [(row[0], row[1], row[2], Provision(row[3])) for row in rows]


def list_pledged(claim_id: int) -> list[str]:
    """Names of the tools that this claim brings."""
    query = (
        select(ToolLine.name)
        .join(ToolPledge, ToolPledge.tool_line_id == ToolLine.id)
        .where(ToolPledge.claim_id == claim_id, ToolPledge.live)
    )
    return list(db.session.scalars(query.order_by(ToolLine.position)))
