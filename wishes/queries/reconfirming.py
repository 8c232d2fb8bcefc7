"""Whom to ask again the day before, and who has not answered."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, select, update

from foundation.db import db
from wishes.models import Place, Reconfirmation, Wish, WishTerms
from wishes.rules.kinds import WishKind
from wishes.rules.life import CLAIMABLE
from wishes.rules.reconfirming import Answer, ask_from, asks_again, may_ask

LONGEST_BEFORE = timedelta(hours=48)  # "the day before" lies within


def list_to_ask(at: datetime, *, people: int, homes: bool) -> list[int]:
    """Ids of the places that are to be asked now: taken before the asking began, not asked yet."""
    asked = and_(Reconfirmation.place_id == Place.id, Reconfirmation.starts_at == Wish.starts_at)
    query = (
        select(
            Place.id, Place.named_at, Wish.starts_at, Wish.venue, Wish.headcount,
            WishTerms.reconfirm,
        )
        .join(Wish, Wish.id == Place.wish_id)
        .outerjoin(WishTerms, WishTerms.wish_id == Wish.id)
        .outerjoin(Reconfirmation, asked)
        .where(
            Wish.kind == WishKind.SERVICE, Wish.state.in_(CLAIMABLE), Wish.starts_at > at,
            Wish.starts_at <= at + LONGEST_BEFORE, Place.live, Reconfirmation.id.is_(None),
        )
        .order_by(Wish.starts_at, Place.id)
    )  # fmt: skip
    return [
        row.id
        for row in db.session.execute(query)
        if may_ask(row.starts_at, at)
        and row.named_at < ask_from(row.starts_at)
        and asks_again(
            row.reconfirm, venue=row.venue, headcount=row.headcount, people=people, homes=homes
        )
    ]


def list_unanswered(at: datetime) -> list[int]:
    """Ids of the open questions whose time is over, for places that still wait for that start."""
    query = (
        select(Reconfirmation.id)
        .join(Place, Place.id == Reconfirmation.place_id)
        .join(Wish, Wish.id == Place.wish_id)
        .where(
            Reconfirmation.answer.is_(None), Reconfirmation.answer_until <= at, Place.live,
            Wish.state.in_(CLAIMABLE), Wish.starts_at == Reconfirmation.starts_at,
            Wish.starts_at > at,
        )
    )  # fmt: skip
    return list(db.session.scalars(query.order_by(Reconfirmation.id)))


def find_question(wish_id: int, user_id: int) -> Reconfirmation | None:
    """The last question a person was asked about the wish's present start, answered or not."""
    query = (
        select(Reconfirmation)
        .join(Place, Place.id == Reconfirmation.place_id)
        .join(Wish, Wish.id == Place.wish_id)
        .where(
            Place.wish_id == wish_id, Place.user_id == user_id,
            Reconfirmation.starts_at == Wish.starts_at,
        )
        .order_by(Reconfirmation.id.desc())
        .limit(1)
    )  # fmt: skip
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def set_answer(question_id: int, answer: Answer, *, at: datetime) -> bool:
    """Answer an open question once; the answer says whether it was still open."""
    statement = (
        update(Reconfirmation)
        .where(Reconfirmation.id == question_id, Reconfirmation.answer.is_(None))
        .values(answer=answer, answered_at=at)
        .returning(Reconfirmation.id)
        .execution_options(synchronize_session=False)
    )
    return db.session.execute(statement).scalar_one_or_none() is not None


def list_answers(wish_id: int) -> dict[int, Answer | None]:
    """Place → what came of the question, None while it is open; places not asked are left out."""
    query = (
        select(Reconfirmation.place_id, Reconfirmation.answer)
        .join(Place, Place.id == Reconfirmation.place_id)
        .join(Wish, Wish.id == Place.wish_id)
        .where(Place.wish_id == wish_id, Reconfirmation.starts_at == Wish.starts_at)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def list_my_questions(user_id: int, *, at: datetime) -> dict[int, datetime]:
    """Wish → until when the person is to say whether they come; open questions only."""
    query = (
        select(Place.wish_id, Reconfirmation.answer_until)
        .join(Place, Place.id == Reconfirmation.place_id)
        .join(Wish, Wish.id == Place.wish_id)
        .where(
            Place.user_id == user_id, Place.live, Reconfirmation.answer.is_(None),
            Reconfirmation.answer_until > at, Wish.starts_at == Reconfirmation.starts_at,
            Wish.state.in_(CLAIMABLE),
        )
    )  # fmt: skip
    return {row[0]: row[1] for row in db.session.execute(query)}
