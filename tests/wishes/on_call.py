"""What the tests of 即办 share: a team on duty, an urgent call, its turns."""

from __future__ import annotations

from accounts.models import Area, User
from foundation.db import db
from tests.makers import make_community, make_volunteer, make_worker
from wishes.models import QuickTurn
from wishes.rules.kinds import Category, Venue, WishKind
from wishes.rules.publishing import WishWords
from wishes.rules.quick import Duty
from wishes.services.quick import call_out
from wishes.services.team import add_member

ALWAYS = Duty(frozenset(range(7)), 0, 24 * 60)


def urgent_words(title: str = "水管爆了") -> WishWords:
    return WishWords(
        kind=WishKind.SERVICE, category=Category.REPAIR, title=title, venue=Venue.HOME,
        public_place="一网格", headcount=1, tools_answered=True,
    )  # fmt: skip


def team(size: int = 2, *, duty: Duty = ALWAYS) -> tuple[Area, User, list[User]]:
    """A community, its worker, and members who are on duty."""
    home = make_community()
    worker = make_worker(community=home)
    people = [make_volunteer() for _each in range(size)]
    for person in people:
        add_member(home.id, actor_id=worker.id, person=person.phone or "", duty=duty)
    return home, worker, people


def call(home: Area, worker: User, **more: object) -> int:
    """An urgent wish at once. Returns it."""
    return call_out(home.id, actor_id=worker.id, words=urgent_words(), **more)  # type: ignore[arg-type]


def turns(wish_id: int) -> list[tuple[int, str | None]]:
    """Who was asked, and what came of it."""
    db.session.rollback()
    rows = db.session.query(QuickTurn).filter_by(wish_id=wish_id).order_by(QuickTurn.id)
    return [(row.user_id, str(row.answer) if row.answer else None) for row in rows]


def open_turn(wish_id: int) -> int:
    """The turn that waits for its answer."""
    db.session.rollback()
    query = db.session.query(QuickTurn.id).filter_by(wish_id=wish_id, answer=None)
    return int(query.one()[0])
