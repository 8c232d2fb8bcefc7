"""The line for a place: locked and moved by errands, read by the clock and the pages."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import joinedload

from foundation.db import db, run, table_of
from wishes.models import Waiting, Wish
from wishes.queries.places import ClaimFacts, get_claim_facts
from wishes.refusals import WishNotFound
from wishes.refusals.waiting import NotInLine
from wishes.rules.kinds import WishKind
from wishes.rules.life import WishState
from wishes.rules.waiting import LineState, Turn

KEEPS_LINE = (WishState.OPEN, WishState.FILLED, WishState.IN_SERVICE)
_TURN = table_of(Waiting)


def lock_line(wish_id: int) -> ClaimFacts:
    """The facts of a wish, its line and places held until the errand ends. Raises WishNotFound."""
    query = select(Wish.id).where(Wish.id == wish_id).with_for_update(key_share=True)
    if db.session.execute(query).one_or_none() is None:
        raise WishNotFound
    return get_claim_facts(wish_id)


def get_turn(turn_id: int) -> Waiting:
    """A turn as it stands now, ended or not. Raises NotInLine."""
    turn = db.session.get(Waiting, turn_id, populate_existing=True)
    if turn is None:
        raise NotInLine
    return turn


def get_own_wish_id(
    turn_id: int, *, user_id: int | None = None, organisation_id: int | None = None
) -> int:
    """The wish of a person's own turn, or of a unit's, ended or not. Raises NotInLine."""
    query = select(Waiting.wish_id).where(
        Waiting.id == turn_id, _of(user_id=user_id, organisation_id=organisation_id)
    )
    wish_id = db.session.execute(query).scalar_one_or_none()
    if wish_id is None:
        raise NotInLine
    return wish_id


def _of(*, user_id: int | None, organisation_id: int | None) -> ColumnElement[bool]:
    if organisation_id is not None:
        return Waiting.organisation_id == organisation_id
    return and_(Waiting.user_id == user_id, Waiting.organisation_id.is_(None))


def find_turn(wish_id: int, *, user_id: int, organisation_id: int | None = None) -> Waiting | None:
    """The live turn of a person, or of a unit."""
    mine = _of(user_id=user_id, organisation_id=organisation_id)
    query = select(Waiting).where(Waiting.wish_id == wish_id, Waiting.live, mine)
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def list_line(wish_id: int) -> list[Turn]:
    """Who still waits, first come first."""
    query = select(Waiting.id, Waiting.places).where(
        Waiting.wish_id == wish_id, Waiting.state == LineState.WAITING
    )
    return [Turn._make(row) for row in db.session.execute(query.order_by(Waiting.id))]


def list_turns(wish_id: int) -> list[Waiting]:
    """The live turns of a wish with their people, in the order of the line."""
    query = (
        select(Waiting)
        .where(Waiting.wish_id == wish_id, Waiting.live)
        .options(joinedload(Waiting.user), joinedload(Waiting.organisation))
        .order_by(Waiting.id)
    )
    return list(db.session.scalars(query))


def set_turn(
    turn_id: int, *, before: LineState, after: LineState, at: datetime,
    offer_until: datetime | None = None,
) -> bool:  # fmt: skip
    """Move a turn if it still is what we think; the answer says whether it was."""
    offered = after == LineState.OFFERED
    values = {"offered_at": at, "offer_until": offer_until} if offered else {"ended_at": at}
    statement = (
        update(_TURN)
        .where(_TURN.c.id == turn_id, _TURN.c.state == before)
        .values(state=after, live=offered, **values)
        .returning(_TURN.c.id)
    )
    return run(statement).scalar_one_or_none() is not None


def count_line(wish_id: int, more: int) -> None:
    """Note on the wish that one more, or one fewer, is in line."""
    wish = table_of(Wish)
    run(update(wish).where(wish.c.id == wish_id).values(in_line=wish.c.in_line + more))


def count_before(turn: Waiting) -> int:
    """How many stand before this turn, offers that are not answered included."""
    query = select(func.count()).where(
        Waiting.wish_id == turn.wish_id, Waiting.live, Waiting.id < turn.id
    )
    return db.session.execute(query).scalar_one()


def count_held(wish_id: int) -> int:
    """How many of the wish's places are held for offers: taken, but by nobody yet."""
    query = select(func.coalesce(func.sum(Waiting.places), 0)).where(
        Waiting.wish_id == wish_id, Waiting.state == LineState.OFFERED
    )
    return int(db.session.execute(query).scalar_one())


def list_lapsed(at: datetime) -> list[int]:
    """Ids of the offers whose time is over, the oldest first."""
    query = select(Waiting.id).where(
        Waiting.live, Waiting.state == LineState.OFFERED, Waiting.offer_until <= at
    )
    return list(db.session.scalars(query.order_by(Waiting.offer_until, Waiting.id)))


def list_closing(at: datetime) -> list[int]:
    """Ids of the wishes that have begun, or are over, with somebody still in line."""
    begun = select(Waiting.wish_id).where(Waiting.live).distinct()
    query = select(Wish.id).where(
        Wish.id.in_(begun), or_(Wish.starts_at <= at, Wish.state.not_in(KEEPS_LINE))
    )
    return list(db.session.scalars(query.order_by(Wish.id)))


class MyTurn(NamedTuple):
    """A live turn with its wish; times are UTC, `before` counts those in front."""

    id: int
    wish_id: int
    title: str
    kind: WishKind
    state: WishState
    starts_at: datetime
    ends_at: datetime
    public_place: str
    places: int
    turn_state: LineState
    offer_until: datetime | None
    before: int

    @property
    def is_offered(self) -> bool:
        """Whether places are held for it."""
        return self.turn_state == LineState.OFFERED


def list_my_turns(
    *, user_id: int | None = None, organisation_id: int | None = None
) -> list[MyTurn]:
    """The live turns of a person, or of a unit; offers first, then the soonest start."""
    ahead = Waiting.__table__.alias("ahead")
    before = (
        select(func.count())
        .where(ahead.c.wish_id == Waiting.wish_id, ahead.c.live, ahead.c.id < Waiting.id)
        .correlate(Waiting)
        .scalar_subquery()
    )
    mine = _of(user_id=user_id, organisation_id=organisation_id)
    query = (
        select(
            Waiting.id, Wish.id, Wish.title, Wish.kind, Wish.state, Wish.starts_at, Wish.ends_at,
            Wish.public_place, Waiting.places, Waiting.state, Waiting.offer_until, before,
        )
        .join(Wish, Wish.id == Waiting.wish_id)
        .where(mine, Waiting.live)
        .order_by(Waiting.state, Wish.starts_at, Waiting.id)  # offered before waiting
    )  # fmt: skip
    return [MyTurn._make(row) for row in db.session.execute(query)]
