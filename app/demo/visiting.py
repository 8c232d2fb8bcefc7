"""Residents in care and the rounds to them: invented people only."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from accounts.queries.people import get_person
from app.demo.neighbourhood import Community
from foundation import clock
from wishes.policies.residents import get_care_desk
from wishes.queries.residents import Card, list_cards
from wishes.rules.kinds import Category
from wishes.rules.residents import BestTime, ResidentWords
from wishes.rules.rounds import Outcome
from wishes.services.residents import add_residents
from wishes.services.round_plan import add_helper, assign_resident, set_rule
from wishes.services.visiting import raise_ask, record_visit

if TYPE_CHECKING:
    from app.demo.month import Month

BEGINS = -33  # days from today: the cards are written
OLD, ALONE, WEAK, POOR = "高龄老人", "独居老人", "残疾人", "低保户"
RULES = {ALONE: 2, OLD: 1, WEAK: 1}
FAMILIES = "郑冯陈褚蒋沈韩杨朱秦尤许"
CALLED = ("奶奶", "爷爷", "阿姨", "大叔")
TAGS = ((ALONE,), (OLD,), (ALONE, OLD), (WEAK,), (POOR,), (ALONE, POOR))
NOTES = ("按门铃要等一会儿", "", "先打电话", "耳朵背，敲重一点", "", "家里有小狗，不咬人")
TIMES = (BestTime.MORNING, BestTime.AFTERNOON, BestTime.ANY)
SAID = ("挺好的，精神不错", "", "说想学视频通话", "药快吃完了，女儿周末来", "")
HELPER_DOORS = 4


def tell_visits(month: Month) -> None:
    """Each community's cards and rules at the beginning, then visits along the month."""
    for at, community in enumerate(month.town.communities):
        number = 24 if at == 0 else 8
        month.timeline.add(
            month.days.at(BEGINS, 15, at), partial(_write_cards, month, community, number)
        )


def _write_cards(month: Month, community: Community, number: int) -> None:
    worker = community.reporter()
    for tag, times in RULES.items():
        set_rule(community.id, actor_id=worker, tag=tag, times=times)
    today = clock.local_day(clock.now())
    lines = [_card(community, at) for at in range(number)]
    add_residents(community.id, actor_id=worker, lines=lines, consent_on=today)
    cards = list_cards(get_care_desk(worker, community.id))
    if community is month.town.communities[0]:
        _ask_a_helper(month, community, [card.id for card in cards[:HELPER_DOORS]])
    for at, card in enumerate(cards):
        _plan_visits(month, community, card, at)


def _card(community: Community, at: int) -> ResidentWords:
    name = FAMILIES[at % len(FAMILIES)] + CALLED[(at + community.id) % len(CALLED)]
    door = f"{at // 4 + 1}号楼{at % 2 + 1}单元{at % 5 + 1}0{at % 3 + 1}"
    grid_id, _name = community.grids[at % 2]
    return ResidentWords(
        name=name, door=door, phone=f"+86138{99970000 + at:08d}" if at % 3 else "",
        tags=TAGS[at % len(TAGS)], best_time=TIMES[at % len(TIMES)],
        note=NOTES[at % len(NOTES)], grid_id=grid_id,
    )  # fmt: skip


def _ask_a_helper(month: Month, community: Community, resident_ids: list[int]) -> None:
    worker, person = community.reporter(), get_person(month.town.volunteer_ids[0])
    helper_id = add_helper(
        community.id, actor_id=worker, person=person.volunteer_number, places=HELPER_DOORS
    )
    for resident_id in resident_ids:
        assign_resident(resident_id, actor_id=worker, helper_id=helper_id)


def _plan_visits(month: Month, community: Community, card: Card, at: int) -> None:
    """Most are met twice, some once, a few by nobody for weeks."""
    resident_id, own = card.id, card.grid == community.grids[0][1]
    carers = community.grid_worker_ids if own else []
    visitor = carers[0] if carers else community.reporter()
    for turn in range((2, 3, 1, 2, 0)[at % 5]):
        day = month.days.at(-29 + turn * 12 + at % 7, 9 + at % 3, 7 * at % 60)
        outcome = Outcome.NOT_HOME if (at + turn) % 6 == 5 else Outcome.MET
        words = SAID[(at + turn) % len(SAID)] if outcome is Outcome.MET else ""
        month.timeline.add(
            day, partial(record_visit, resident_id, actor_id=visitor, outcome=outcome, words=words)
        )
    if at == 3:
        asked = month.days.at(-2, 10, 20) + timedelta(minutes=community.id % 60)
        month.timeline.add(asked, partial(_ask_for, resident_id, community.reporter()))


def _ask_for(resident_id: int, actor_id: int) -> None:
    """A visit finds something to mend."""
    raise_ask(
        resident_id, actor_id=actor_id, title="厨房水龙头关不紧", category=Category.REPAIR,
        text="", when="上午",
    )  # fmt: skip
