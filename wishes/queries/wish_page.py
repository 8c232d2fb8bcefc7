"""Everything the page of one wish shows, a few statements whatever its size."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from accounts.models import Organisation
from foundation.db import db
from foundation.refusal import NotFound
from wishes.models import (
    Ask,
    Claim,
    Commitment,
    GuestSeats,
    Place,
    Report,
    SeriesDay,
    ToolLine,
    ToolPledge,
    Wish,
    WishCare,
    WishEvent,
    WishTerms,
)
from wishes.refusals import WishNotFound
from wishes.refusals.changes import WishCalledOff
from wishes.rules.kinds import Provision
from wishes.rules.life import PUBLIC, WishMove, WishState


class PageTool(NamedTuple):
    """A tool line and how many live pledges it has."""

    id: int
    name: str
    quantity: int
    provision: Provision
    pledges: int

    @property
    def is_wanted(self) -> bool:
        """Somebody has to bring it, and nobody said they would."""
        return self.provision != Provision.COMMUNITY and not self.pledges


class Extras(NamedTuple):
    """What few wishes have, read in one go: terms, care, seats for guests, a day of a series."""

    terms: WishTerms | None
    care: WishCare | None
    seats: GuestSeats | None
    day: SeriesDay | None


class Taker(NamedTuple):
    """Places taken by one unit, or by individuals together (no name)."""

    unit_name: str | None
    places: int


class Mine(NamedTuple):
    """What the viewer holds on the wish: an own claim, a named place, or both."""

    claim_id: int | None
    places: int
    place_id: int | None
    unit_name: str | None
    claimed_at: datetime | None


def get_visible_wish(wish_id: int, user_id: int | None) -> Wish:
    """A public wish; one that was cancelled or expired only for those who had claimed it.

    Raises WishCalledOff for everybody else once it had been published, WishNotFound for a draft
    and what expired.
    """
    query = select(Wish).where(Wish.id == wish_id).options(joinedload(Wish.community))
    wish = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if wish is None or wish.state == WishState.DRAFT:
        raise WishNotFound
    if wish.state not in PUBLIC and not (user_id and _had_claimed(wish_id, user_id)):
        raise _why_gone(wish)
    return wish


def get_extras(wish_id: int) -> Extras:
    """The rows beside a wish that its page reads, as they stand now."""
    query = (
        select(WishTerms, WishCare, GuestSeats, SeriesDay)
        .select_from(Wish)
        .outerjoin(WishTerms, WishTerms.wish_id == Wish.id)
        .outerjoin(WishCare, WishCare.wish_id == Wish.id)
        .outerjoin(GuestSeats, GuestSeats.wish_id == Wish.id)
        .outerjoin(SeriesDay, SeriesDay.wish_id == Wish.id)
        .where(Wish.id == wish_id)
        .options(joinedload(SeriesDay.series))
    )
    rows = db.session.execute(query.execution_options(populate_existing=True))
    return Extras(*rows.one())


def _why_gone(wish: Wish) -> NotFound:
    if wish.state != WishState.CANCELLED or wish.published_at is None:
        return WishNotFound()
    query = select(WishEvent.why).where(
        WishEvent.wish_id == wish.id, WishEvent.what == WishMove.CANCEL
    )
    why = db.session.scalars(query.order_by(WishEvent.id.desc()).limit(1)).first()
    return WishCalledOff(title=wish.title, why=why or "—")


def _had_claimed(wish_id: int, user_id: int) -> bool:
    claimed = select(Claim.id).where(Claim.wish_id == wish_id, Claim.claimed_by_id == user_id)
    named = select(Place.id).where(Place.wish_id == wish_id, Place.user_id == user_id)
    return any(db.session.execute(query.limit(1)).first() for query in (claimed, named))


def list_page_tools(wish_id: int) -> list[PageTool]:
    """The tool lines in their order, each with its live pledges."""
    pledges = func.count(ToolPledge.id)
    query = (
        select(ToolLine.id, ToolLine.name, ToolLine.quantity, ToolLine.provision, pledges)
        .outerjoin(ToolPledge, (ToolPledge.tool_line_id == ToolLine.id) & ToolPledge.live)
        .where(ToolLine.wish_id == wish_id)
        .group_by(ToolLine.id)
        .order_by(ToolLine.position, ToolLine.id)
    )
    return [PageTool._make(row) for row in db.session.execute(query)]


def list_takers(wish_id: int) -> list[Taker]:
    """Who holds places: units by name, individuals and whoever hides only as a number."""
    query = (
        select(Organisation.short_name, func.sum(Claim.places))
        .select_from(Claim)
        .outerjoin(Organisation, (Organisation.id == Claim.organisation_id) & ~Claim.anonymous)
        .where(Claim.wish_id == wish_id, Claim.live)
        .group_by(Organisation.id, Organisation.short_name)
        .order_by(func.min(Claim.id))
    )
    return [Taker(name, int(places)) for name, places in db.session.execute(query)]


def find_mine(wish_id: int, user_id: int) -> Mine | None:
    """What the person holds on the wish now, None when nothing."""
    own = db.session.execute(
        select(Claim.id, Claim.places, Claim.claimed_at).where(
            Claim.wish_id == wish_id, Claim.claimed_by_id == user_id,
            Claim.organisation_id.is_(None), Claim.live,
        )
    ).one_or_none()  # fmt: skip
    place = db.session.execute(
        select(Place.id, Organisation.short_name)
        .join(Claim, Claim.id == Place.claim_id)
        .outerjoin(Organisation, Organisation.id == Claim.organisation_id)
        .where(Place.wish_id == wish_id, Place.user_id == user_id, Place.live)
    ).one_or_none()
    if own is None and place is None:
        return None
    return Mine(
        claim_id=own.id if own else None,
        places=own.places if own else 1,
        place_id=place.id if place else None,
        unit_name=place.short_name if place else None,
        claimed_at=own.claimed_at if own else None,
    )


def find_clash(wish: Wish, user_id: int) -> str | None:
    """The title of another wish the person is committed to at this time."""
    query = (
        select(Wish.title)
        .join(Place, Place.wish_id == Wish.id)
        .join(Commitment, Commitment.place_id == Place.id)
        .where(
            Commitment.user_id == user_id, Commitment.live, Place.wish_id != wish.id,
            Commitment.starts_at < wish.ends_at, Commitment.ends_at > wish.starts_at,
        )
        .limit(1)
    )  # fmt: skip
    return db.session.execute(query).scalar_one_or_none()


def list_moves(wish_id: int, *, limit: int = 40) -> list[WishEvent]:
    """The wish's moves from state to state, oldest first; claims and edits left out."""
    query = select(WishEvent).where(
        WishEvent.wish_id == wish_id, WishEvent.what.in_([str(move) for move in WishMove])
    )
    return list(db.session.scalars(query.order_by(WishEvent.id).limit(limit)))


def find_asked_at(wish_id: int) -> datetime | None:
    """When the resident asked for it, None when the community wrote it by itself."""
    return db.session.execute(select(Ask.asked_at).where(Ask.wish_id == wish_id)).scalar()


def find_last_report(wish_id: int) -> Report | None:
    """What was done, in the words of the last report."""
    query = select(Report).where(Report.wish_id == wish_id)
    return db.session.scalars(query.order_by(Report.id.desc()).limit(1)).one_or_none()
