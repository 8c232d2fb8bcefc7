"""The pages of skills, the service menu and invitations."""

from __future__ import annotations

from tests.journeys.neighbourhood import Neighbourhood
from tests.journeys.stops.stop import Stop


def list_stops(town: Neighbourhood) -> list[Stop]:
    """All of them."""
    return [Stop("newcomer", "accounts.skills")]
