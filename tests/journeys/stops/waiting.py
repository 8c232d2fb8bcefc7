"""A full wish with a line, a place that is held, a question of the day before, too few people."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from foundation import clock
from foundation.db import db, transaction
from tests.journeys.neighbourhood import LONG, Neighbourhood
from tests.journeys.stops.stop import Ids, Stop
from tests.makers import make_volunteer, make_wish, tomorrow
from wishes.models import Claim, Place, Reconfirmation, WishTerms
from wishes.rules.kinds import Venue
from wishes.rules.terms import BelowLeast, FirstCircle, Outcome
from wishes.services.claiming import claim_wish, withdraw
from wishes.services.waiting import join_line


def list_stops(town: Neighbourhood) -> list[Stop]:
    """Everybody's page of the line, and the worker's."""
    at_desk: Ids = {"area_id": town.community.id}
    held, full = _offered(town), _full(town)
    asked, thin, first = _asked(town), _thin(town), _first(town)
    at_unit: Ids = {"unit_id": town.unit.id}
    return [
        Stop("newcomer", "wishes.wish_page", {"wish_id": held}),
        Stop("volunteer", "wishes.wish_page", {"wish_id": held}),
        Stop("visitor", "wishes.wish_page", {"wish_id": full}),
        Stop("newcomer", "wishes.wish_page", {"wish_id": full}),
        Stop("volunteer", "wishes.wish_page", {"wish_id": asked}),
        Stop("newcomer", "wishes.wish_page", {"wish_id": first}),
        Stop("coordinator", "partner_units.claim", {**at_unit, "wish_id": held}),
        Stop("coordinator", "partner_units.claim", {**at_unit, "wish_id": full}),
        Stop("worker", "communities.wish_desk", {**at_desk, "wish_id": held}),
        Stop("worker", "communities.wish_desk", {**at_desk, "wish_id": thin}),
    ]


def _full(town: Neighbourhood) -> int:
    wish = make_wish(community=town.community, title="读报半小时", starts_at=tomorrow(15))
    claim_wish(wish.id, actor_id=make_volunteer().id)
    return wish.id


def _offered(town: Neighbourhood) -> int:
    """The newcomer is offered the place, the volunteer and the unit wait."""
    wish_id = make_wish(community=town.community, title=LONG, starts_at=tomorrow(17)).id
    leaving = make_volunteer().id
    claim_id = claim_wish(wish_id, actor_id=leaving)
    boss, unit_id = town.people["coordinator"].id, town.unit.id
    for name in ("newcomer", "volunteer"):
        join_line(wish_id, actor_id=town.people[name].id)
    join_line(wish_id, actor_id=boss, organisation_id=unit_id)
    withdraw(claim_id, actor_id=leaving)
    return wish_id


def _asked(town: Neighbourhood) -> int:
    now = clock.now()
    starts = now + timedelta(hours=3)
    wish_id = make_wish(
        community=town.community, title="陪聊", venue=Venue.ONLINE, starts_at=starts, headcount=2
    ).id
    person = make_volunteer().id
    claim_wish(wish_id, actor_id=person)
    with transaction() as session:
        place_id = session.scalars(select(Place.id).where(Place.wish_id == wish_id)).one()
        session.add(
            Reconfirmation(
                place_id=place_id, starts_at=starts, asked_at=now,
                answer_until=now + timedelta(hours=2),
            )
        )  # fmt: skip
        session.get_one(Place, place_id).user_id = town.people["volunteer"].id
        claim = session.scalars(select(Claim).where(Claim.wish_id == wish_id)).one()
        claim.claimed_by_id = town.people["volunteer"].id
    return wish_id


def _thin(town: Neighbourhood) -> int:
    wish = make_wish(community=town.community, title="清理花坛", starts_at=tomorrow(7), headcount=5)
    ids, starts = wish.id, wish.starts_at
    with transaction() as session:
        session.add(
            WishTerms(
                wish_id=ids, least=3, below=BelowLeast.ASK, judged_for=starts, outcome=Outcome.ASK
            )
        )
    return ids


def _first(town: Neighbourhood) -> int:
    until = clock.now() + timedelta(hours=5)
    wish_id = make_wish(community=town.community, title="写春联", first_until=until).id
    with transaction() as session:
        session.add(WishTerms(wish_id=wish_id, first_to=FirstCircle.UNITS, first_hours=5))
    db.session.expire_all()
    return wish_id
