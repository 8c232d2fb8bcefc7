"""An inspection folder of the first community: the worker makes it soon after the start."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from app.languages import DEFAULT
from foundation import clock
from wishes.services.folders import ask_folder

if TYPE_CHECKING:
    from app.demo.month import Month

DAYS = 30


def ask_for_folder(month: Month) -> None:
    """The last thirty days, names hidden."""
    community, today = month.town.communities[0], clock.local_day(clock.now())
    ask_folder(
        community.id, actor_id=community.reporter(), first=today - timedelta(days=DAYS),
        last=today, masked=True, language=DEFAULT,
    )  # fmt: skip
