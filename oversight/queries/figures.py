"""What a month's figures are counted from: a few statements, however many communities."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from accounts.models import Area, Organisation, User
from accounts.queries.areas import list_communities
from accounts.rules import AreaKind
from foundation import clock
from foundation.db import db
from foundation.masks import mask_name
from foundation.settings import setting
from love_bank.models import Entry
from love_bank.rules import Grade
from oversight.models import MonthlyReport
from oversight.rules.figures import (
    AskRow,
    Level,
    MonthRows,
    Outcome,
    Report,
    ServiceRow,
    WishRow,
    count_figures,
)
from wishes.models import Ask, AskEvent, GuestSeats, ItemDelivery, Leg, Referral, Wish
from wishes.models import Report as Handed
from wishes.queries.spot_checks import moments_of
from wishes.rules.kinds import Venue, WishKind
from wishes.rules.lateness import days_over, days_run
from wishes.rules.life import AskMove, AskState, WishState

ENDS = {AskMove.FINISH: Outcome.SOLVED, AskMove.ANSWER: Outcome.ANSWERED}
UNUSED = (WishState.DRAFT, WishState.CANCELLED)
RANK = (Level.COMMUNITY, Level.STREET, Level.UNIT, Level.CITY)


def quick_days() -> int:
    """Within so many working days an ask has its outcome in time."""
    return setting("ASK_WORK_DAYS")


def load_report(report: MonthlyReport) -> Report:
    """The numbers of a report: a draft's of this moment, a finished one's as they were kept."""
    if report.figures is not None:
        kept = report.figures
        places = [(place[0], place[1], place[2]) for place in kept["places"]]
        return Report(report.month, kept["total"], places)
    return count_report(report.area, report.month)


def count_report(area: Area, month: date) -> Report:
    """A month's numbers from the rows as they are now."""
    rows, days = load_rows(area, month), quick_days()
    places = [
        (place.id, place.name, count_figures(rows.at(place.id), quick_days=days))
        for place in list_communities(area)
    ]
    return Report(month, count_figures(rows, quick_days=days), places)


def load_rows(area: Area, month: date) -> MonthRows:
    """Asks handed in, wishes that came due and services that began in a month, under an area."""
    since, until = moments_of(month)
    inside = Area.path.startswith(area.path, autoescape=True)
    return MonthRows(
        _list_asks(inside, since, until),
        _list_wishes(inside, since, until),
        _list_services(inside, since, until),
    )


def _list_asks(inside: Any, since: datetime, until: datetime) -> list[AskRow]:
    query = (
        select(Ask.id, Ask.title, Ask.community_id, Ask.state, Ask.asked_at)
        .join(Area, Area.id == Ask.community_id)
        .where(inside, Ask.asked_at >= since, Ask.asked_at < until)
        .order_by(Ask.asked_at, Ask.id)
    )
    rows = db.session.execute(query).all()
    ids = select(Ask.id).join(Area, Area.id == Ask.community_id)
    ids = ids.where(inside, Ask.asked_at >= since, Ask.asked_at < until)
    ended, levels = _list_ends(ids), _list_levels(ids)
    return [_ask_row(row, ended.get(row.id, {}), levels.get(row.id)) for row in rows]


def _ask_row(row: Any, ended: dict[str, datetime], level: Level | None) -> AskRow:
    outcome, first = Outcome.OPEN, min(ended.values(), default=None)
    if row.state == AskState.PASSED_ON or level is not None:
        outcome = Outcome.RAISED
    if row.state == AskState.RETURNED:
        outcome = Outcome.RETURNED
    for move, name in ENDS.items():
        if str(move) in ended:
            outcome = name
            break
    days = None
    if first is not None:
        days = days_run(clock.local_day(row.asked_at), clock.local_day(first))
    return AskRow(row.id, row.title, row.community_id, outcome, level or Level.COMMUNITY, days)


def _list_ends(ids: Any) -> dict[int, dict[str, datetime]]:
    query = (
        select(AskEvent.ask_id, AskEvent.what, func.min(AskEvent.at))
        .where(AskEvent.ask_id.in_(ids), AskEvent.what.in_([str(move) for move in ENDS]))
        .group_by(AskEvent.ask_id, AskEvent.what)
    )
    found: dict[int, dict[str, datetime]] = {}
    for ask_id, what, at in db.session.execute(query):
        found.setdefault(ask_id, {})[what] = at
    return found


