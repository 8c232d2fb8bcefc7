"""Residents in care and the rounds: long names, nobody yet, a volunteer's own round."""

from __future__ import annotations

from foundation import clock
from tests.journeys.neighbourhood import Neighbourhood
from tests.journeys.stops.stop import Ids, Stop
from wishes.rules.kinds import Category
from wishes.rules.residents import BestTime, ResidentWords
from wishes.rules.rounds import Outcome
from wishes.services.residents import add_resident
from wishes.services.round_plan import add_helper, assign_resident, set_rule
from wishes.services.visiting import draft_for_resident, raise_ask, record_visit

FILE = "a file, no page"
LEFT_OUT = {"communities.resident_sheet": FILE, "communities.residents_sheet": FILE}
OLD = "独居老人"


def list_stops(town: Neighbourhood) -> list[Stop]:
    """The desk's pages, the grid's, the street's counts, the volunteer's round."""
    resident_id = _look_after(town)
    at_desk: Ids = {"area_id": town.community.id}
    at_grid: Ids = {"area_id": town.grid.id}
    card: Ids = {"resident_id": resident_id}
    pages = ("resident", "edit_resident", "erase", "resident_ask")
    return [
        *(Stop("worker", f"communities.{name}", {**at_desk, **card}) for name in pages),
        *(
            Stop("worker", f"communities.{name}", at_desk)
            for name in ("residents", "new_resident", "import_residents", "rounds", "round_plan")
        ),
        Stop("worker", "communities.rounds", {**at_desk, "show": "late"}),
        Stop("worker", "communities.residents", {**at_desk, "tag": "残疾人"}),
        Stop("grid", "communities.rounds", at_grid),
        Stop("grid", "communities.residents", at_grid),
        Stop("supervisor", "communities.residents", at_desk),
        Stop("supervisor", "communities.resident", {**at_desk, **card}, 404),
        Stop("volunteer", "volunteers.my_rounds"),
        Stop("volunteer", "volunteers.my_ask", card),
        Stop("newcomer", "volunteers.my_rounds"),
    ]


def _look_after(town: Neighbourhood) -> int:
    worker, home, today = town.people["worker"].id, town.community.id, clock.local_day(clock.now())
    set_rule(home, actor_id=worker, tag=OLD, times=2)
    names = ("张奶奶", "阿依古丽·买买提艾力", "李爷爷")
    doors = ("3号楼2单元501", "梨园小区西区家属院12号楼3单元1802室", "10号楼1单元101")
    ids = [
        add_resident(
            home, actor_id=worker, consent_on=today,
            words=ResidentWords(
                name, door, phone="+8613800000142", tags=(OLD, "低保户"), grid_id=town.grid.id,
                best_time=BestTime.MORNING, note="按门铃要等一会儿，耳朵背，先打电话再敲门。",
            ),
        )
        for name, door in zip(names, doors, strict=True)
    ]  # fmt: skip
    number = town.people["volunteer"].volunteer_number
    helper = add_helper(home, actor_id=worker, person=number, places=2)
    assign_resident(ids[0], actor_id=worker, helper_id=helper)
    record_visit(ids[2], actor_id=worker, outcome=Outcome.NOT_HOME, words="贴了条，下午再来")
    raise_ask(
        ids[0], actor_id=worker, title="修水龙头", category=Category.REPAIR, text="", when="上午"
    )
    draft_for_resident(ids[0], actor_id=worker)
    return ids[0]
