"""The pages of a published wish that changes: plan, number, letter, open again."""

from __future__ import annotations

from sqlalchemy import select

from foundation import clock
from foundation.db import db, transaction
from tests.journeys.neighbourhood import Neighbourhood
from tests.journeys.stops.stop import Stop
from tests.makers import make_wish
from tests.served import make_attendance, make_served_wish
from wishes.models import NoShow, Wish
from wishes.rules.life import WishState
from wishes.rules.proof import Absence
from wishes.services.appeals import appeal
from wishes.services.no_shows import record_no_show
from wishes.services.standing_in import ask_stand_in


def _missed(town: Neighbourhood) -> int:
    """A service of yesterday that the volunteer missed, with an appeal."""
    who = town.people
    wish = make_served_wish(community=town.community, title="测血糖", created_by=who["worker"])
    make_attendance(wish, who["colleague"])
    wish_id, person = wish.id, who["volunteer"].id
    make_attendance(wish, who["volunteer"], absence=Absence.NO_SHOW)
    with transaction():
        record_no_show(
            db.session.get_one(Wish, wish_id), person, actor_id=who["verifier"].id, at=clock.now()
        )
    number = db.session.scalars(select(NoShow.id).where(NoShow.wish_id == wish_id)).one()
    return appeal(number, actor_id=person, words="我到了，在二楼，没人点名。")


def _offer(town: Neighbourhood) -> int:
    """The volunteer asks the newcomer to stand in."""
    newcomer = town.people["newcomer"].volunteer_number or ""
    me = town.people["volunteer"].id
    return ask_stand_in(town.ids["home"], actor_id=me, who=newcomer)


def list_stops(town: Neighbourhood) -> list[Stop]:
    """At the desk, by a worker of the community; of the volunteer, who missed one and asks."""
    missed, offer = _missed(town), _offer(town)
    undone = make_wish(
        community=town.community, created_by=town.people["worker"], title="擦窗户",
        state=WishState.UNFULFILLED,
    ).id  # fmt: skip
    pages = [
        ("change_plan", town.ids["shared"]), ("change_plan", town.ids["items"]),
        ("change_number", town.ids["shared"]), ("write_letter", town.ids["shared"]),
        ("write_letter", town.ids["open"]), ("offer_again", undone), ("wish_desk", undone),
    ]  # fmt: skip
    at_desk = {"area_id": town.community.id}
    others = [
        Stop("worker", "communities.no_shows", at_desk),
        Stop("worker", "communities.no_show", {**at_desk, "no_show_id": missed}),
        Stop("volunteer", "volunteers.no_shows"),
        Stop("newcomer", "volunteers.no_shows"),
        Stop("volunteer", "volunteers.no_show", {"no_show_id": missed}),
        Stop("volunteer", "volunteers.ask_for_stand_in", {"wish_id": town.ids["home"]}),
        Stop("volunteer", "volunteers.ask_for_stand_in", {"wish_id": town.ids["shared"]}),
        Stop("newcomer", "volunteers.stand_in", {"stand_in_id": offer}),
    ]
    return others + [
        Stop("worker", f"communities.{name}", {"area_id": town.community.id, "wish_id": wish_id})
        for name, wish_id in pages
    ]
