"""The pages of a published wish that changes: plan, number, letter, open again."""

from __future__ import annotations

from tests.journeys.neighbourhood import Neighbourhood
from tests.journeys.stops.stop import Stop
from tests.makers import make_wish
from wishes.rules.life import WishState


def list_stops(town: Neighbourhood) -> list[Stop]:
    """At the desk, by a worker of the community."""
    undone = make_wish(
        community=town.community, created_by=town.people["worker"], title="擦窗户",
        state=WishState.UNFULFILLED,
    ).id  # fmt: skip
    pages = [
        ("change_plan", town.ids["shared"]), ("change_plan", town.ids["items"]),
        ("change_number", town.ids["shared"]), ("write_letter", town.ids["shared"]),
        ("write_letter", town.ids["open"]), ("offer_again", undone), ("wish_desk", undone),
    ]  # fmt: skip
    return [
        Stop("worker", f"communities.{name}", {"area_id": town.community.id, "wish_id": wish_id})
        for name, wish_id in pages
    ]
