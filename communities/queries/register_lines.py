"""The register that goes out: a community's wishes by month and state, columns only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import case, func, select

from accounts.models import Organisation, User
from foundation import clock
from foundation.db import db
from love_bank.models import Entry
from wishes.models import Attendance, Claim, ItemDelivery, ToolLine, Wish
from wishes.queries.folders import lies_in
from wishes.rules.kinds import Category, Provision, Venue, WishKind
from wishes.rules.life import WishState

CHUNK = 500  # ids in one IN, below SQLite's limit on any build


@dataclass(frozen=True)
class RegisterChoice:
    """Which wishes: the first day of a local month, a state; None is all of them.

    `days` are the first and the last local day of a period, without drafts.
    """

    month: date | None = None
    state: WishState | None = None
    days: tuple[date, date] | None = None


@dataclass(frozen=True)
class RegisterLine:
    """One wish in the register; times UTC, minutes as credited in the book."""

    wish_id: int
    number: int
    kind: WishKind
    category: Category
    title: str
    venue: Venue
    public_place: str
    state: WishState
    starts_at: datetime | None
    ends_at: datetime | None
    headcount: int | None
    places_taken: int
    created_at: datetime
    original: dict[str, Any] | None
    tools: tuple[tuple[str, int, Provision], ...] = ()
    claimed_by: tuple[tuple[str, int], ...] = ()
    came: int = 0
    minutes: int = 0
    handed_over: int = 0


_COLUMNS = (
    Wish.id, Wish.number, Wish.kind, Wish.category, Wish.title, Wish.venue, Wish.public_place,
    Wish.state, Wish.starts_at, Wish.ends_at, Wish.headcount, Wish.places_taken, Wish.created_at,
    Wish.original,
)  # fmt: skip
_WHEN = func.coalesce(Wish.starts_at, Wish.created_at)


def count_lines(community_id: int, choice: RegisterChoice) -> int:
    """How many wishes the choice holds."""
    query = select(func.count()).select_from(Wish).where(*_chosen(community_id, choice))
    return db.session.execute(query).scalar_one()


def list_lines(
    community_id: int, choice: RegisterChoice, *, limit: int | None = None
) -> list[RegisterLine]:
    """The chosen wishes, the latest first; one without a time counts by the day it was made."""
    query = select(*_COLUMNS).where(*_chosen(community_id, choice))
    query = query.order_by(_WHEN.desc(), Wish.id.desc()).limit(limit)
    wishes = list(db.session.execute(query))
    ids = [row[0] for row in wishes]
    more: dict[int, dict[str, Any]] = defaultdict(dict)
    for start in range(0, len(ids), CHUNK):
        _add_more(more, ids[start : start + CHUNK])
    return [RegisterLine(*row, **more[row[0]]) for row in wishes]


def _chosen(community_id: int, choice: RegisterChoice) -> list[Any]:
    where: list[Any] = [Wish.community_id == community_id]
    if choice.state is not None:
        where.append(Wish.state == choice.state)
    if choice.month is not None:
        first = choice.month.replace(day=1)
        following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        begins, ends = (clock.from_local(day, time()) for day in (first, following))
        where += [begins <= _WHEN, ends > _WHEN]
    if choice.days is not None:
        where += lies_in(*choice.days)
    return where


def _add_more(more: dict[int, dict[str, Any]], ids: Sequence[int]) -> None:
    for wish_id, name, quantity, provision in db.session.execute(
        select(ToolLine.wish_id, ToolLine.name, ToolLine.quantity, ToolLine.provision)
        .where(ToolLine.wish_id.in_(ids))
        .order_by(ToolLine.wish_id, ToolLine.position)
    ):
        known = more[wish_id].get("tools", ())
        more[wish_id]["tools"] = (*known, (name, quantity, Provision(provision)))
    for wish_id, name, places in db.session.execute(
        select(Claim.wish_id, func.coalesce(Organisation.short_name, User.name), Claim.places)
        .join(User, User.id == Claim.claimed_by_id)
        .outerjoin(Organisation, Organisation.id == Claim.organisation_id)
        .where(Claim.wish_id.in_(ids), Claim.live)
        .order_by(Claim.wish_id, Claim.id)
    ):
        more[wish_id]["claimed_by"] = (*more[wish_id].get("claimed_by", ()), (name, places))
    for key, query in _sums(ids).items():
        for wish_id, number in db.session.execute(query):
            more[wish_id][key] = int(number or 0)


def _sums(ids: Sequence[int]) -> dict[str, Any]:
    signed = case((Entry.reversal_of.is_(None), Entry.minutes), else_=-Entry.minutes)
    return {
        "came": select(Attendance.wish_id, func.count())
        .where(Attendance.wish_id.in_(ids), Attendance.arrived_at.is_not(None))
        .group_by(Attendance.wish_id),
        "minutes": select(Entry.wish_id, func.sum(signed))
        .where(Entry.wish_id.in_(ids))
        .group_by(Entry.wish_id),
        "handed_over": select(ItemDelivery.wish_id, func.sum(ItemDelivery.pieces))
        .where(ItemDelivery.wish_id.in_(ids), ItemDelivery.handed_over_at.is_not(None))
        .group_by(ItemDelivery.wish_id),
    }
