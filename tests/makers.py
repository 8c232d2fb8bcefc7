"""Makers: each sets only what matters to a test, the rest is believable."""

from __future__ import annotations

import itertools
import secrets
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from accounts.models import Area, Membership, Organisation, RosterEntry, User
from accounts.rules import AreaKind, Role, write_number
from foundation import clock
from foundation.db import transaction
from wishes.models import CommunityCounter, ToolLine, Wish
from wishes.rules.kinds import Category, Provision, Venue, WishKind
from wishes.rules.life import WishState

_serial = itertools.count(1)


def make_area(
    *, name: str = "", kind: AreaKind = AreaKind.COMMUNITY, parent: Area | None = None
) -> Area:
    """An area below `parent`; a community gets the id of its issuing account."""
    number = next(_serial)
    parent_id, above = (parent.id, parent.path) if parent else (None, "/")
    with transaction() as session:
        area = Area(name=name or f"第{number}社区", kind=kind, parent_id=parent_id)
        if kind is AreaKind.COMMUNITY:
            area.book_id = str(uuid.uuid4())
        session.add(area)
        session.flush()
        area.path = f"{above}{area.id}/"
    return area


def make_street(*, name: str = "") -> Area:
    """A street."""
    return make_area(name=name or f"第{next(_serial)}街道", kind=AreaKind.STREET)


def make_community(*, name: str = "", street: Area | None = None) -> Area:
    """A community, in a street of its own unless one is given."""
    return make_area(name=name, parent=street or make_street())


def make_grid(*, community: Area, name: str = "") -> Area:
    """A grid of a community."""
    return make_area(name=name or f"第{next(_serial)}网格", kind=AreaKind.GRID, parent=community)


def make_volunteer(
    *, name: str = "", phone: str | None = None, email: str | None = None,
    confirmed: bool = True, home: Area | None = None, **more: Any,
) -> User:  # fmt: skip
    """A person with a passbook; their identity is confirmed unless the test says otherwise."""
    number = next(_serial)
    now = clock.now()
    home_id = home.id if home else None
    with transaction() as session:
        person = User(
            name=name or f"志愿者{number}",
            phone=phone or f"+86138{number:08d}",
            email=email or f"v{number}@example.test",
            password_hash=more.pop("password_hash", "!"),
            volunteer_number=write_number(number, 2026),
            book_id=str(uuid.uuid4()),
            home_area_id=home_id,
            confirmed_at=now if confirmed else None,
            created_at=now,
            **more,
        )
        session.add(person)
    return person


def give_role(
    person: User, role: Role, *, area: Area | None = None, unit: Organisation | None = None
) -> Membership:
    """A live membership."""
    ids = (person.id, area.id if area else None, unit.id if unit else None)
    with transaction() as session:
        membership = Membership(
            user_id=ids[0], role=role, area_id=ids[1], organisation_id=ids[2], since=clock.now()
        )
        session.add(membership)
    return membership


def make_worker(*, community: Area, name: str = "") -> User:
    """A community worker."""
    person = make_volunteer(name=name)
    give_role(person, Role.COMMUNITY_WORKER, area=community)
    return person


def make_grid_worker(*, grid: Area, name: str = "") -> User:
    """A grid worker."""
    person = make_volunteer(name=name)
    give_role(person, Role.GRID_WORKER, area=grid)
    return person


def make_supervisor(*, street: Area, name: str = "") -> User:
    """A supervisor of a street."""
    person = make_volunteer(name=name)
    give_role(person, Role.SUPERVISOR, area=street)
    return person


def make_unit(*, name: str = "", home: Area | None = None) -> Organisation:
    """A partner unit."""
    number = next(_serial)
    home_id = home.id if home else None
    with transaction() as session:
        unit = Organisation(
            name=name or f"第{number}共建单位", short_name=(name or f"{number}单位")[:30],
            home_area_id=home_id, join_code=f"U{number:06d}", created_at=clock.now(),
        )  # fmt: skip
        session.add(unit)
    return unit


def make_coordinator(*, unit: Organisation, name: str = "") -> User:
    """A coordinator of a unit."""
    person = make_volunteer(name=name)
    give_role(person, Role.COORDINATOR, unit=unit)
    return person


def make_colleague(*, unit: Organisation, name: str = "") -> User:
    """A colleague who has joined the unit's roster."""
    person = make_volunteer(name=name)
    give_role(person, Role.COLLEAGUE, unit=unit)
    words = (unit.id, person.id, person.name, person.phone)
    with transaction() as session:
        session.add(
            RosterEntry(
                organisation_id=words[0],
                user_id=words[1],
                name=words[2],
                phone=words[3],
                added_at=clock.now(),
            )
        )
    return person


def tomorrow(hour: int = 9) -> datetime:
    """A whole hour of the local day after the day after (claims and withdrawal are open)."""
    local = clock.local(clock.now()) + timedelta(days=2)
    return clock.from_local(
        local.date(), local.time().replace(hour=hour, minute=0, second=0, microsecond=0)
    )


def make_wish(
    *, community: Area | None = None, state: WishState = WishState.OPEN, headcount: int = 1,
    kind: WishKind = WishKind.SERVICE, venue: Venue = Venue.CENTRE, title: str = "换卧室灯泡",
    starts_at: datetime | None = None, minutes: int = 60,
    tools: Iterable[tuple[str, Provision]] = (), created_by: User | None = None, **more: Any,
) -> Wish:  # fmt: skip
    """A wish, by default open, for one person, two days from now at nine for an hour."""
    community = community or make_community()
    author = created_by or make_worker(community=community)
    starts = starts_at or tomorrow()
    ends = starts if kind is WishKind.ITEM else starts + timedelta(minutes=minutes)
    ids = (community.id, author.id)
    lines = [(name, provision) for name, provision in tools]
    with transaction() as session:
        counter = session.get(CommunityCounter, ids[0])
        if counter is None:
            counter = CommunityCounter(community_id=ids[0], next_number=1)
            session.add(counter)
        wish = Wish(
            community_id=ids[0], number=counter.next_number, kind=kind,
            category=more.pop("category", Category.REPAIR), title=title, venue=venue,
            public_place=more.pop("public_place", "一网格"), starts_at=starts, ends_at=ends,
            headcount=headcount, tools_answered=True, state=state,
            card_tools=[{"name": n, "quantity": 1, "provision": str(p)} for n, p in lines],
            gate_secret=secrets.token_bytes(32), created_by_id=ids[1], contact_id=ids[1],
            created_at=clock.now(), published_at=clock.now(), **more,
        )  # fmt: skip
        counter.next_number += 1
        wish.tools = [
            ToolLine(position=place, name=name, provision=provision)
            for place, (name, provision) in enumerate(lines)
        ]
        session.add(wish)
    return wish
