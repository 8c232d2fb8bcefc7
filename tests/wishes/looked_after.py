"""A community with somebody to look after, for the tests of cards and rounds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.models import Area, User
from foundation import clock
from tests.makers import make_community, make_grid, make_grid_worker, make_worker
from wishes.rules.residents import BestTime, ResidentWords
from wishes.services.residents import add_resident
from wishes.services.round_plan import set_rule

OLD = "独居老人"


@dataclass
class Place:
    """A community, its first grid, who works there."""

    community: Area
    grid: Area
    worker: User
    carer: User


def make_place() -> Place:
    """A community with one grid, a worker and a grid worker."""
    community = make_community(name="梨园社区")
    grid = make_grid(community=community, name="一网格")
    worker, carer = make_worker(community=community), make_grid_worker(grid=grid)
    return Place(community, grid, worker, carer)


def card(**different: Any) -> ResidentWords:
    """Believable words of a card."""
    usual: dict[str, Any] = {
        "name": "张奶奶", "door": "3号楼2单元501", "phone": "+8613800000142", "tags": (OLD,),
        "best_time": BestTime.MORNING, "note": "按门铃要等一会儿",
    }  # fmt: skip
    return ResidentWords(**(usual | different))


def make_resident(place: Place, **different: Any) -> int:
    """A card in the place's grid; its id."""
    return add_resident(
        place.grid.id, actor_id=place.carer.id, words=card(**different),
        consent_on=clock.local_day(clock.now()),
    )  # fmt: skip


def make_rule(place: Place, times: int = 2, *, tag: str = OLD) -> None:
    """So many visits a month for a tag."""
    set_rule(place.community.id, actor_id=place.worker.id, tag=tag, times=times)
