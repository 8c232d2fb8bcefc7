"""Where the tour stops: every page of the product, as whom, with which ids; a module a topic."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from tests.journeys.neighbourhood import Neighbourhood
from tests.journeys.stops.stop import Ids, Stop

__all__ = ["Ids", "Stop", "list_left_out", "list_stops"]


def _topics() -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(__path__):
        if found.name != "stop":
            yield import_module(f"{__name__}.{found.name}")


def list_stops(town: Neighbourhood) -> list[Stop]:
    """All of them; each topic adds what it needs to the town."""
    return [stop for topic in _topics() for stop in topic.list_stops(town)]


def list_left_out() -> set[str]:
    """Endpoints that are no page, each with its reason in its topic."""
    return {name for topic in _topics() for name in getattr(topic, "LEFT_OUT", {})}
