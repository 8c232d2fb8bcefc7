"""What the tests of the line share: a full wish, people in line, what they were told."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from accounts.models import User
from foundation.db import db, transaction
from foundation.outbox import Message
from tests.makers import make_volunteer, make_wish
from tests.wishes.on_the_day import START
from wishes.models import Waiting, Wish, WishTerms
from wishes.rules.waiting import LineState
from wishes.services.claiming import claim_wish
from wishes.services.waiting import join_line


def full_wish(places: int = 1, **more: Any) -> tuple[int, list[int]]:
    """A wish with every place taken by somebody of their own; the claims' ids."""
    wish_id = make_wish(headcount=places, starts_at=more.pop("starts_at", START), **more).id
    people = [make_volunteer().id for _place in range(places)]
    return wish_id, [claim_wish(wish_id, actor_id=person) for person in people]


def in_line(wish_id: int, *, people: int = 1) -> list[tuple[User, int]]:
    """People who wait, each with the id of their turn."""
    found = []
    for _person in range(people):
        person = make_volunteer()
        found.append((person, join_line(wish_id, actor_id=person.id)))
    return found


def state_of(turn_id: int) -> LineState:
    """How a turn stands."""
    return LineState(db.session.get_one(Waiting, turn_id, populate_existing=True).state)


def stands(wish_id: int) -> tuple[str, int, int]:
    """(state, places taken, in line) of a wish."""
    wish = db.session.get_one(Wish, wish_id, populate_existing=True)
    return str(wish.state), wish.places_taken, wish.in_line


def told(kind: str) -> list[int]:
    """Whom a kind of message went to, in its order."""
    query = select(Message.user_id).where(Message.kind == kind).order_by(Message.id)
    return [user_id for user_id in db.session.scalars(query) if user_id]


def give_terms(wish_id: int, **terms: Any) -> int:
    """Put terms on a wish that stands already."""
    with transaction() as session:
        session.add(WishTerms(wish_id=wish_id, **terms))
    return wish_id
