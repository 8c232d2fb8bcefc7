"""What waits for a second person: reports of an area, oldest first, and why each is opened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from accounts.models import Area, Membership, User
from accounts.rules import Role
from foundation import clock
from foundation.db import db
from foundation.settings import setting
from wishes.models import Photo, Report, Wish
from wishes.policies.verifying import list_hands
from wishes.queries.completion import (
    EVIDENCE,
    count_changed_since_report,
    list_presences_by_wish,
)
from wishes.rules.batching import Opening, is_small, why_open
from wishes.rules.kinds import WishKind
from wishes.rules.life import Light, WishState, light_of
from wishes.rules.weighing import Presence, minutes_of
from wishes.rules.workdays import working_days_since

LATE_DAYS = 3  # working days; then the street sees it
MOST = 200


@dataclass(frozen=True)
class Waiting:
    """One report that nobody has verified yet."""

    wish_id: int
    report_id: int
    number: int
    title: str
    kind: WishKind
    community_id: int
    community_name: str
    reported_at: datetime
    reported_by: str
    people: int
    minutes: int
    working_days: int
    opening: Opening | None
    is_own: bool
    is_lone: bool

    @property
    def is_late(self) -> bool:
        """Whether three working days have passed."""
        return self.working_days >= LATE_DAYS


def list_waiting(area: Area, *, user_id: int) -> list[Waiting]:
    """The reports of a community, a grid, or everything below a street, oldest first.

    `is_own` is about the reader: who had a hand in a service does not verify it.
    """
    latest = select(func.max(Report.id)).group_by(Report.wish_id)
    query = (
        select(Wish, Report, Area.name, User.name)
        .join(Report, Report.wish_id == Wish.id)
        .join(Area, Area.id == Wish.community_id)
        .join(User, User.id == Report.reported_by_id)
        .where(Wish.state == WishState.REPORTED, Report.id.in_(latest))
        .where(Area.path.startswith(area.path) | (Wish.grid_id == area.id))
        .order_by(Report.at, Report.id)
        .limit(MOST)
    )
    rows = db.session.execute(query).all()
    around = _look_around([wish for wish, *_rest in rows])
    return [
        _waiting(wish, report, community, reporter, around, user_id)
        for wish, report, community, reporter in rows
    ]


@dataclass(frozen=True)
class _Around:
    presences: dict[int, list[Presence]]
    hands: dict[int, set[int]]
    findings: set[int]  # a picture used before, attendance changed after the report
    staff: dict[int, set[int]]


def _look_around(wishes: list[Wish]) -> _Around:
    ids = [wish.id for wish in wishes]
    used = select(Photo.wish_id).where(
        Photo.wish_id.in_(ids), Photo.used_before_id.is_not(None), Photo.purpose.in_(EVIDENCE)
    )
    places = {wish.community_id for wish in wishes} | {wish.grid_id for wish in wishes}
    return _Around(
        presences=list_presences_by_wish(ids),
        hands=list_hands(ids),
        findings={wish_id for wish_id in db.session.scalars(used) if wish_id is not None}
        | set(count_changed_since_report(ids)),
        staff=_list_staff(place for place in places if place is not None),
    )


def _list_staff(area_ids: Iterable[int]) -> dict[int, set[int]]:
    query = select(Membership.area_id, Membership.user_id).where(
        Membership.area_id.in_(list(area_ids)),
        Membership.role.in_([Role.COMMUNITY_WORKER, Role.GRID_WORKER]),
        Membership.ended_at.is_(None),
    )
    staff: dict[int, set[int]] = {}
    for area_id, user_id in db.session.execute(query):
        staff.setdefault(area_id or 0, set()).add(user_id)
    return staff


def _waiting(
    wish: Wish, report: Report, community: str, reporter: str, around: _Around, user_id: int
) -> Waiting:
    presences, hands = around.presences[wish.id], around.hands[wish.id]
    near = around.staff.get(wish.community_id, set()) | around.staff.get(wish.grid_id or 0, set())
    opening = why_open(
        presences,
        is_item=wish.kind == WishKind.ITEM,
        is_small=is_small(
            presences, people=setting("SMALL_PEOPLE"), minutes=setting("SMALL_MINUTES")
        ),
        has_finding=wish.id in around.findings,
        secret=wish.gate_secret,
        report_id=report.id,
    )
    return Waiting(
        wish_id=wish.id,
        report_id=report.id,
        number=wish.number,
        title=wish.title,
        kind=WishKind(wish.kind),
        community_id=wish.community_id,
        community_name=community,
        reported_at=report.at,
        reported_by=reporter,
        people=sum(presence.arrived_at is not None for presence in presences),
        minutes=sum(minutes_of(presence) for presence in presences),
        working_days=working_days_since(clock.local_day(report.at), clock.local_day(clock.now())),
        opening=opening,
        is_own=user_id in hands,
        is_lone=not near - hands,
    )


def list_for_street(area: Area, *, user_id: int) -> list[Waiting]:
    """What the street verifies: nobody else at home could, or three working days have passed."""
    return [each for each in list_waiting(area, user_id=user_id) if each.is_lone or each.is_late]


@dataclass(frozen=True)
class CommunityLights:
    """A community's wishes counted by light; no order but the name's."""

    area_id: int
    name: str
    counts: dict[Light, int]


def list_lights(area: Area) -> list[CommunityLights]:
    """Every community below an area with its four lights, by name."""
    counted: dict[int, dict[Light, int]] = {}
    query = (
        select(Wish.community_id, Wish.state, func.count())
        .join(Area, Area.id == Wish.community_id)
        .where(Area.path.startswith(area.path))
        .group_by(Wish.community_id, Wish.state)
    )
    for community_id, state, number in db.session.execute(query):
        lights = counted.setdefault(community_id, {})
        light = light_of(WishState(state))
        lights[light] = lights.get(light, 0) + number
    communities = select(Area.id, Area.name).where(
        Area.path.startswith(area.path), Area.kind == "community"
    )
    rows = db.session.execute(communities.order_by(Area.name, Area.id))
    return [CommunityLights(row.id, row.name, counted.get(row.id, {})) for row in rows]


def list_wishes_by_light(
    area: Area, *, light: Light | None, before: int | None = None, limit: int = 50
) -> list[Wish]:
    """The wishes below an area under one light (or all that have one), newest first."""
    states = [state for state in WishState if light_of(state) is not Light.GREY]
    if light is not None:
        states = [state for state in WishState if light_of(state) is light]
    query = (
        select(Wish)
        .join(Area, Area.id == Wish.community_id)
        .where(Area.path.startswith(area.path), Wish.state.in_(states))
    )
    if before is not None:
        query = query.where(Wish.id < before)
    return list(db.session.scalars(query.order_by(Wish.id.desc()).limit(limit)))
