"""Two streets, six communities, ten units: invented, built through the services."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from accounts.models import Invitation
from accounts.queries.invitations import token_of
from accounts.queries.people import get_person, get_unit
from accounts.rules import AreaKind, Role
from accounts.services.areas import AreaCard, UnitCard, add_area, open_unit
from accounts.services.inviting import Offer, invite, register_and_accept
from accounts.services.joining import join_unit
from accounts.services.registering import register_operator
from accounts.services.rosters import RosterLine, import_roster
from accounts.services.staffing import confirm_identity
from app.demo.people import People
from communities.services.page import NumberWords, PageWords, save_page
from foundation import clock
from foundation.db import db

STREETS = {
    "梨园街道": ("梨园社区", "双桥社区", "槐荫社区"),
    "柳湾街道": ("柳湾社区", "望江社区", "石榴巷社区"),
}
SINGLE = "槐荫社区"  # one worker only: the street verifies
UNITS = (
    ("云河市第二供电服务中心", "二供电"), ("云河市图书馆", "市图书馆"),
    ("柳湾街道卫生服务中心", "柳湾卫生"), ("云河师范学校", "云河师范"),
    ("万安物业服务有限公司", "万安物业"), ("青禾律师事务所", "青禾律所"),
    ("云河市公交三车队", "公交三队"), ("禾香园食品有限公司", "禾香园"),
    ("云河职业技术学院", "云河职院"), ("晨光电子厂", "晨光电子"),
)  # fmt: skip
NUMBERS = (
    ("社区卫生服务站", "0500-5550101", "周一至周六 8:00–17:30"), ("水电维修", "0500-5550102", None),
    ("开锁备案点", "0500-5550103", "请带证件"), ("法律咨询", "0500-5550104", "每周三下午"),
)  # fmt: skip
ABOUT = "我们在街口的二层小楼，周一到周六有人值班。有想办的小事，打电话、来坐坐都行。"


@dataclass
class Community:
    """One community: its people by id."""

    id: int
    name: str
    worker_ids: list[int] = field(default_factory=list)
    grids: list[tuple[int, str]] = field(default_factory=list)
    grid_worker_ids: list[int] = field(default_factory=list)
    supervisor_id: int = 0

    def reporter(self) -> int:
        """Who does the day's work."""
        return self.worker_ids[0]

    def verifier(self) -> int:
        """Who had no hand in it: the other worker, or the street."""
        return self.worker_ids[1] if len(self.worker_ids) > 1 else self.supervisor_id


@dataclass
class Unit:
    """A partner unit with a coordinator and colleagues who joined."""

    id: int
    name: str
    coordinator_id: int
    community: Community
    colleague_ids: list[int] = field(default_factory=list)


@dataclass
class Town:
    """Everybody and everything the month happens to."""

    operator_id: int
    communities: list[Community]
    units: list[Unit]
    volunteer_ids: list[int] = field(default_factory=list)
    keen_id: int = 0  # the volunteer of the demo account
    newcomer_ids: list[int] = field(default_factory=list)


def build_town(people: People, rng: Random, *, begins: datetime, volunteers: int) -> Town:
    """Found the town at `begins` and let its people come in the days after."""
    with clock.at(begins):
        operator_id = register_operator(people.newcomer("operator"))
        communities = _build_areas(people, operator_id)
    with clock.at(begins + timedelta(days=1)):
        for community in communities:
            _staff(people, community)
    with clock.at(begins + timedelta(days=2)):
        town = Town(operator_id, communities, [])
        for at, (name, short) in enumerate(UNITS):
            town.units.append(_open_unit(people, communities[at % 6], name, short, first=at == 0))
    _come(people, rng, town, begins=begins + timedelta(days=3), volunteers=volunteers)
    return town


