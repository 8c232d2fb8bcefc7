"""One community's things for an attacker to reach for, and a picture of every table."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from accounts.models import Area, Membership, Organisation, RosterEntry, User
from accounts.rules import Role
from accounts.services.inviting import Offer, invite
from communities.models.register import ImportBatch
from foundation import clock
from foundation.db import Base, db, transaction
from tests.makers import (
    make_colleague,
    make_community,
    make_coordinator,
    make_grid,
    make_supervisor,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.pages import PageClient
from tests.served import kept_photo
from tests.wishes.campaigning import bring, words
from tests.wishes.menu import make_offer
from wishes.models import Ask, ItemDelivery, Place, Press, ToolPledge
from wishes.rules.asking import AskWords, PrivateWords
from wishes.rules.kinds import Category, PhotoPurpose, Provision, Venue, WishKind
from wishes.rules.residents import ResidentWords
from wishes.services.asking import submit_ask
from wishes.services.campaigning import approve_campaign, propose_campaign
from wishes.services.claiming import claim_for_unit, claim_wish
from wishes.services.giving import give_these
from wishes.services.inviting import invite as invite_to
from wishes.services.items import receive_item
from wishes.services.letting_in import publish_ready
from wishes.services.photos import attach_photos
from wishes.services.referring import refer_wish
from wishes.services.residents import add_resident
from wishes.services.round_plan import add_helper

SignIn = Callable[[User], PageClient]


@dataclass
class World:
    """A community with a wish taken by a unit, an item on its way, an ask, a draft register."""

    home: Area
    grid: Area
    unit: Organisation
    worker: User
    boss: User
    friend: User
    ids: dict[str, Any] = field(default_factory=dict)


def make_world() -> World:
    """Everything that has an id in some address, once; ids by the address's own names."""
    home = make_community()
    grid, unit, worker = (
        make_grid(community=home),
        make_unit(home=home),
        make_worker(community=home),
    )
    boss, colleague = make_coordinator(unit=unit), make_colleague(unit=unit)
    friend = make_volunteer(home=home, confirmed=False)
    world = World(home, grid, unit, worker, boss, friend)
    wish = make_wish(
        community=home, created_by=worker, headcount=5, venue=Venue.HOME, grid_id=grid.id,
        tools=[("梯子", Provision.BORROW)],
    )  # fmt: skip
    wish_id, tool = wish.id, wish.tools[0].id
    claim_id = claim_for_unit(
        wish_id, actor_id=boss.id, organisation_id=unit.id, places=2, named=[colleague.id],
        tools=[tool],
    )  # fmt: skip
    claim_wish(wish_id, actor_id=friend.id)
    world.ids = {
        "area_id": home.id, "unit_id": unit.id, "wish_id": wish_id, "claim_id": claim_id,
        "user_id": friend.id, "day": "2026-11-28", "size": 400, "token": "x",
        "place_id": _one(Place.id, Place.claim_id == claim_id),
        "pledge_id": _one(ToolPledge.id, ToolPledge.claim_id == claim_id),
        "entry_id": _one(RosterEntry.id, RosterEntry.organisation_id == unit.id),
        "membership_id": _one(Membership.id, Membership.user_id == worker.id),
        "invitation_id": invite(
            Offer(role=Role.GRID_WORKER, name="王芳", area_id=grid.id), actor_id=worker.id
        ),
        "photo_id": _photo(wish_id, worker.id),
        "batch_id": _batch(home.id, worker.id),
        "below_id": home.id, "column": "waiting",
    }  # fmt: skip
    code = submit_ask(home.id, words=_words(), private=PrivateWords(phone="13800000142"))
    world.ids |= _looked_after(world)
    world.ids |= {"code": code, "ask_id": _one(Ask.id, Ask.code == code)}
    world.ids |= _levels(world)
    world.ids |= _campaign(world)
    world.ids |= _asked(world)
    return world


def _campaign(world: World) -> dict[str, int]:
    """A running campaign of the community, with a household's thing that a neighbour took."""
    street = world.home.parent
    assert street is not None
    boss = make_supervisor(street=street)
    campaign_id = propose_campaign(world.home.id, actor_id=world.worker.id, words=words())
    household = PrivateWords(name="南宫奶奶", phone="13755550002", door="99号楼1单元404")
    gift = bring(campaign_id, world.home, worker=world.worker, private=household)
    approve_campaign(campaign_id, actor_id=boss.id)
    publish_ready(campaign_id)
    give_these(campaign_id, actor_id=world.friend.id, wish_ids=[gift], anonymous=True)
    return {"campaign_id": campaign_id, "community_id": world.home.id}


