"""The pages of skills, the service menu and invitations."""

from __future__ import annotations

from sqlalchemy import select

from accounts.rules.skills import Skill, Slot
from foundation.db import db
from tests import makers
from tests.journeys.neighbourhood import LONG, Neighbourhood
from tests.journeys.stops.stop import Ids, Stop
from tests.wishes.menu import make_offer, order, tells
from wishes.models import Dispatch
from wishes.services.answering import decline
from wishes.services.inviting import invite

EMPTY: Ids = {}


def list_stops(town: Neighbourhood) -> list[Stop]:
    """All of them, with an offer, an order that waits and one that was declined."""
    ids = _make(town)
    at_desk: Ids = {"area_id": town.community.id}
    at_unit: Ids = {"unit_id": town.unit.id}
    order_at: Ids = {**at_desk, "offer_id": ids["offer"]}
    unit_pages: list[tuple[str, Ids]] = [
        ("offers", at_unit), ("new_offer", at_unit),
        ("edit_offer", {**at_unit, "offer_id": ids["offer"]}),
        ("orders", at_unit), ("order_page", {**at_unit, "order_id": ids["waiting"]}),
        ("order_page", {**at_unit, "order_id": ids["declined"]}),
    ]  # fmt: skip
    own_pages: list[tuple[str, Ids]] = [
        ("offers", EMPTY), ("new_offer", EMPTY), ("edit_offer", {"offer_id": ids["own"]}),
        ("for_you", EMPTY), ("order_page", {"order_id": ids["mine"]}),
    ]  # fmt: skip
    return [
        Stop("visitor", "communities.public_menu", at_desk),
        Stop("visitor", "communities.public_menu", {**at_desk, "kind": "order"}),
        Stop("newcomer", "accounts.skills"),
        Stop("newcomer", "volunteers.for_you"),
        Stop("newcomer", "volunteers.offers"),
        *(Stop("coordinator", f"partner_units.{name}", more) for name, more in unit_pages),
        *(Stop("volunteer", f"volunteers.{name}", more) for name, more in own_pages),
        Stop("worker", "communities.menu", at_desk),
        Stop("worker", "communities.order", order_at),
        Stop("worker", "communities.invite_page", {**at_desk, "wish_id": ids["wish"]}),
        Stop("worker", "communities.invite_page", {**at_desk, "wish_id": town.ids["open"]}),
    ]


def _make(town: Neighbourhood) -> dict[str, int]:
    who, area = town.people, town.community
    offer = make_offer(
        who["coordinator"], area=area, unit_id=town.unit.id, per_month=2,
        slots=frozenset({(2, Slot.MORNING), (5, Slot.AFTERNOON)}), text="带血压计来，不收费。",
    )  # fmt: skip
    own = make_offer(who["volunteer"], area=area, title=LONG, when_words="提前一周约，节假日不去")
    tells(who["volunteer"], Skill.ELECTRICS, Skill.PLUMBING, own_words="磨刀、修自行车")
    first = order(offer, area=area, worker=who["worker"], title=LONG)
    second = order(offer, area=area, worker=who["worker"])
    declined = db.session.scalars(select(Dispatch.id).where(Dispatch.wish_id == second)).one()
    decline(declined, actor_id=who["coordinator"].id, reason="那天全院培训，下周可以")
    waiting = db.session.scalars(select(Dispatch.id).where(Dispatch.wish_id == first)).one()
    lamp = makers.make_wish(
        title="换走廊灯", community=area, created_by=who["worker"], headcount=2,
        starts_at=makers.tomorrow(19),
    )  # fmt: skip
    mine = invite(lamp.id, actor_id=who["worker"].id, user_id=who["volunteer"].id)
    ids = {"offer": offer, "own": own, "waiting": waiting, "declined": declined, "mine": mine}
    return {**ids, "wish": lamp.id}
