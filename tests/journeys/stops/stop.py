"""One stop of the tour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Ids = Mapping[str, object]


class Stop(NamedTuple):
    """One page, and who opens it."""

    who: str
    endpoint: str
    ids: Ids = {}
    status: int = 200
