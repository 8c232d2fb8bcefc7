"""Reads of spot checks: what can be drawn, the lines of a draw, the published rates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Select, Text, case, cast, func, select
from sqlalchemy.orm import joinedload

from accounts.models import Area
from accounts.rules import AreaKind
from foundation import clock
from foundation.db import db
from wishes.models import SpotCheck, SpotCheckLine, Verification, Wish
from wishes.refusals.spot_checks import SpotCheckNotFound
from wishes.rules.life import WishState
from wishes.rules.proof import Decision
from wishes.rules.spot_checks import CallOutcome, CheckRate, month_after


def moments_of(month: date) -> tuple[datetime, datetime]:
    """A local month as UTC moments: from its first midnight to the next month's."""
    first, after = month.replace(day=1), month_after(month)
    return clock.from_local(first, time.min), clock.from_local(after, time.min)


def list_pool(area: Area, month: date) -> dict[int, bool]:
    """Ids of what was verified under an area in a month; True: it came as a row of a register."""
    since, until = moments_of(month)
    words = func.coalesce(cast(Wish.original, Text), "null")
    query = (
        select(Wish.id, words != "null")
        .join(Area, Area.id == Wish.community_id)
        .join(Verification, Verification.wish_id == Wish.id)
        .where(
            Area.path.startswith(area.path, autoescape=True),
            Wish.state == WishState.VERIFIED,
            Verification.decision == Decision.ACCEPTED,
            Verification.at >= since,
            Verification.at < until,
        )
    )
    return {wish_id: bool(registered) for wish_id, registered in db.session.execute(query)}


def find_check(area_id: int, month: date) -> SpotCheck | None:
    """The draw of an area and month."""
    query = select(SpotCheck).where(SpotCheck.area_id == area_id, SpotCheck.month == month)
    return db.session.scalars(query).one_or_none()


def list_undrawn_streets(month: date) -> list[int]:
    """Ids of the streets without a draw of this month."""
    drawn = select(SpotCheck.area_id).where(SpotCheck.month == month)
    query = select(Area.id).where(Area.kind == AreaKind.STREET, Area.id.not_in(drawn))
    return list(db.session.scalars(query.order_by(Area.id)))


def get_check(check_id: int, *, area_id: int) -> SpotCheck:
    """A draw of this desk. Raises SpotCheckNotFound."""
    query = select(SpotCheck).where(SpotCheck.id == check_id, SpotCheck.area_id == area_id)
    found = db.session.scalars(query.options(joinedload(SpotCheck.area))).one_or_none()
    if found is None:
        raise SpotCheckNotFound
    return found


def get_line(line_id: int, *, area_id: int) -> SpotCheckLine:
    """A line of a draw of this desk, with its wish. Raises SpotCheckNotFound."""
    query = (
        _lines()
        .join(SpotCheck, SpotCheck.id == SpotCheckLine.check_id)
        .where(SpotCheckLine.id == line_id, SpotCheck.area_id == area_id)
        .options(joinedload(SpotCheckLine.check))
    )
    found: SpotCheckLine | None = db.session.scalars(query).one_or_none()
    if found is None:
        raise SpotCheckNotFound
    return found


def list_lines(check_id: int) -> list[SpotCheckLine]:
    """The lines of a draw in the order they were drawn."""
    query = _lines().where(SpotCheckLine.check_id == check_id)
    return list(db.session.scalars(query.order_by(SpotCheckLine.position)))


def _lines() -> Select[Any]:
    return select(SpotCheckLine).options(
        joinedload(SpotCheckLine.wish).joinedload(Wish.community),
        joinedload(SpotCheckLine.called_by),
        joinedload(SpotCheckLine.settled_by),
    )


def list_contradictions(area_id: int) -> list[SpotCheckLine]:
    """What residents said otherwise and nobody has settled yet, the oldest call first."""
    query = (
        _lines()
        .join(SpotCheck, SpotCheck.id == SpotCheckLine.check_id)
        .where(
            SpotCheck.area_id == area_id,
            SpotCheckLine.outcome == CallOutcome.CONTRADICTS,
            SpotCheckLine.settled_at.is_(None),
        )
    )
    return list(db.session.scalars(query.order_by(SpotCheckLine.called_at, SpotCheckLine.id)))


def count_contradictions(area_id: int) -> int:
    """How many of them."""
    query = (
        select(func.count(SpotCheckLine.id))
        .join(SpotCheck, SpotCheck.id == SpotCheckLine.check_id)
        .where(
            SpotCheck.area_id == area_id,
            SpotCheckLine.outcome == CallOutcome.CONTRADICTS,
            SpotCheckLine.settled_at.is_(None),
        )
    )
    return db.session.execute(query).scalar_one()


def list_checks(area_id: int) -> list[tuple[SpotCheck, CheckRate]]:
    """Every draw of an area with its rate, the latest month first."""
    query = _sums(SpotCheck.id).where(SpotCheck.area_id == area_id)
    rates = {row[0]: CheckRate._make(row[1:]) for row in db.session.execute(query)}
    checks = select(SpotCheck).where(SpotCheck.area_id == area_id)
    return [
        (check, rates.get(check.id, CheckRate(check.month, 0, 0, 0, 0)))
        for check in db.session.scalars(checks.order_by(SpotCheck.month.desc()))
    ]


def list_rates(community_ids: Iterable[int], *, months: int = 3) -> dict[int, list[CheckRate]]:
    """The published rates of communities, the latest months first; calls only, no names."""
    query = _sums(Wish.community_id).where(Wish.community_id.in_(list(community_ids)))
    found: dict[int, list[CheckRate]] = {}
    for row in db.session.execute(query.order_by(SpotCheck.month.desc())):
        found.setdefault(row[0], []).append(CheckRate._make(row[1:]))
    return {community_id: rates[:months] for community_id, rates in found.items()}


def _sums(by: Any) -> Select[Any]:
    counts = [
        func.count(case((SpotCheckLine.outcome == outcome, 1)))
        for outcome in (CallOutcome.REACHED, CallOutcome.NOT_REACHED, CallOutcome.CONTRADICTS)
    ]
    return (
        select(by, SpotCheck.month, func.count(SpotCheckLine.id), *counts)
        .join(SpotCheckLine, SpotCheckLine.check_id == SpotCheck.id)
        .join(Wish, Wish.id == SpotCheckLine.wish_id)
        .group_by(by, SpotCheck.month)
    )