def _list_levels(ids: Any) -> dict[int, Level]:
    """The highest level each ask was sent to."""
    query = (
        select(Referral.ask_id, Area.kind, Leg.to_unit_id)
        .join(Leg, Leg.referral_id == Referral.id)
        .outerjoin(Area, Area.id == Leg.to_area_id)
        .where(Referral.ask_id.in_(ids))
    )
    found: dict[int, Level] = {}
    for ask_id, kind, unit_id in db.session.execute(query):
        level = Level.UNIT if unit_id is not None else _level_of(kind)
        found[ask_id or 0] = max(found.get(ask_id or 0, level), level, key=RANK.index)
    return found


def _level_of(kind: str) -> Level:
    known = {AreaKind.CITY: Level.CITY, AreaKind.STREET: Level.STREET}
    return known.get(AreaKind(kind), Level.COMMUNITY)


def _list_wishes(inside: Any, since: datetime, until: datetime) -> list[WishRow]:
    handed = select(func.min(Handed.at)).where(Handed.wish_id == Wish.id).correlate(Wish)
    pieces = select(func.coalesce(func.sum(ItemDelivery.pieces), 0)).where(
        ItemDelivery.wish_id == Wish.id, ItemDelivery.handed_over_at.is_not(None)
    )
    query = (
        select(
            Wish.id, Wish.title, Wish.community_id, Wish.kind, Wish.venue, Wish.state,
            Wish.ends_at, handed.scalar_subquery().label("handed"),
            pieces.correlate(Wish).scalar_subquery().label("pieces"), GuestSeats.attended,
        )
        .join(Area, Area.id == Wish.community_id)
        .outerjoin(GuestSeats, GuestSeats.wish_id == Wish.id)
        .where(inside, Wish.ends_at >= since, Wish.ends_at < until, Wish.state.not_in(UNUSED))
        .order_by(Wish.ends_at, Wish.id)
    )  # fmt: skip
    return [
        WishRow(row.id, row.title, row.community_id, _is_on_time(row), _helped(row))
        for row in db.session.execute(query)
    ]


def _is_on_time(row: Any) -> bool:
    """Reported within the days a wish has after its planned end, and not found undone."""
    if row.handed is None or row.state not in (WishState.REPORTED, WishState.VERIFIED):
        return False
    ends, handed = clock.local_day(row.ends_at), clock.local_day(row.handed)
    return days_over(ends, handed, allowed=setting("WISH_AFTER_DAYS")) == 0


def _helped(row: Any) -> int:
    """受益人次: the guests counted; else a verified home visit is one, a thing handed over one."""
    if row.attended is not None:
        return int(row.attended)
    if row.kind == WishKind.ITEM:
        return int(row.pieces)
    return int(row.state == WishState.VERIFIED and row.venue == Venue.HOME)


def _list_services(inside: Any, since: datetime, until: datetime) -> list[ServiceRow]:
    """Credits that still stand; a reversed one and its reversal both drop out."""
    struck = aliased(Entry)
    query = (
        select(
            Wish.id, Wish.title, Wish.community_id, User.name, Organisation.name, Entry.minutes,
            Entry.grade,
        )
        .select_from(Entry)
        .join(Wish, Wish.id == Entry.wish_id)
        .join(Area, Area.id == Wish.community_id)
        .outerjoin(User, User.book_id == Entry.holder)
        .outerjoin(Organisation, Organisation.id == Entry.organisation_id)
        .where(
            inside, Entry.starts_at >= since, Entry.starts_at < until,
            Entry.reversal_of.is_(None),
            ~select(struck.id).where(struck.reversal_of == Entry.id).exists(),
        )
        .order_by(Entry.starts_at, Entry.id)
    )  # fmt: skip
    return [_service(row) for row in db.session.execute(query)]


def _service(row: Iterable[Any]) -> ServiceRow:
    wish_id, title, community_id, person, unit, minutes, grade = row
    masked = mask_name(person) if person else ""
    return ServiceRow(wish_id, title, community_id, masked, unit, minutes, Grade(grade))
