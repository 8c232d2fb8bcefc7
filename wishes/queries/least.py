"""Wishes with a least number of people: whose hour has come, and which wait for a worker."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, or_, select, update

from accounts.models import Area
from accounts.rules import AreaKind
from foundation.db import db
from wishes.models import Waiting, Wish, WishTerms
from wishes.rules.life import CLAIMABLE
from wishes.rules.terms import LAST_LOOK, Outcome, judged_at
from wishes.rules.waiting import LineState

LONGEST_BEFORE = timedelta(hours=48)


def find_terms(wish_id: int) -> WishTerms | None:
    """The terms of a wish, None for an ordinary one."""
    return db.session.get(WishTerms, wish_id, populate_existing=True)


def _not_judged() -> ColumnElement[bool]:
    return or_(WishTerms.judged_for.is_(None), WishTerms.judged_for != Wish.starts_at)


def list_to_judge(at: datetime) -> list[int]:
    """Ids of the wishes whose least number is to be looked at now.

    While an offer is not answered it waits, at most until two hours before the start.
    """
    offered = exists().where(Waiting.wish_id == Wish.id, Waiting.state == LineState.OFFERED)
    query = (
        select(Wish.id, Wish.starts_at, Wish.published_at, offered.label("offered"))
        .join(WishTerms, WishTerms.wish_id == Wish.id)
        .where(
            WishTerms.least.is_not(None), _not_judged(), Wish.state.in_(CLAIMABLE),
            Wish.starts_at > at, Wish.starts_at <= at + LONGEST_BEFORE,
        )
        .order_by(Wish.starts_at, Wish.id)
    )  # fmt: skip
    return [
        row.id
        for row in db.session.execute(query)
        if judged_at(row.starts_at, row.published_at) <= at
        and (not row.offered or row.starts_at - LAST_LOOK <= at)
    ]


def note_outcome(wish_id: int, outcome: Outcome, *, starts_at: datetime) -> bool:
    """Write down once for this start what was found; the answer says whether this was the time."""
    statement = (
        update(WishTerms)
        .where(
            WishTerms.wish_id == wish_id,
            or_(WishTerms.judged_for.is_(None), WishTerms.judged_for != starts_at),
        )
        .values(judged_for=starts_at, outcome=outcome, decided_at=None, decided_by_id=None)
        .returning(WishTerms.wish_id)
        .execution_options(synchronize_session=False)
    )
    return db.session.execute(statement).scalar_one_or_none() is not None


def note_decision(wish_id: int, *, actor_id: int, at: datetime) -> bool:
    """A worker decided that the wish goes ahead; once."""
    statement = (
        update(WishTerms)
        .where(
            WishTerms.wish_id == wish_id, WishTerms.outcome == Outcome.ASK,
            WishTerms.decided_at.is_(None),
        )
        .values(decided_at=at, decided_by_id=actor_id)
        .returning(WishTerms.wish_id)
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    return db.session.execute(statement).scalar_one_or_none() is not None


class Thin(NamedTuple):
    """A wish with too few people that waits for a worker's word; times are UTC."""

    wish_id: int
    title: str
    starts_at: datetime
    people: int
    least: int


def list_thin(desk: Area, *, at: datetime, limit: int = 10) -> list[Thin]:
    """The wishes of a desk that wait for a word: go ahead, or cancel; the soonest first."""
    here = (Wish.grid_id if desk.kind == AreaKind.GRID else Wish.community_id) == desk.id
    query = (
        select(Wish.id, Wish.title, Wish.starts_at, Wish.places_taken, WishTerms.least)
        .join(WishTerms, WishTerms.wish_id == Wish.id)
        .where(here, *_undecided(at))
        .order_by(Wish.starts_at, Wish.id)
        .limit(limit)
    )
    return [Thin._make(row) for row in db.session.execute(query)]


def is_thin(wish_id: int, *, at: datetime) -> bool:
    """Whether this wish waits for a worker's word."""
    query = (
        select(Wish.id)
        .join(WishTerms, WishTerms.wish_id == Wish.id)
        .where(Wish.id == wish_id, *_undecided(at))
    )
    return db.session.execute(query).first() is not None


def _undecided(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        WishTerms.outcome == Outcome.ASK,
        WishTerms.judged_for == Wish.starts_at,
        WishTerms.decided_at.is_(None),
        Wish.state.in_(CLAIMABLE),
        Wish.starts_at > at,
        Wish.places_taken < WishTerms.least,
    )
