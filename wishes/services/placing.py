"""Steps on places shared by every errand that takes, names or gives back a place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from accounts.models import User
from foundation.db import db, run, table_of
from foundation.refusal import Refusal
from foundation.violations import broke
from wishes.models import Claim, Commitment, ItemDelivery, Place, ToolLine, ToolPledge, WishEvent
from wishes.policies.gate import ensure_passes_gate
from wishes.queries.places import ClaimFacts, Taken, get_claim_facts, set_state, take_places
from wishes.refusals import (
    AlreadyClaimed,
    BusyThen,
    NameTwice,
    ToolNotOnWish,
    UnitAlreadyClaimed,
    WishIsFull,
)
from wishes.refusals.blocks import AlreadyReceived
from wishes.refusals.changes import TimeJustChanged
from wishes.rules.claiming import why_not_claimable
from wishes.rules.kinds import Provision, WishKind
from wishes.rules.life import WishMove, WishState, move

_NEW_CLAIM = insert(table_of(Claim)).returning(table_of(Claim).c.id)
_NEW_PLACE = insert(table_of(Place)).returning(table_of(Place).c.id)
_NEW_COMMITMENT = insert(table_of(Commitment))
_NEW_EVENT = insert(table_of(WishEvent))


def take(wish: ClaimFacts, places: int, *, at: datetime) -> Taken:
    """Take places or raise the reason why not. Returns how many are taken afterwards."""
    taken = take_places(wish, places, at=at)
    if taken is None:
        raise why_not_claimable(wish, places, at=at) or _why_not_now(wish)
    return taken


def _why_not_now(wish: ClaimFacts) -> Refusal:
    """What happened since the wish was read."""
    now = get_claim_facts(wish.id)
    if (now.starts_at, now.ends_at) != (wish.starts_at, wish.ends_at):
        return TimeJustChanged()
    return WishIsFull()


def write_claim(
    wish_id: int, *, claimed_by_id: int, organisation_id: int | None, places: int, at: datetime
) -> int:
    """Note whose claim it is; the places are taken separately. Returns its id.

    Raises AlreadyClaimed, UnitAlreadyClaimed.
    """
    try:
        claim_id: int = run(
            _NEW_CLAIM, wish_id=wish_id, claimed_by_id=claimed_by_id,
            organisation_id=organisation_id, places=places, claimed_at=at,
        ).scalar_one()  # fmt: skip
    except IntegrityError as error:
        if broke(error, "uq_claim_live_unit", "claim.wish_id", "claim.organisation_id"):
            raise UnitAlreadyClaimed from error
        if broke(error, "uq_claim_live_own", "claim.wish_id", "claim.claimed_by_id"):
            raise AlreadyClaimed from error
        raise
    return claim_id


def fill_if_full(wish: ClaimFacts, taken: Taken, *, actor_id: int, at: datetime) -> bool:
    """The last place fills the wish. Returns whether it did.

    Judged by the headcount of that very UPDATE: it may have changed since the wish was read.
    """
    if taken.places < taken.headcount:
        return False
    filled = move(WishState.OPEN, WishMove.FILL)
    if set_state(wish.id, before=WishState.OPEN, after=filled):
        note_event(wish.id, WishMove.FILL, WishState.OPEN, filled, actor_id=actor_id, at=at)
        return True
    return False


def seat(wish: ClaimFacts, claim_id: int, user_id: int, *, named_by_id: int, at: datetime) -> int:
    """Put a person on a place and into their calendar. Returns the place's id.

    Raises NameTwice, BusyThen, and for a wish that is not for everybody AgeUnknown, TooYoung,
    SkillMissing. Items need hands, not calendars: they get no seat.
    """
    if wish.gated:
        ensure_passes_gate(wish.id, user_id, at=at)
    try:
        place_id: int = run(
            _NEW_PLACE, wish_id=wish.id, claim_id=claim_id, user_id=user_id,
            named_by_id=named_by_id, named_at=at,
        ).scalar_one()  # fmt: skip
    except IntegrityError as error:
        if broke(error, "uq_place_live_person", "place.wish_id", "place.user_id"):
            raise NameTwice(name=_name_after(error, user_id)) from error
        raise
    if wish.kind == WishKind.SERVICE:
        commit_time(wish, place_id, user_id)
    return place_id


def commit_time(wish: ClaimFacts, place_id: int, user_id: int) -> None:
    """Write the planned time of a place. Raises BusyThen when the person is elsewhere then."""
    try:
        run(
            _NEW_COMMITMENT, user_id=user_id, place_id=place_id,
            starts_at=wish.starts_at, ends_at=wish.ends_at,
        )  # fmt: skip
    except IntegrityError as error:
        if broke(error, "ex_commitment_overlap"):
            raise BusyThen(name=_name_after(error, user_id)) from error
        raise


def _name_after(_error: IntegrityError, user_id: int) -> str:
    """The person's name; the broken transaction is over, so a fresh read may follow.

    Inside a savepoint the read goes another way: ending the savepoint is its owner's business.
    """
    name = select(User.name).where(User.id == user_id)
    if db.session().in_nested_transaction():
        with db.engine.connect() as connection:
            return connection.execute(name).scalar_one()
    db.session.rollback()
    return db.session.execute(name).scalar_one()


def unseat(place_ids: Iterable[int], *, at: datetime) -> None:
    """Free places and their times."""
    ids = list(place_ids)
    db.session.execute(update(Place).where(Place.id.in_(ids)).values(live=False, ended_at=at))
    db.session.execute(update(Commitment).where(Commitment.place_id.in_(ids)).values(live=False))


def pledge(wish_id: int, claim_id: int, tool_ids: Iterable[int]) -> None:
    """Promise tools with a claim. Raises ToolNotOnWish for a tool the community brings."""
    wanted = set(tool_ids)
    if not wanted:
        return
    known = set(
        db.session.scalars(
            select(ToolLine.id).where(
                ToolLine.wish_id == wish_id, ToolLine.provision != Provision.COMMUNITY
            )
        )
    )
    if not wanted <= known:
        raise ToolNotOnWish
    db.session.execute(
        insert(ToolPledge),
        [{"tool_line_id": tool, "claim_id": claim_id, "live": True} for tool in sorted(wanted)],
    )


def ensure_not_received(claim_id: int) -> None:
    """Raises AlreadyReceived once the community holds the things of an item claim."""
    query = select(ItemDelivery.id).where(
        ItemDelivery.claim_id == claim_id, ItemDelivery.received_at.is_not(None)
    )
    if db.session.execute(query).first() is not None:
        raise AlreadyReceived


def end_claim(claim: Claim, *, why: str | None, at: datetime) -> None:
    """Close a claim with its places, times and pledges; the places go back separately."""
    claim.live = False
    claim.ended_at = at
    claim.end_reason = why
    places = db.session.scalars(select(Place.id).where(Place.claim_id == claim.id, Place.live))
    unseat(places.all(), at=at)
    db.session.execute(update(ToolPledge).where(ToolPledge.claim_id == claim.id).values(live=False))


def note_event(
    wish_id: int,
    what: str,
    before: WishState | str,
    after: WishState | str,
    *,
    actor_id: int | None,
    at: datetime,
    why: str | None = None,
) -> None:
    """Write one line of a wish's history."""
    run(
        _NEW_EVENT, wish_id=wish_id, at=at, actor_id=actor_id, what=str(what),
        from_state=str(before), to_state=str(after), why=why,
    )  # fmt: skip
