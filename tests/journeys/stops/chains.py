"""The pages of 接龙."""

from __future__ import annotations

from tests.journeys.neighbourhood import Neighbourhood
from tests.journeys.stops.stop import Stop


def list_stops(town: Neighbourhood) -> list[Stop]:
    """The page of a wish that is open."""
    ids = {"area_id": town.community.id, "wish_id": town.ids["open"]}
    return [Stop("worker", "communities.chain", ids)]
