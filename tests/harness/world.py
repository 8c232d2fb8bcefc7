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
from tests.harness.corners import CORNERS, one
from tests.makers import (
    make_colleague,
    make_community,
    make_coordinator,
    make_grid,
    make_unit,
    make_volunteer,
    make_wish,
    make_worker,
)
from tests.pages import PageClient
from tests.served import kept_photo
from wishes.models import Ask, InspectionFolder, ItemDelivery, Place, ToolPledge
from wishes.rules.asking import AskWords, PrivateWords
from wishes.rules.kinds import Category, PhotoPurpose, Provision, Venue, WishKind
from wishes.services.asking import submit_ask
from wishes.services.claiming import claim_for_unit, claim_wish
from wishes.services.items import receive_item
from wishes.services.photos import attach_photos

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
        "place_id": one(Place.id, Place.claim_id == claim_id),
        "pledge_id": one(ToolPledge.id, ToolPledge.claim_id == claim_id),
        "entry_id": one(RosterEntry.id, RosterEntry.organisation_id == unit.id),
        "membership_id": one(Membership.id, Membership.user_id == worker.id),
        "invitation_id": invite(
            Offer(role=Role.GRID_WORKER, name="王芳", area_id=grid.id), actor_id=worker.id
        ),
        "photo_id": _photo(wish_id, worker.id),
        "batch_id": _batch(home.id, worker.id),
        "folder_id": _folder(home.id, worker.id),
        "below_id": home.id, "column": "waiting",
    }  # fmt: skip
    code = submit_ask(home.id, words=_words(), private=PrivateWords(phone="13800000142"))
    world.ids |= {"code": code, "ask_id": one(Ask.id, Ask.code == code)}
    for corner in CORNERS:
        world.ids |= corner(world)
    return world


def put_item(world: World) -> dict[str, int]:
    """The world's item wish, received by the community: ids of wish, claim and delivery."""
    wish = make_wish(
        community=world.home, created_by=world.worker, kind=WishKind.ITEM, headcount=2,
        title="羽绒服", grid_id=world.grid.id,
    )  # fmt: skip
    wish_id = wish.id
    claim_id = claim_wish(wish_id, actor_id=world.friend.id, places=1)
    receive_item(claim_id, actor_id=world.worker.id, pieces=1)
    delivery_id = one(ItemDelivery.id, ItemDelivery.claim_id == claim_id)
    return {"wish_id": wish_id, "claim_id": claim_id, "delivery_id": delivery_id}


def _words() -> AskWords:
    return AskWords(title="换灯泡", category=Category.REPAIR, text="走廊")


def _photo(wish_id: int, worker_id: int) -> int:
    with transaction():
        return attach_photos(
            [kept_photo()], wish_id=wish_id, purpose=PhotoPurpose.AFTER, uploaded_by_id=worker_id
        )[0]


def _folder(area_id: int, worker_id: int) -> int:
    """An inspection folder of names in full that waits for the worker."""
    today = clock.local_day(clock.now())
    with transaction() as session:
        folder = InspectionFolder(
            area_id=area_id, first_day=today, last_day=today, masked=False, language="en",
            asked_by_id=worker_id, asked_at=clock.now(), storage_key="0" * 32,
        )  # fmt: skip
        session.add(folder)
        session.flush()
        return folder.id


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
