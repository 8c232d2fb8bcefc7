"""The pages of 即办."""

from __future__ import annotations

from sqlalchemy import select

from foundation.db import db
from tests.journeys.neighbourhood import LONG, Neighbourhood
from tests.journeys.stops.stop import Ids, Stop
from tests.wishes.on_call import ALWAYS, urgent_words
from wishes.models import QuickTurn
from wishes.services.quick import call_out
from wishes.services.team import add_member


def list_stops(town: Neighbourhood) -> list[Stop]:
    """The desk with a call and a team, the form, and the member's turn."""
    home, worker = town.community.id, town.people["worker"].id
    at_desk: Ids = {"area_id": home}
    member = town.people["volunteer"]
    add_member(home, actor_id=worker, person=member.phone or "", duty=ALWAYS)
    wish_id = call_out(home, actor_id=worker, words=urgent_words(LONG))
    turn = db.session.scalars(select(QuickTurn.id).where(QuickTurn.wish_id == wish_id)).one()
    return [
        Stop("worker", "communities.quick", at_desk),
        Stop("worker", "communities.new_quick", at_desk),
        Stop("volunteer", "volunteers.quick_turn", {"quick_id": turn}),
    ]
