"""A street with something on every page: people of every role, wishes in every state."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import IO, Any

from flask import Flask
from sqlalchemy import select

from accounts.models import Area, Invitation, Membership, Organisation, User
from accounts.queries.invitations import token_of
from accounts.rules import Role
from accounts.services.inviting import Offer, invite
from accounts.services.passwords import write_token
from communities.services.register import take_in
from foundation import clock
from foundation.db import db, transaction
from tests import makers
from tests.pictures import jpeg
from tests.served import make_attendance, make_reported_wish, make_served_wish
from wishes.models import Ask, Wish
from wishes.rules.asking import AskWords, PrivateWords
from wishes.rules.kinds import PhotoPurpose, Provision, Venue, WishKind
from wishes.rules.life import WishState
from wishes.rules.proof import Absence, Decision
from wishes.services.asking import submit_ask
from wishes.services.claiming import claim_for_unit, claim_wish
from wishes.services.completing import verify
from wishes.services.items import check_item, receive_item
from wishes.services.photos import add_photos, keep_photos, make_public
from wishes.services.replying import return_ask
from wishes.services.reporting import hand_in_report
from wishes.services.slips import print_slip

LONG = "陪第一次去市里大医院复查的老人挂号、排队、取药、做检查，把医生说的话记在纸上带回家"
REGISTER = "心愿内容,时间,地点,需要人数,所需工具\n换灯泡,长期,广场,若干,梯子\n陪诊,,,2,无\n"


class Chosen:
    """A picture as a form hands it over."""

    def __init__(self, turn: int) -> None:
        self.filename: str | None = f"照片{turn}.jpg"
        self.stream: IO[bytes] = jpeg(turn=turn)


@dataclass
class Neighbourhood:
    """Who is there, and the ids and codes that stand in addresses."""

    street: Area
    community: Area
    grid: Area
    unit: Organisation
    people: dict[str, User]
    ids: dict[str, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def make_neighbourhood(app: Flask) -> Neighbourhood:
    """Everything that the tour visits."""
    town = _make_ground()
    _make_open_wishes(town)
    _make_today(town)
    _make_finished(town)
    _make_items(town)
    _make_asks(town)
    _make_papers(town)
    return town


def _make_ground() -> Neighbourhood:
    street = makers.make_street(name="梨园街道")
    community = makers.make_community(name="梨园社区", street=street)
    makers.make_community(name="天图社区", street=street)
    grid = makers.make_grid(community=community, name="一网格")
    unit = makers.make_unit(name="梨园街道卫生院", home=community)
    people = {
        "volunteer": makers.make_volunteer(name="王喆", home=community),
        "newcomer": makers.make_volunteer(name="欧阳新新", home=community, confirmed=False),
        "worker": makers.make_worker(community=community, name="周敏"),
        "verifier": makers.make_worker(community=community, name="吴佳"),
        "grid": makers.make_grid_worker(grid=grid, name="网格员小李"),
        "supervisor": makers.make_supervisor(street=street, name="赵科长"),
        "operator": makers.make_volunteer(name="运维老郑", is_operator=True),
        "coordinator": makers.make_coordinator(unit=unit, name="孙悦"),
        "colleague": makers.make_colleague(unit=unit, name="韩冰"),
    }
    return Neighbourhood(street, community, grid, unit, people)


def _make_open_wishes(town: Neighbourhood) -> None:
    who = town.people
    home: dict[str, Any] = {"community": town.community, "created_by": who["worker"]}
    tools = [("梯子", Provision.COMMUNITY), ("螺丝刀", Provision.BRING)]
    town.ids["open"] = makers.make_wish(title=LONG, headcount=5, tools=tools, **home).id
    town.ids["home"] = makers.make_wish(title="换卧室灯泡", venue=Venue.HOME, **home).id
    town.ids["draft"] = makers.make_wish(title="教用手机", state=WishState.DRAFT, **home).id
    for state in (WishState.CANCELLED, WishState.EXPIRED):
        town.ids[state] = makers.make_wish(title="晒被子", state=state, **home).id
    print_slip(town.ids["home"], actor_id=who["worker"].id)
    claim_wish(town.ids["home"], actor_id=who["volunteer"].id)
    later = makers.make_wish(title="包粽子", starts_at=makers.tomorrow(15), headcount=9, **home)
    town.ids["shared"] = later.id
    town.ids["claim"] = claim_wish(later.id, actor_id=who["volunteer"].id, places=3)
    town.ids["unit_claim"] = claim_for_unit(
        later.id, actor_id=who["coordinator"].id, organisation_id=town.unit.id, places=3,
        named=[who["colleague"].id],
    )  # fmt: skip


def _make_today(town: Neighbourhood) -> None:
    who, begun = town.people, clock.now() - timedelta(minutes=20)
    words: dict[str, Any] = {"community": town.community, "starts_at": begun, "headcount": 4}
    wish = make_served_wish(title="测血压", created_by=who["worker"], **words)
    town.ids["today"] = wish.id
    make_attendance(wish, who["volunteer"], minutes=None)
    make_attendance(wish, who["colleague"], unit=town.unit, noted_by=who["worker"])
    make_attendance(wish, who["newcomer"], absence=Absence.NO_SHOW, noted_by=who["worker"])


def _make_finished(town: Neighbourhood) -> None:
    for title in ("理旧书", "擦器材"):
        wish = make_reported_wish(community=town.community, people=2, title=title)
    town.ids["reported"] = wish.id
    wish = make_served_wish(community=town.community, title="修水管", headcount=2)
    make_attendance(wish, town.people["volunteer"])
    make_attendance(wish, town.people["colleague"], unit=town.unit)
    town.ids["verified"] = wish.id
    worker = town.people["worker"].id
    with keep_photos([Chosen(0), Chosen(40)]) as kept:
        photos = add_photos(wish.id, actor_id=worker, photos=kept, purpose=PhotoPurpose.AFTER)
    town.ids["photo"] = photos[1]
    make_public(photos[0], actor_id=worker)
    hand_in_report(wish.id, actor_id=worker, text="接头换了新的，试了三遍不漏。")
    verify(wish.id, actor_id=town.people["verifier"].id, decision=Decision.ACCEPTED)


def _make_items(town: Neighbourhood) -> None:
    who = town.people
    wish = makers.make_wish(
        community=town.community, kind=WishKind.ITEM, title="三床棉被", headcount=3,
        created_by=who["worker"], starts_at=makers.tomorrow(18),
    )  # fmt: skip
    town.ids["items"] = wish.id
    claims = [
        claim_for_unit(
            wish.id, actor_id=who["coordinator"].id, organisation_id=town.unit.id, places=1
        ),
        claim_wish(wish.id, actor_id=who["volunteer"].id),
        claim_wish(wish.id, actor_id=who["newcomer"].id),
    ]
    town.ids["item_claim"] = claims[0]
    checked = receive_item(claims[0], actor_id=who["worker"].id, pieces=1)
    check_item(checked, actor_id=who["worker"].id, is_good=True)
    receive_item(claims[1], actor_id=who["worker"].id, pieces=1)


def _make_asks(town: Neighbourhood) -> None:
    private = PrivateWords(name="陈奶奶", phone="13900008888", door="3号楼2单元501")
    for name in ("ask", "returned"):
        words = AskWords(title="走廊灯不亮", text="晚上看不清台阶。", is_public=name == "ask")
        code = submit_ask(town.community.id, words=words, private=private, grid_id=town.grid.id)
        found = db.session.execute(select(Ask.id).where(Ask.code == code)).scalar_one()
        town.words[name], town.ids[name] = code, found
    reason = "请写一下是几楼的灯。"
    return_ask(town.ids["returned"], actor_id=town.people["worker"].id, reason=reason)


def _make_papers(town: Neighbourhood) -> None:
    worker = town.people["worker"].id
    batch = take_in(town.community.id, actor_id=worker, data=REGISTER.encode(), filename="台账.csv")
    town.ids["batch"] = batch.batch_id
    offer = Offer(role=Role.GRID_WORKER, name="新来的小马", area_id=town.grid.id)
    town.ids["invitation"] = invite(offer, actor_id=worker)
    invitation = db.session.get_one(Invitation, town.ids["invitation"])
    town.words["invitation"] = token_of(invitation)
    town.words["reset"] = write_token(town.people["newcomer"])
    grid = select(Membership.id).where(Membership.user_id == town.people["grid"].id)
    town.ids["membership"] = db.session.execute(grid).scalar_one()
    with transaction() as session:
        session.get_one(Wish, town.ids["draft"]).original = {
            "心愿内容": "教老人用手机",
            "时间": "长期",
        }
