"""Changing one day of a series, or everything from a date on; ending it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select

from foundation import clock
from foundation.db import db
from foundation.errands import errand
from foundation.settings import setting
from wishes.models import Claim, Series, SeriesDay, SeriesMember, Wish
from wishes.notices.publishing import tell_cancelled
from wishes.notices.series import tell_series_ended
from wishes.policies.series import ensure_may_arrange, ensure_may_end
from wishes.queries.completion import lock_wish
from wishes.queries.series import get_day, list_days, lock_series
from wishes.refusals.asks import ReasonMissing
from wishes.refusals.series import DayIsFixed, DayIsOver, NoTime
from wishes.rules.life import CLAIMABLE, WishState
from wishes.rules.publishing import ensure_publishable, ensure_times
from wishes.rules.recurring import PlannedDay, Rule, ensure_rule, preview
from wishes.rules.series_life import DayState, SeriesKind, SeriesMove, move_series
from wishes.services.cancelling import call_off
from wishes.services.indexing import index_wish
from wishes.services.placing import note_event
from wishes.services.series_days import make_days, plan_days, times_of, words_on, write_rule
from wishes.services.series_starting import Hours, list_due
from wishes.services.writing import words_of, write_words


@errand
def change_day(
    series_id: int, day_id: int, *, actor_id: int, hours: Hours, headcount: int | None
) -> int:
    """Other times or another headcount on one day; the series stays. Returns the day's id.

    A day that somebody claimed is changed on its own wish. Raises SeriesNotFound, DayNotFound,
    DayIsOver, DayIsFixed, NoTime, EndBeforeStart, ServiceTooLong, InThePast.
    """
    at = clock.now()
    series, row = open_day(series_id, day_id, actor_id=actor_id, at=at)
    if hours.begins is None or hours.ends is None:
        raise NoTime
    row.begins, row.ends, row.headcount, row.touched = hours.begins, hours.ends, headcount, True
    words = words_on(series, row)
    ensure_times(words)
    ensure_publishable(words, at=at)
    if row.wish_id is not None:
        wish = lock_wish(row.wish_id)
        if wish.state != WishState.OPEN or wish.places_taken:
            raise DayIsFixed
        changed = replace(
            words_of(wish), starts_at=words.starts_at, ends_at=words.ends_at,
            headcount=words.headcount,
        )  # fmt: skip
        write_words(wish, changed)
        index_wish(wish)
        note_event(wish.id, "edit", wish.state, wish.state, actor_id=actor_id, at=at)
    return row.id


@errand
def cancel_day(series_id: int, day_id: int, *, actor_id: int, why: str) -> int:
    """Call one day off; whoever planned to come is told. Returns the day's id.

    Raises SeriesNotFound, DayNotFound, DayIsOver, ReasonMissing.
    """
    at = clock.now()
    series, row = open_day(series_id, day_id, actor_id=actor_id, at=at)
    reason = why.strip()[:200]
    if not reason:
        raise ReasonMissing
    if row.wish_id is not None:
        people, wish = call_off(row.wish_id, actor_id=actor_id, why=reason)
        tell_cancelled(
            people, wish_id=wish.id, title=wish.title, starts_at=wish.starts_at, why=reason
        )
    row.state, row.note, row.touched = DayState.OFF, reason, True
    return series.id


def open_day(
    series_id: int, day_id: int, *, actor_id: int, at: datetime
) -> tuple[Series, SeriesDay]:
    """A day that may still be changed, the series locked. Raises DayIsOver and not-founds."""
    series = lock_series(series_id)
    ensure_may_arrange(actor_id, series)
    row = get_day(series_id, day_id)
    starts_at, _ends = times_of(series, row)
    if row.wish_id is not None:
        wish = db.session.get_one(Wish, row.wish_id, populate_existing=True)
        starts_at = wish.starts_at or starts_at
        if wish.state not in CLAIMABLE:
            raise DayIsOver
    if row.state == DayState.OFF or starts_at <= at:
        raise DayIsOver
    return series, row


@errand
def change_rule(series_id: int, *, actor_id: int, hours: Hours, rule: Rule, why: str) -> int:
    """Another rule from `rule.first` on. Returns how many days are planned from then.

    Only untouched days give way: what was changed alone, called off, or claimed by neighbours
    stays as it is. Raises SeriesNotFound, SeriesCannotMove, NoTime, and what `preview_days`
    raises.
    """
    at = clock.now()
    series = lock_series(series_id)
    ensure_may_arrange(actor_id, series)
    move_series(series.state, SeriesMove.CHANGE)
    if hours.begins is None or hours.ends is None:
        raise NoTime
    most = setting("SERIES_MOST")
    ensure_rule(rule, today=clock.local_day(at), most=most)
    days = preview(rule, most=most).days
    kept = _clear(series, rule.first, actor_id=actor_id, why=why, at=at)
    first = series.first_day
    series.begins, series.ends = hours.begins, hours.ends
    write_rule(series, replace(rule, first=first or rule.first))
    new = [planned for planned in days if planned.day not in kept]
    _plan(series, new, before=rule.first)
    make_days(series, list_due(series, at=at), actor_id=actor_id, at=at)
    return len(new)


def _plan(series: Series, days: list[PlannedDay], *, before: date) -> None:
    """New dates; the turns go on after the last one before them."""
    members = [member for member in series.members if member.in_turn]
    earlier = [row for row in list_days(series.id) if row.day < before and row.member_id]
    order = [member.id for member in members]
    last = earlier[-1].member_id if earlier else None
    turn = order.index(last) + 1 if last in order else 0
    plan_days(series, days, members, turn=turn)


def _clear(
    series: Series, since: date, *, actor_id: int, why: str, at: datetime
) -> frozenset[date]:
    """Take away the untouched days from a date on; returns the days that stay."""
    stays: set[date] = set()
    told: dict[int, list[datetime]] = {}
    for row in list_days(series.id):
        if row.day < since:
            continue
        if not _gives_way(series, row, at):
            stays.add(row.day)
            continue
        if row.wish_id is not None:
            _call_off(row, told, actor_id=actor_id, why=why)
        db.session.delete(row)
    db.session.flush()
    _tell(series, told, why)
    return frozenset(stays)


def _gives_way(series: Series, row: SeriesDay, at: datetime) -> bool:
    if row.touched or row.state == DayState.OFF:
        return False
    if row.wish is None:
        return times_of(series, row)[0] > at
    if row.wish.state not in CLAIMABLE or row.wish.starts_at is None or row.wish.starts_at <= at:
        return False
    return not _claimed_by_others(row)


def _claimed_by_others(row: SeriesDay) -> bool:
    """Whether somebody holds places who was not sent by the rota or the plan."""
    member = db.session.get(SeriesMember, row.member_id) if row.member_id else None
    claims = db.session.scalars(select(Claim).where(Claim.wish_id == row.wish_id, Claim.live))
    return any(member is None or not is_of(claim, member) for claim in claims)


def is_of(claim: Claim, member: SeriesMember) -> bool:
    """Whether a claim belongs to this member of the rota."""
    if member.organisation_id is not None:
        return claim.organisation_id == member.organisation_id
    return claim.organisation_id is None and claim.claimed_by_id == member.user_id


@errand
def end_series(series_id: int, *, actor_id: int, why: str) -> int:
    """End a series early: what has not begun is called off, everybody told once.

    Returns how many wishes were called off. Raises SeriesNotFound, SeriesCannotMove,
    ReasonMissing.
    """
    at = clock.now()
    series = lock_series(series_id)
    ensure_may_end(actor_id, series)
    series.state = move_series(series.state, SeriesMove.END)
    reason = why.strip()[:200]
    if not reason:
        raise ReasonMissing
    series.ended_at, series.note = at, reason
    told: dict[int, list[datetime]] = {}
    ended = 0
    by = actor_id if series.claimant_id != actor_id else series.created_by_id
    for row in list_days(series.id):
        if row.state == DayState.OFF or _has_begun(series, row, at):
            continue
        if row.wish is not None:
            if row.wish.state not in CLAIMABLE:
                continue
            _call_off(row, told, actor_id=by, why=reason)
            ended += 1
        row.state, row.note = DayState.OFF, reason
    _tell(series, told, reason)
    if series.kind == SeriesKind.PLAN and series.claimant_id and not told:
        tell_series_ended([series.claimant_id], series, count=0, first=at, why=reason)
    return ended


def _has_begun(series: Series, row: SeriesDay, at: datetime) -> bool:
    if row.wish is not None and row.wish.starts_at is not None:
        return row.wish.starts_at <= at
    return times_of(series, row)[0] <= at


def _call_off(row: SeriesDay, told: dict[int, list[datetime]], *, actor_id: int, why: str) -> None:
    assert row.wish_id is not None  # noqa: S101 - the caller looked
    people, wish = call_off(row.wish_id, actor_id=actor_id, why=why or "—")
    for person in people:
        told.setdefault(person, []).append(wish.starts_at or clock.now())


def _tell(series: Series, told: dict[int, list[datetime]], why: str) -> None:
    for person, whens in told.items():
        tell_series_ended([person], series, count=len(whens), first=min(whens), why=why or "—")
