"""A full wish with neighbours in line, a place that is held, a wish that needs enough people."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select

from foundation import clock
from foundation.db import db
from wishes.models import Claim, Place, Wish
from wishes.rules.deadlines import withdraw_until
from wishes.rules.kinds import WishKind
from wishes.rules.life import WishState
from wishes.rules.terms import BelowLeast, Terms
from wishes.services.claiming import withdraw
from wishes.services.drafting import edit_wish
from wishes.services.waiting import join_line
from wishes.services.writing import words_of

if TYPE_CHECKING:
    from app.demo.month import Month

IN_LINE = 3


def tell_lines(month: Month) -> None:
    """Yesterday evening some get in line; this morning somebody steps back."""
    month.timeline.add(month.days.at(-1, 16), partial(_ask_for_enough, month))
    month.timeline.add(month.days.at(-1, 19), partial(_wait, month))
    month.timeline.add(month.days.at(0, 8, 30), _step_back)


def _ask_for_enough(month: Month) -> None:
    """One open wish for several people says how many it needs at least."""
    query = select(Wish).where(
        Wish.state == WishState.OPEN, Wish.kind == WishKind.SERVICE, Wish.places_taken == 0,
        Wish.headcount >= 3, Wish.starts_at > month.days.at(3, 0),
    )  # fmt: skip
    wish = db.session.scalars(query.order_by(Wish.id).limit(1)).one_or_none()
    if wish is None:
        return
    workers = {each.id: each.reporter() for each in month.town.communities}
    edit_wish(
        wish.id, actor_id=workers[wish.community_id], version=wish.version, words=words_of(wish),
        terms=Terms(least=3, below=BelowLeast.CANCEL, reconfirm=True),
    )  # fmt: skip


def _find_full() -> tuple[int, int, int] | None:
    """A full wish whose time to withdraw has not passed: its id, an own claim and its person."""
    query = (
        select(Wish.id, Claim.id, Claim.claimed_by_id, Wish.starts_at)
        .join(Claim, Claim.wish_id == Wish.id)
        .where(
            Wish.state == WishState.FILLED, Wish.kind == WishKind.SERVICE, Claim.live,
            Claim.organisation_id.is_(None), Claim.places == 1,
        )
        .order_by(Wish.starts_at, Wish.id, Claim.id)
    )  # fmt: skip
    for wish_id, claim_id, person, starts_at in db.session.execute(query):
        if starts_at is not None and withdraw_until(starts_at) > clock.now():
            return wish_id, claim_id, person
    return None


def _wait(month: Month) -> None:
    """Three neighbours would like to come too."""
    found = _find_full()
    if found is None:
        return
    on_it = set(db.session.scalars(select(Place.user_id).where(Place.wish_id == found[0])))
    free = [person for person in month.town.volunteer_ids if person not in on_it]
    for person in free[:IN_LINE]:
        join_line(found[0], actor_id=person)


def _step_back() -> None:
    """The place goes to the first in line, who has not answered yet."""
    query = select(Wish.id).where(Wish.in_line > 0, Wish.state == WishState.FILLED)
    wish_id = db.session.scalars(query.order_by(Wish.id).limit(1)).one_or_none()
    own = (
        select(Claim.id, Claim.claimed_by_id, Wish.starts_at)
        .join(Wish)
        .where(Claim.wish_id == wish_id, Claim.live, Claim.organisation_id.is_(None))
    )
    claim = db.session.execute(own.order_by(Claim.id).limit(1)).one_or_none()
    if claim is not None and withdraw_until(claim.starts_at) > clock.now():
        withdraw(claim.id, actor_id=claim.claimed_by_id, why="家里临时有事")
