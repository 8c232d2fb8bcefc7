"""The unit's service record: four statements, however many lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select

from accounts.models import Area, RosterEntry, User
from foundation import clock
from foundation.db import db
from love_bank.models import Entry
from love_bank.queries import StandingCredit, list_standing_credits
from love_bank.rules import Grade
from partner_units.rules.periods import Days
from partner_units.rules.record import (
    Line,
    Person,
    Sums,
    WishWords,
    line_of_items,
    line_of_service,
    sum_up,
)
from wishes.models import Claim, ItemDelivery, Photo, Wish
from wishes.rules.kinds import Category, PhotoPurpose, WishKind
from wishes.rules.life import WishState

EVIDENCE = (
    PhotoPurpose.BEFORE,
    PhotoPurpose.AFTER,
    PhotoPurpose.RECEIPT,
    PhotoPurpose.HANDED_IN,
)


@dataclass(frozen=True)
class Choice:
    """What of the record is wanted; None is everything."""

    days: Days
    community_id: int | None = None
    category: Category | None = None
    kind: WishKind | None = None
    grade: Grade | None = None
    user_id: int | None = None


@dataclass(frozen=True)
class Record:
    """Lines, the latest first, and their sums."""

    lines: list[Line]
    sums: Sums


def load_record(organisation_id: int, chosen: Choice, *, at: datetime) -> Record:
    """The record of a unit: standing credits of its named colleagues, and items handed over."""
    since, until = _moments(chosen.days)
    people = _list_people(organisation_id)
    holder = None
    if chosen.user_id is not None:
        holder = next((book for book, row in people.items() if row[0] == chosen.user_id), "")
    served: list[StandingCredit] = []
    if chosen.kind != WishKind.ITEM:
        served = list_standing_credits(
            organisation_id=organisation_id, since=since, until=until, grade=chosen.grade,
            holder=holder,
        )  # fmt: skip
    names = {book: person for book, (_user_id, person) in people.items()}
    lines = _service_lines(organisation_id, chosen, served, names, at=at)
    if chosen.kind != WishKind.SERVICE and chosen.grade is None and chosen.user_id is None:
        lines += _item_lines(organisation_id, chosen, since, until)
    lines.sort(key=lambda line: (line.at, line.wish.wish_id), reverse=True)
    return Record(lines, sum_up(served, lines))


def list_record_people(organisation_id: int) -> list[tuple[int, Person]]:
    """Everybody who ever joined the unit's roster, by staff number and name."""
    people = _list_people(organisation_id).values()
    return sorted(people, key=lambda row: (row[1].staff_number or "~", row[1].name))


def list_record_communities(organisation_id: int) -> list[tuple[int, str]]:
    """The communities where the unit has served or given, by name."""
    served = select(Entry.wish_id).where(Entry.organisation_id == organisation_id)
    given = select(Claim.wish_id).join(ItemDelivery, ItemDelivery.claim_id == Claim.id)
    given = given.where(Claim.organisation_id == organisation_id)
    query = (
        select(Area.id, Area.name)
        .join(Wish, Wish.community_id == Area.id)
        .where(or_(Wish.id.in_(served), Wish.id.in_(given)))
        .distinct()
        .order_by(Area.name)
    )
    return [(row[0], row[1]) for row in db.session.execute(query)]


def _moments(days: Days) -> tuple[datetime | None, datetime | None]:
    return _midnight(days.first), _midnight(days.last and days.last + timedelta(days=1))


def _midnight(day: date | None) -> datetime | None:
    return clock.from_local(day, time()) if day else None


def _list_people(organisation_id: int) -> dict[str, tuple[int, Person]]:
    query = (
        select(User.book_id, User.id, RosterEntry.name, RosterEntry.staff_number)
        .join(RosterEntry, RosterEntry.user_id == User.id)
        .where(RosterEntry.organisation_id == organisation_id)
    )
    return {row[0]: (row[1], Person(row[2], row[3])) for row in db.session.execute(query)}


def _words(chosen: Choice) -> Select[Any]:
    photos = (
        select(func.count())
        .where(Photo.wish_id == Wish.id, Photo.purpose.in_(EVIDENCE))
        .correlate(Wish)
        .scalar_subquery()
    )
    query = select(
        Wish.id, Wish.kind, Wish.category, Wish.title, Wish.community_id, Area.name,
        Wish.card_tools, photos,
    ).join(Area, Area.id == Wish.community_id)  # fmt: skip
    if chosen.community_id is not None:
        query = query.where(Wish.community_id == chosen.community_id)
    if chosen.category is not None:
        query = query.where(Wish.category == chosen.category)
    return query


def _as_words(row: Any) -> WishWords:
    tools = tuple((str(tool["name"]), str(tool["provision"])) for tool in row[6] or ())
    return WishWords(
        row[0], WishKind(row[1]), Category(row[2]), row[3], row[4], row[5], tools, row[7]
    )


def _service_lines(
    organisation_id: int,
    chosen: Choice,
    served: Iterable[StandingCredit],
    names: dict[str, Person],
    *,
    at: datetime,
) -> list[Line]:
    by_wish: dict[int, list[StandingCredit]] = {}
    for each in served:
        by_wish.setdefault(each.wish_id, []).append(each)
    if not by_wish:
        return []
    ours = select(Entry.wish_id).where(Entry.organisation_id == organisation_id)
    rows = db.session.execute(_words(chosen).where(Wish.id.in_(ours)))
    wishes = [_as_words(row) for row in rows if row[0] in by_wish]
    return [line_of_service(wish, by_wish[wish.wish_id], names, at=at) for wish in wishes]


def _item_lines(
    organisation_id: int, chosen: Choice, since: datetime | None, until: datetime | None
) -> list[Line]:
    query = (
        _words(chosen)
        .add_columns(ItemDelivery.pieces, ItemDelivery.handed_over_at)
        .join(Claim, Claim.wish_id == Wish.id)
        .join(ItemDelivery, ItemDelivery.claim_id == Claim.id)
        .where(
            Claim.organisation_id == organisation_id,
            Claim.live,
            Wish.state == WishState.VERIFIED,
            ItemDelivery.handed_over_at.is_not(None),
        )
    )
    if since is not None:
        query = query.where(ItemDelivery.handed_over_at >= since)
    if until is not None:
        query = query.where(ItemDelivery.handed_over_at < until)
    return [line_of_items(_as_words(row), row[8], row[9]) for row in db.session.execute(query)]
