"""Places are taken by one conditional UPDATE whose row count is the answer."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from foundation.db import db, run, table_of
from wishes.models import Claim, Place, Wish
from wishes.refusals import ClaimNotFound, WishNotFound
from wishes.rules.kinds import WishKind
from wishes.rules.life import WishState


class ClaimFacts(NamedTuple):
    """The columns of a wish that claiming needs; an item counts pieces, times are UTC."""

    id: int
    kind: WishKind
    state: WishState
    starts_at: datetime
    ends_at: datetime
    headcount: int
    places_taken: int
    community_id: int
    title: str
    rescheduled_at: datetime | None
    in_line: int
    first_until: datetime | None
    gated: bool


class Taken(NamedTuple):
    """How many places are taken after an UPDATE, of how many, as the row stood then."""

    places: int
    headcount: int


class Left(NamedTuple):
    """How a wish stands after places were given back."""

    state: WishState
    places_taken: int
    headcount: int
    in_line: int

    @property
    def free(self) -> int:
        """Places that nobody has."""
        return self.headcount - self.places_taken


_WISH = table_of(Wish).c
_THIS = _WISH.id == bindparam("wish_id")
_CHANGE = update(table_of(Wish)).where(_THIS)
_FACTS = select(*(_WISH[name] for name in ClaimFacts._fields)).where(_THIS)
_TAKE = (
    _CHANGE.where(
        _WISH.state == WishState.OPEN,
        _WISH.starts_at > bindparam("at"),
        _WISH.starts_at == bindparam("begins"),
        _WISH.ends_at.is_not_distinct_from(bindparam("ends")),
        _WISH.places_taken + bindparam("more") <= _WISH.headcount,
    )
    .values(places_taken=_WISH.places_taken + bindparam("more"))
    .returning(_WISH.places_taken, _WISH.headcount)
)
_GIVE_BACK = (
    _CHANGE.where(_WISH.places_taken >= bindparam("less"))
    .values(places_taken=_WISH.places_taken - bindparam("less"))
    .returning(*(_WISH[name] for name in Left._fields))
)
_HOLD = (
    _CHANGE.where(_WISH.places_taken + bindparam("more") <= _WISH.headcount)
    .values(places_taken=_WISH.places_taken + bindparam("more"))
    .returning(_WISH.places_taken)
)
_RESIZE = (
    _CHANGE.where(
        _WISH.state.in_([WishState.OPEN, WishState.FILLED]),
        _WISH.places_taken <= bindparam("wanted"),
    )
    .values(headcount=bindparam("wanted"), version=_WISH.version + 1)
    .returning(_WISH.places_taken, _WISH.headcount)
)
_MOVE = (
    _CHANGE.where(_WISH.state == bindparam("before"))
    .values(state=bindparam("after"))
    .returning(_WISH.id)
)


def get_claim_facts(wish_id: int) -> ClaimFacts:
    """The columns a claim needs, read in the errand's own transaction. Raises WishNotFound."""
    row = run(_FACTS, wish_id=wish_id).one_or_none()
    if row is None:
        raise WishNotFound
    return ClaimFacts._make(row)


def take_places(wish: ClaimFacts, places: int, *, at: datetime) -> Taken | None:
    """Take n places if they are free and the wish has not begun: one guarded UPDATE.

    The times must still be those of `wish`: they go into the calendars of who is seated next.
    Returns how many are taken afterwards, None when nothing was taken. Items count pieces and
    close at their end.
    """
    row = run(
        _TAKE, wish_id=wish.id, more=places, at=at, begins=wish.starts_at, ends=wish.ends_at
    ).one_or_none()  # fmt: skip
    return Taken._make(row) if row is not None else None


def resize(wish_id: int, headcount: int) -> Taken | None:
    """Make a claimable wish larger or smaller: one guarded UPDATE, None below what is taken."""
    row = run(_RESIZE, wish_id=wish_id, wanted=headcount).one_or_none()
    return Taken._make(row) if row is not None else None


def give_back_places(wish_id: int, places: int) -> Left | None:
    """Give n places back; returns how the wish stands, None when not as many were taken."""
    row = run(_GIVE_BACK, wish_id=wish_id, less=places).one_or_none()
    return Left._make(row) if row is not None else None


def hold_places(wish_id: int, places: int) -> int | None:
    """Keep n free places for somebody in line; returns how many are taken, None when not free."""
    return run(_HOLD, wish_id=wish_id, more=places).scalar_one_or_none()


def set_state(wish_id: int, *, before: WishState, after: WishState) -> bool:
    """Move a wish's state if it still is what we think; the answer says whether it was."""
    moved = run(_MOVE, wish_id=wish_id, before=before, after=after)
    return moved.scalar_one_or_none() is not None


def lock_claim(claim_id: int) -> Claim:
    """A live claim, locked until the errand ends. Raises ClaimNotFound."""
    query = select(Claim).where(Claim.id == claim_id, Claim.live).with_for_update()
    claim = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if claim is None:
        raise ClaimNotFound
    return claim


def lock_claims(wish_id: int) -> None:
    """Lock a wish's live claims until the errand ends: before the wish, as every errand does."""
    query = select(Claim.id).where(Claim.wish_id == wish_id, Claim.live)
    db.session.execute(query.order_by(Claim.id).with_for_update())


def find_unit_claim(wish_id: int, organisation_id: int) -> Claim | None:
    """A unit's live claim on a wish."""
    return db.session.scalars(
        select(Claim).where(
            Claim.wish_id == wish_id, Claim.organisation_id == organisation_id, Claim.live
        )
    ).one_or_none()


def find_place(wish_id: int, user_id: int) -> Place | None:
    """The person's live place on a wish, by own claim or named by a unit."""
    return db.session.scalars(
        select(Place).where(Place.wish_id == wish_id, Place.user_id == user_id, Place.live)
    ).one_or_none()


def list_places(wish_id: int) -> list[Place]:
    """The named places of a wish, first named first."""
    query = select(Place).where(Place.wish_id == wish_id, Place.live)
    return list(db.session.scalars(query.order_by(Place.id)))
