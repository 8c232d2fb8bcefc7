"""专场: running, proposed and over; claimed, received, offered something else."""

from __future__ import annotations

from datetime import timedelta

from foundation import clock
from tests.journeys.neighbourhood import Neighbourhood
from tests.journeys.stops.stop import Ids, Stop
from tests.wishes.campaigning import bring, words
from wishes.rules.asking import PrivateWords
from wishes.services.campaigning import (
    add_keeper,
    approve_campaign,
    name_backups,
    propose_campaign,
    return_campaign,
)
from wishes.services.giving import give_these
from wishes.services.letting_in import publish_ready
from wishes.services.receiving import check_many, receive_many
from wishes.services.substituting import offer_substitute

LONG = "给从西藏那曲来读书的孩子准备的一套过冬棉被和厚棉衣，颜色鲜亮一些，尺码写在里面"


def list_stops(town: Neighbourhood) -> list[Stop]:
    """The public pages, the receiving list and both desks."""
    running, claims = _running(town)
    ids: Ids = {"campaign_id": running}
    at_desk: Ids = {"area_id": town.community.id}
    at_street: Ids = {"area_id": town.street.id}
    here: Ids = {**at_desk, **ids}
    returned: Ids = {**at_desk, "campaign_id": _returned(town)}
    return [
        Stop("visitor", "wishes.campaigns"),
        Stop("visitor", "wishes.campaign", ids),
        Stop("visitor", "wishes.campaign", {"campaign_id": returned["campaign_id"]}, 404),
        Stop("visitor", "wishes.campaign_poster", ids),
        Stop("volunteer", "wishes.campaign", ids),
        Stop("volunteer", "wishes.campaign_mine", ids),
        Stop("volunteer", "wishes.receiving", ids),
        Stop("volunteer", "wishes.substitute", {"claim_id": claims[0]}),
        Stop("volunteer", "wishes.substitute", {"claim_id": claims[1]}),
        Stop("newcomer", "wishes.campaign_mine", ids),
        Stop("newcomer", "wishes.receiving", ids, 404),
        Stop("coordinator", "wishes.campaign", {**ids, "show": "all"}),
        *(
            Stop("worker", "wishes.receiving", {**ids, "step": step})
            for step in ("coming", "received", "checked", "handed_over")
        ),
        Stop("worker", "communities.campaigns", at_desk),
        Stop("worker", "communities.new_campaign", at_desk),
        Stop("worker", "communities.campaign", here),
        Stop("worker", "communities.campaign", returned),
        Stop("worker", "communities.edit_campaign", returned),
        Stop("worker", "communities.campaign_people", returned),
        Stop("worker", "communities.campaign_wishes", here),
        Stop("worker", "communities.campaign_drafts", here),
        Stop("supervisor", "communities.campaigns", at_street),
        Stop("supervisor", "communities.new_campaign", at_street),
        Stop("supervisor", "communities.campaign", {**at_street, **ids}),
        Stop("supervisor", "communities.campaign_people", {**at_street, **ids}),
    ]


def _running(town: Neighbourhood) -> tuple[int, list[int]]:
    """Six things, one still to be let in; four claimed, two of them here, one to be changed."""
    who = {name: person.id for name, person in town.people.items()}
    campaign_id = propose_campaign(town.community.id, actor_id=who["worker"], words=words())
    titles = (LONG, "双肩书包", "台灯", "字典", "彩笔一盒")
    ids = [
        bring(
            campaign_id, town.community, worker=town.people["worker"], title=title,
            private=PrivateWords(door=f"7-1-{n}01"),
        )
        for n, title in enumerate(titles, start=1)
    ]  # fmt: skip
    approve_campaign(campaign_id, actor_id=who["supervisor"])
    name_backups(campaign_id, actor_id=who["supervisor"], unit_ids=[town.unit.id])
    add_keeper(
        campaign_id, actor_id=who["worker"], number=town.people["volunteer"].volunteer_number
    )
    publish_ready(campaign_id)
    bring(campaign_id, town.community, worker=town.people["worker"], title="一双棉鞋")
    claims = give_these(campaign_id, actor_id=who["volunteer"], wish_ids=ids[:4], anonymous=True)
    offer_substitute(claims[0], actor_id=who["volunteer"], offered="加厚的羽绒被一床")
    receive_many(campaign_id, actor_id=who["worker"], claim_ids=claims[2:])
    check_many(campaign_id, actor_id=who["worker"], claim_ids=claims[3:])
    return campaign_id, claims


def _returned(town: Neighbourhood) -> int:
    later = words(title="开学季", opens_at=clock.now() + timedelta(days=3), place="")
    made = propose_campaign(
        town.community.id, actor_id=town.people["worker"].id, words=later
    )  # fmt: skip
    return_campaign(
        made, actor_id=town.people["supervisor"].id, reason="每件上限请写到 200 元以内。"
    )
    return made
