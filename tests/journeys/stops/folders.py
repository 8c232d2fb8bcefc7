"""Inspection folders: one that waits, one that can be fetched, one that failed, none yet."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from foundation import clock
from foundation.db import transaction
from tests.journeys.neighbourhood import Neighbourhood
from tests.journeys.stops.stop import Ids, Stop
from wishes.models import InspectionFolder
from wishes.rules.folders import FolderState

LEFT_OUT = {"communities.folder_file": "a file, no page"}


def list_stops(town: Neighbourhood) -> list[Stop]:
    """The desk's page, the street's, and the desk as the street sees it."""
    at_desk: Ids = {"area_id": town.community.id}
    _make(town)
    return [
        Stop("worker", "communities.folders", at_desk),
        Stop("supervisor", "communities.folders", at_desk),
        Stop("supervisor", "oversight.folders", {"area_id": town.street.id}),
        Stop("volunteer", "communities.folders", at_desk, 404),
    ]


def _make(town: Neighbourhood) -> None:
    now, worker_id, area_id = clock.now(), town.people["worker"].id, town.community.id
    today = clock.local_day(now)
    states: dict[FolderState, dict[str, Any]] = {
        FolderState.EXPIRED: {}, FolderState.FAILED: {}, FolderState.RUNNING: {"done": 12},
        FolderState.READY: {"size": 3_400_000, "expires_at": now + timedelta(days=6), "done": 40},
        FolderState.WAITING: {},
    }  # fmt: skip
    with transaction() as session:
        for at, (state, more) in enumerate(states.items(), start=1):
            session.add(
                InspectionFolder(
                    area_id=area_id, first_day=today - timedelta(days=30 * at), last_day=today,
                    masked=at != 4, language="en", asked_by_id=worker_id, asked_at=now,
                    storage_key=secrets.token_hex(16), state=state, total=40, **more,
                )
            )  # fmt: skip
