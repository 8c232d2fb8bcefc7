"""The community's own page: who we are, and the numbers neighbours need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import delete

from communities.models import UsefulNumber
from communities.policies import get_worker_desk
from foundation.db import db
from foundation.errands import errand


class NumberWords(NamedTuple):
    """One useful number as staff wrote it."""

    label: str
    phone: str
    note: str | None


class PageWords(NamedTuple):
    """What the page says about the community."""

    phone: str | None
    address: str | None
    about: str | None


@errand
def save_page(
    area_id: int, *, actor_id: int, words: PageWords, numbers: Sequence[NumberWords]
) -> int:
    """Write the page and its numbers anew. Returns the area's id. Raises AreaNotFound."""
    area = get_worker_desk(actor_id, area_id)
    area.phone, area.address, area.about = words
    db.session.execute(delete(UsefulNumber).where(UsefulNumber.area_id == area.id))
    db.session.add_all(
        UsefulNumber(area_id=area.id, position=place, label=label, phone=phone, note=note)
        for place, (label, phone, note) in enumerate(numbers)
    )
    return area.id
