"""The street's pages that look over others: numbers, their lists, the way down the tree."""

from __future__ import annotations

from datetime import timedelta

from foundation import clock
from tests import makers
from tests.journeys.neighbourhood import LONG, Neighbourhood
from tests.journeys.stops.stop import Ids, Stop

LEFT_OUT: dict[str, str] = {}


def list_stops(town: Neighbourhood) -> list[Stop]:
    """All of them."""
    at_street: Ids = {"area_id": town.street.id}
    _make_unclaimed(town)
    pages: list[tuple[str, str, Ids]] = [
        ("supervisor", "oversight.column", {**at_street, "column": "unclaimed"}),
        ("supervisor", "oversight.column", {**at_street, "column": "unvisited"}),
        ("supervisor", "oversight.tree", {**at_street, "below_id": town.street.id}),
        ("supervisor", "oversight.tree", {**at_street, "below_id": town.community.id}),
        ("supervisor", "oversight.tree", {**at_street, "below_id": town.grid.id}),
    ]
    return [Stop(who, name, ids) for who, name, ids in pages]


def _make_unclaimed(town: Neighbourhood) -> None:
    """A wish that has lain open for a fortnight, with the longest of titles."""
    worker = town.people["worker"]
    with clock.at(clock.now() - timedelta(days=14)):
        makers.make_wish(
            community=town.community, created_by=worker, title=LONG, grid_id=town.grid.id,
            starts_at=clock.now() + timedelta(days=20),
        )  # fmt: skip
