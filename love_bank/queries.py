"""Reading the book, and the one way to lock a head."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import aliased

from foundation.db import db
from love_bank.models import Entry, Head
from love_bank.rules import Grade


def lock_head(account_id: str) -> Head:
    """The account's head, locked until the errand ends (SQLite holds the whole file).

    The account is open: `credit` opens it first.
    """
    query = select(Head).where(Head.account_id == account_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def find_last_entry(attendance_id: int) -> Entry | None:
    """The newest credit of an attendance."""
    query = select(Entry).where(Entry.attendance_id == attendance_id)
    return db.session.scalars(query.order_by(Entry.revision.desc()).limit(1)).one_or_none()


def find_reversal(entry_id: int) -> Entry | None:
    """The line that reversed this one, when there is one."""
    return db.session.scalars(select(Entry).where(Entry.reversal_of == entry_id)).one_or_none()


def list_standing(attendance_ids: Iterable[int]) -> set[int]:
    """Those of these attendances whose minutes stand in the book: credited and not struck."""
    struck = aliased(Entry)
    query = select(Entry.attendance_id).where(
        Entry.attendance_id.in_(list(attendance_ids)),
        ~select(struck.id).where(struck.reversal_of == Entry.id).exists(),
    )
    return {number for number in db.session.scalars(query) if number is not None}


@dataclass(frozen=True)
class Sums:
    """A passbook's sums in minutes: served so far, in its notice period, redeemable."""

    served: int
    in_notice: int
    redeemable: int
    by_grade: dict[Grade, int]


def get_sums(account_id: str, *, at: datetime) -> Sums:
    """Sums of one passbook; minutes in their notice period are served but not redeemable."""
    head = db.session.get(Head, account_id)
    if head is None:
        return Sums(0, 0, 0, {})
    signed = case((Entry.reversal_of.is_(None), Entry.minutes), else_=-Entry.minutes)
    rows = db.session.execute(
        select(Entry.grade, func.sum(signed))
        .where(Entry.holder == account_id)
        .group_by(Entry.grade)
    )
    by_grade = {Grade(grade): int(minutes) for grade, minutes in rows}
    in_notice = _in_notice(account_id, at)
    return Sums(head.served, in_notice, head.balance - head.held - in_notice, by_grade)


def _in_notice(account_id: str, at: datetime) -> int:
    reversed_ids = select(Entry.reversal_of).where(
        Entry.holder == account_id, Entry.reversal_of.is_not(None)
    )
    query = select(func.coalesce(func.sum(Entry.minutes), 0)).where(
        Entry.holder == account_id,
        Entry.to_account == account_id,
        Entry.available_on > at,
        Entry.id.not_in(reversed_ids),
    )
    return int(db.session.execute(query).scalar_one())


class StandingCredit(NamedTuple):
    """A credit that still stands: minutes whole, times UTC."""

    wish_id: int
    holder: str
    starts_at: datetime
    ends_at: datetime
    minutes: int
    grade: Grade
    available_on: datetime


def list_standing_credits(
    *,
    organisation_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    grade: Grade | None = None,
    holder: str | None = None,
) -> list[StandingCredit]:
    """What was served in [since, until) by service start, oldest first: for a unit, by a holder.

    A credit that was reversed (冲正) and its reversal both drop out; what a colleague served
    on their own claim carries no unit and never counts for one.
    """
    struck = aliased(Entry)
    query = select(
        Entry.wish_id, Entry.holder, Entry.starts_at, Entry.ends_at, Entry.minutes, Entry.grade,
        Entry.available_on,
    ).where(
        Entry.reversal_of.is_(None),
        ~select(struck.id).where(struck.reversal_of == Entry.id).exists(),
    )  # fmt: skip
    if organisation_id is not None:
        query = query.where(Entry.organisation_id == organisation_id)
    if since is not None:
        query = query.where(Entry.starts_at >= since)
    if until is not None:
        query = query.where(Entry.starts_at < until)
    if grade is not None:
        query = query.where(Entry.grade == grade)
    if holder is not None:
        query = query.where(Entry.holder == holder)
    rows = db.session.execute(query.order_by(Entry.starts_at, Entry.id))
    return [StandingCredit._make(row)._replace(grade=Grade(row.grade)) for row in rows]


def issued_minutes(account_id: str, *, since: datetime, until: datetime) -> ColumnElement[int]:
    """Minutes an issuing account recorded in [since, until), corrections off; part of a query."""
    within = (Entry.recorded_at >= since, Entry.recorded_at < until)
    given = select(func.coalesce(func.sum(Entry.minutes), 0)).where(
        Entry.from_account == account_id, *within
    )
    back = select(func.coalesce(func.sum(Entry.minutes), 0)).where(
        Entry.to_account == account_id, *within
    )
    return given.scalar_subquery() - back.scalar_subquery()