def _build_areas(people: People, operator_id: int) -> list[Community]:
    def add(parent: int | None, kind: AreaKind, name: str) -> int:
        return add_area(parent, kind=kind, card=AreaCard(name=name), actor_id=operator_id)

    city = add(None, AreaKind.CITY, "云河市")
    communities = []
    for at, (street_name, names) in enumerate(STREETS.items()):
        street = add(city, AreaKind.STREET, street_name)
        boss = _accept(
            people, operator_id, Offer(Role.SUPERVISOR, "街道", area_id=street),
            "street" if at == 0 else None,
        )  # fmt: skip
        for name in names:
            community = Community(add(street, AreaKind.COMMUNITY, name), name, supervisor_id=boss)
            for grid in ("第一网格", "第二网格"):
                community.grids.append((add(community.id, AreaKind.GRID, grid), grid))
            communities.append(community)
    return communities


def _accept(people: People, host_id: int, offer: Offer, key: str | None) -> int:
    """Invite somebody who takes it up at once with a new account."""
    invitation = db.session.get_one(Invitation, invite(offer, actor_id=host_id))
    token = token_of(invitation)
    return register_and_accept(token, newcomer=people.newcomer(key, home_area_id=None))


def _staff(people: People, community: Community) -> None:
    first = community.name == "梨园社区"
    keys = (
        ["worker", "worker2"] if first else ["single"] if community.name == SINGLE else [None] * 2
    )
    offer = Offer(Role.COMMUNITY_WORKER, "社区工作者", area_id=community.id)
    host = community.supervisor_id
    community.worker_ids = [_accept(people, host, offer, key) for key in keys]
    grid_id, _ = community.grids[0]
    if community.name != SINGLE:
        offer = Offer(Role.GRID_WORKER, "网格员", area_id=grid_id)
        key = "grid" if first else None
        community.grid_worker_ids = [_accept(people, community.reporter(), offer, key)]
    save_page(
        community.id, actor_id=community.reporter(),
        words=PageWords("0500-5550100", f"云河市{community.name}服务站", ABOUT),
        numbers=[NumberWords(*line) for line in NUMBERS],
    )  # fmt: skip


def _open_unit(people: People, community: Community, name: str, short: str, *, first: bool) -> Unit:
    card = UnitCard(name, short, home_area_id=community.id, coordinator_name="联络员")
    invitation = db.session.get_one(Invitation, open_unit(card, actor_id=community.reporter()))
    unit_id, token = invitation.organisation_id or 0, token_of(invitation)
    newcomer = people.newcomer("unit" if first else None, home_area_id=community.id)
    return Unit(unit_id, short, register_and_accept(token, newcomer=newcomer), community)


def _come(people: People, rng: Random, town: Town, *, begins: datetime, volunteers: int) -> None:
    """Volunteers register over some days; two of three stand on a unit's roster and join it."""
    rosters: dict[int, list[int]] = {unit.id: [] for unit in town.units}
    for at in range(volunteers):
        community = town.communities[at % 6]
        key = {0: "volunteer"}.get(at)
        with clock.at(begins + timedelta(hours=at * 24 / max(volunteers, 1))):
            person = people.volunteer(key, home_area_id=community.id)
            confirm_identity(person, actor_id=community.reporter(), area_id=community.id)
        town.volunteer_ids.append(person)
        if at % 3:
            count = sum(map(len, rosters.values()))
            unit = town.units[count % 9 + 1 if count % 4 else 0]  # the first is the largest
            rosters[unit.id].append(person)
    with clock.at(begins + timedelta(days=2)):
        for number, unit in enumerate(town.units):
            _join(unit, rosters[unit.id], number)
    with clock.at(clock.now() - timedelta(days=1, hours=2)):
        for key in ("newcomer", None, None):
            community = town.communities[0]
            town.newcomer_ids.append(people.volunteer(key, home_area_id=community.id))
    town.keen_id = town.volunteer_ids[0]
    rng.shuffle(town.volunteer_ids)


def _join(unit: Unit, ids: list[int], number: int) -> None:
    people = [get_person(each) for each in ids]
    lines = [
        RosterLine(each.name, each.phone or "", f"{number + 1:02d}{at:03d}")
        for at, each in enumerate(people, start=1)
    ]
    absent = [RosterLine("还没加入的同事", f"+86139{number:08d}", None)]
    import_roster(unit.id, actor_id=unit.coordinator_id, lines=[*lines, *absent])
    code = get_unit(unit.id).join_code
    for each in ids:
        join_unit(code, actor_id=each)
    unit.colleague_ids = ids