def _asked(world: World) -> dict[str, Any]:
    """The unit's offer, and an invitation that waits for the unit's answer."""
    offer_id = make_offer(world.boss, area=world.home, unit_id=world.unit.id)
    wish = make_wish(community=world.home, created_by=world.worker, title="测血压")
    order_id = invite_to(wish.id, actor_id=world.worker.id, organisation_id=world.unit.id)
    return {"offer_id": offer_id, "order_id": order_id}


def _levels(world: World) -> dict[str, Any]:
    """A wish that went up to the street, and a press of it."""
    street = world.home.parent
    assert street is not None
    supervisor, street_id = make_supervisor(street=street), street.id
    wish_id = make_wish(community=world.home, created_by=world.worker, title="修路灯").id
    referral_id = refer_wish(wish_id, actor_id=world.worker.id, words="办不了")
    home_id, presser_id = world.home.id, supervisor.id
    with transaction() as session:
        press = Press(
            wish_id=wish_id, by_area_id=street_id, to_area_id=home_id, days_late=1,
            leader_name="王立", leader_post="副主任", words="快办", due_on=clock.now().date(),
            pressed_at=clock.now(), pressed_by_id=presser_id,
        )  # fmt: skip
        session.add(press)
        session.flush()
        press_id = press.id
    return {
        "referral_id": referral_id, "press_id": press_id, "kind": "wish", "matter_id": wish_id,
        "yes": 1,
    }  # fmt: skip


def put_item(world: World) -> dict[str, int]:
    """The world's item wish, received by the community: ids of wish, claim and delivery."""
    wish = make_wish(
        community=world.home, created_by=world.worker, kind=WishKind.ITEM, headcount=2,
        title="羽绒服", grid_id=world.grid.id,
    )  # fmt: skip
    wish_id = wish.id
    claim_id = claim_wish(wish_id, actor_id=world.friend.id, places=1)
    receive_item(claim_id, actor_id=world.worker.id, pieces=1)
    delivery_id = _one(ItemDelivery.id, ItemDelivery.claim_id == claim_id)
    return {"wish_id": wish_id, "claim_id": claim_id, "delivery_id": delivery_id}


def _one(column: Any, *where: Any) -> int:
    return int(db.session.execute(select(column).where(*where).limit(1)).scalar_one())


def _looked_after(world: World) -> dict[str, int]:
    """A resident's card in the world's grid, and a volunteer on the rounds."""
    home, worker, helper = world.home.id, world.worker.id, make_volunteer()
    words = ResidentWords(
        "诸葛婆婆", "88号楼7单元1105", phone="+8613755550001", tags=("独居老人",),
        note="钥匙在邻居家", grid_id=world.grid.id,
    )  # fmt: skip
    today = clock.local_day(clock.now())
    resident_id = add_resident(home, actor_id=worker, words=words, consent_on=today)
    helper_id = add_helper(home, actor_id=worker, person=helper.phone or "", places=1)
    return {"resident_id": resident_id, "helper_id": helper_id}


def _words() -> AskWords:
    return AskWords(title="换灯泡", category=Category.REPAIR, text="走廊")


def _photo(wish_id: int, worker_id: int) -> int:
    with transaction():
        return attach_photos(
            [kept_photo()], wish_id=wish_id, purpose=PhotoPurpose.AFTER, uploaded_by_id=worker_id
        )[0]


def _batch(area_id: int, worker_id: int) -> int:
    with transaction() as session:
        batch = ImportBatch(
            area_id=area_id, uploaded_by_id=worker_id, uploaded_at=clock.now(), notes=[],
            filename="台账.csv", sha256="0" * 64, headers=["心愿"], columns=["title"],
        )  # fmt: skip
        session.add(batch)
        session.flush()
        return batch.id


def picture_of_tables() -> dict[str, str]:
    """A hash of every row of every table: what was not done leaves no trace."""
    db.session.rollback()
    picture = {}
    with db.engine.connect() as connection:
        for name, table in Base.metadata.tables.items():
            rows = sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            picture[name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return picture


def changed(before: dict[str, str]) -> set[str]:
    """Which tables differ from an earlier picture."""
    now = picture_of_tables()
    return {name for name in now if now[name] != before[name]}
