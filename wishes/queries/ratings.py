"""Reads of ratings: of one ask or wish, what waits for a second answer, what the street sees."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from accounts.models import Area
from foundation.db import db
from wishes.models import Ask, LaterReply, Rating, RatingCode, Wish
from wishes.queries.asks import at_desk
from wishes.refusals.rating import RatingCodeNotFound
from wishes.rules.life import AskMove, AskState
from wishes.rules.rating import Grade


class Unhappy(NamedTuple):
    """A bad rating with its ask: what the resident said, and what was answered."""

    rating: Rating
    ask: Ask
    replies: dict[AskMove, LaterReply]


def find_rating(*, ask_id: int | None = None, wish_id: int | None = None) -> Rating | None:
    """The rating of an ask, or else of a wish."""
    same = Rating.ask_id == ask_id if ask_id is not None else Rating.wish_id == wish_id
    query = select(Rating).where(same).options(joinedload(Rating.entered_by))
    return db.session.scalars(query).one_or_none()


def find_rating_code(wish_id: int) -> str | None:
    """The code on the slip of a wish, None before the first print."""
    query = select(RatingCode.code).where(RatingCode.wish_id == wish_id)
    return db.session.scalars(query).one_or_none()


def get_wish_by_rating_code(code: str) -> Wish:
    """The wish whose slip carries this code. Raises RatingCodeNotFound."""
    query = select(Wish).join(RatingCode, RatingCode.wish_id == Wish.id)
    query = query.where(RatingCode.code == code).options(joinedload(Wish.community))
    wish = db.session.scalars(query).one_or_none()
    if wish is None:
        raise RatingCodeNotFound
    return wish


def find_later_replies(ask_id: int) -> dict[AskMove, LaterReply]:
    """What the community said after its first reply: when it was done, and the second answer."""
    query = select(LaterReply).where(LaterReply.ask_id == ask_id)
    return {AskMove(reply.what): reply for reply in db.session.scalars(query)}


def list_reopened(desk: Area, *, limit: int = 20) -> list[Ask]:
    """Asks of a desk whose resident was not content and waits for an answer, oldest first."""
    query = select(Ask).where(at_desk(desk), Ask.state == AskState.REOPENED)
    return list(db.session.scalars(query.order_by(Ask.id).limit(limit)))


def count_unhappy(area: Area, states: frozenset[AskState]) -> int:
    """How many bad ratings at and below an area whose asks stand so."""
    query = (
        select(func.count(Rating.id))
        .join(Ask, Ask.id == Rating.ask_id)
        .join(Area, Area.id == Ask.community_id)
        .where(Rating.grade == Grade.BAD, Area.path.startswith(area.path), Ask.state.in_(states))
    )
    return db.session.execute(query).scalar_one()


def list_unhappy(
    area: Area, states: frozenset[AskState], *, before: int | None = None, limit: int = 50
) -> list[Unhappy]:
    """Bad ratings at and below an area whose asks stand so, latest first."""
    query = (
        select(Rating)
        .join(Ask, Ask.id == Rating.ask_id)
        .join(Area, Area.id == Ask.community_id)
        .where(Rating.grade == Grade.BAD, Area.path.startswith(area.path), Ask.state.in_(states))
        .options(joinedload(Rating.entered_by))
    )
    if before is not None:
        query = query.where(Rating.id < before)
    ratings = list(db.session.scalars(query.order_by(Rating.id.desc()).limit(limit)))
    ids = [rating.ask_id for rating in ratings]
    found = select(Ask).join(Ask.community).where(Ask.id.in_(ids))
    asks = {ask.id: ask for ask in db.session.scalars(found.options(contains_eager(Ask.community)))}
    replies: dict[int, dict[AskMove, LaterReply]] = {}
    for reply in db.session.scalars(select(LaterReply).where(LaterReply.ask_id.in_(ids))):
        replies.setdefault(reply.ask_id, {})[AskMove(reply.what)] = reply
    return [
        Unhappy(rating, asks[rating.ask_id], replies.get(rating.ask_id, {}))
        for rating in ratings
        if rating.ask_id is not None
    ]
